import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  FakeContents,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  onNarrowScreen,
  policy,
  policyPreview,
  previewedService,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { utcDayOf } from '../time';
import { Policies } from './Policies';

jest.setTimeout(60_000);

const LAZY = { timeout: 20_000 };

const Browser = () => {
  const { pathname, search } = useLocation();
  return (
    <>
      <div data-testid="address">{`${pathname}${search}`}</div>
      <Routes>
        <Route
          path="/operational-excellence/policies/*"
          element={<Policies />}
        />
      </Routes>
    </>
  );
};

const critical = policy({
  id: 'critical',
  match: { 'spec.type': 'service' },
  enforceFrom: '2026-12-01',
  backlog: { maxAge: 'P30D', warnBefore: 'P7D', improvementShare: 0.2 },
  exercise: { approvers: ['group:default/sre'], approvalFor: ['game-day'] },
});

function renderPolicies(
  options: {
    contents?: FakeContents;
    url?: string;
    storage?: StorageApi;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const api = new FakeOperationalExcellenceApi({
    policies: [
      {
        policy: critical,
        services: 0,
        upcomingFrom: '2026-12-01',
        preview: 'upcoming',
      },
      { policy: policy(), services: 35, upcomingFrom: null, preview: null },
    ],
    previewedServices: [previewedService('Payments'), previewedService('Mail')],
    ...options.contents,
  });
  options.before?.(api);
  return {
    api,
    ...renderWithApi(<Browser />, api, {
      url: `/operational-excellence/policies${options.url ?? ''}`,
      storage: options.storage,
    }),
  };
}

const address = () => screen.getByTestId('address').textContent;

describe('the policies', () => {
  it('are told in their order, in words, with what is to come', async () => {
    const { container } = renderPolicies();
    const list = within(await screen.findByRole('list', { name: 'Policies' }));
    expect(list.getAllByRole('heading').map(each => each.textContent)).toEqual([
      'critical',
      'default',
    ]);
    const [first, second] = list.getAllByRole('listitem');
    for (const words of [
      `from ${utcDayOf('2026-12-01')}`,
      'Applies to none until then; services have the policies after it.',
      'No improvement waits longer than 30 days; warned 7 days before. At least 20% of what is closed are improvements.',
      'One every 180 days; warned 14 days before. Counts: experiments, game days.',
      'production-readiness every 365 days; warned 14 days before.',
      'group:default/sre approve each game day before it may run.',
    ]) {
      expect(within(first).getByText(words)).toBeVisible();
    }
    expect(within(first).getByText(/"spec\.type": "service"/)).toBeVisible();
    expect(
      within(first).getByRole('link', { name: 'What will change then' }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/policies/previews/upcoming',
    );
    expect(within(second).getByText('Applies to 35 services')).toBeVisible();
    expect(
      within(second).getByText(
        'For all services that no policy before it matches.',
      ),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Try a change' }),
    ).toHaveAttribute('href', '/operational-excellence/policies/try');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('say that none are configured', async () => {
    renderPolicies({ contents: { policies: [] } });
    expect(
      await screen.findByText(
        'No policy is configured, so nothing is asked of any service.',
      ),
    ).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderPolicies({
      before: each => each.fail('getPolicies', new Error('too slow')),
    });
    expect(await screen.findByText('too slow')).toBeVisible();
    api.fail('getPolicies', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'default' }),
    ).toBeVisible();
  });
});

describe('trying other policies', () => {
  async function open(options: Parameters<typeof renderPolicies>[0] = {}) {
    const rendered = renderPolicies({ url: '/try', ...options });
    const field: HTMLTextAreaElement = await screen.findByRole(
      'textbox',
      { name: 'Policies, as YAML or JSON' },
      LAZY,
    );
    const write = async (text: string) => {
      await userEvent.clear(field);
      await userEvent.click(field);
      await userEvent.paste(text);
    };
    const send = async () => {
      const button = screen.getByRole('button', {
        name: 'See what would change',
      });
      await waitFor(() =>
        expect(button).toHaveAttribute('aria-disabled', 'false'),
      );
      await userEvent.click(button);
    };
    return { ...rendered, field, write, send };
  }

  it('begins with the present ones, and leads to what would change', async () => {
    const { api, container, field, send, write } = await open();
    expect(field.value).toMatch(/^- id: critical\n/);
    expect(
      screen.getByText(
        'These are the present policies; those that are upcoming are taken to apply already.',
      ),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
    await write('- id: only\n  gameDay:\n    every: P30D\n');
    expect(
      screen.queryByText(/^These are the present policies/),
    ).not.toBeInTheDocument();
    await send();
    expect(
      await screen.findByText(/^2 services would change a state\./),
    ).toBeVisible();
    expect(address()).toBe(
      '/operational-excellence/policies/previews/preview-1',
    );
    expect(api.callsOf('previewPolicies')).toEqual([
      [
        {
          policies: [
            {
              id: 'only',
              gameDay: {
                every: 'P30D',
                warnBefore: 'P14D',
                counts: ['experiment', 'game-day'],
              },
            },
          ],
        },
      ],
    ]);
  });

  it('says that the present ones would change nothing, if none is upcoming', async () => {
    const items = [
      { policy: policy(), services: 1, upcomingFrom: null, preview: null },
    ];
    await open({ contents: { policies: items } });
    expect(
      screen.getByText('These are the present policies: nothing would change.'),
    ).toBeVisible();
  });

  it('says what is wrong, and leads to its place', async () => {
    const { api, container, field, send, write } = await open();
    await write('- id: a\n  backlog:\n    maxAge: soon\n- id: a\n  x: 1\n');
    await send();
    const alert = within(screen.getByRole('alert'));
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(field).toHaveFocus();
    const selected = () =>
      field.value.slice(field.selectionStart, field.selectionEnd);
    expect(selected()).toBe('maxAge: soon');
    await userEvent.click(alert.getByRole('button', { name: /^Line 5, a: / }));
    expect(selected()).toBe('x: 1');
    expect(api.callsOf('previewPolicies')).toEqual([]);
    expect(await accessibilityViolations(container)).toEqual([]);
    await write('- id: a\n');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('loses nothing where it fails, nor over a reload', async () => {
    const storage = mockApis.storage();
    const { api, send, unmount, write } = await open({ storage });
    await write('- id: mine\n');
    api.fail('previewPolicies', await refusal(400, 'mine: no such template'));
    await send();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It could not be begun; nothing you typed is lost. mine: no such template',
    );
    unmount();

    const { field } = await open({ storage });
    expect(field).toHaveValue('- id: mine\n');
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Start again from the present policies',
      }),
    );
    expect(field.value).toMatch(/^- id: critical\n/);
  });
});

describe('a preview of other policies', () => {
  const url = '/previews/p1';
  const preview = (overrides = {}) => ({
    policyPreviews: [policyPreview('p1', overrides)],
  });

  it('tells what would change, and opens the services', async () => {
    const { api, container } = renderPolicies({ url, contents: preview() });
    expect(
      await screen.findByText(
        '2 services would change a state. 10 services were looked at.',
      ),
    ).toBeVisible();
    const rows = within(screen.getByRole('table', { name: 'Changes of state' }))
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(rows).toEqual(['OverallOKOverdue1', 'Game dayOKOverdue2']);
    const services = () =>
      within(screen.getByRole('list', { name: 'Services that would change' }));
    await screen.findByText('Payments');
    expect(services().getAllByRole('listitem')).toHaveLength(2);
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(
      screen.getByRole('link', { name: '2: Game day, OK to Overdue' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Game day: OK to Overdue' }),
    ).toBeVisible();
    expect(address()).toBe(
      '/operational-excellence/policies/previews/p1?measure=gameDay&from=ok&to=overdue',
    );
    expect(api.callsOf('getPolicyPreviewServices').at(-1)).toMatchObject([
      'p1',
      { measure: 'gameDay', from: 'ok', to: 'overdue' },
    ]);
    expect(screen.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/catalog/default/component/payments',
    );
  });

  describe('on a narrow screen', () => {
    onNarrowScreen();

    it('tells the changes below each other', async () => {
      const { container } = renderPolicies({ url, contents: preview() });
      const list = within(
        await screen.findByRole('list', { name: 'Changes of state' }),
      );
      expect(
        list.getAllByRole('listitem').map(each => each.textContent),
      ).toEqual(['Overall:OK→Overdue1', 'Game day:OK→Overdue2']);
      expect(screen.queryByRole('table')).not.toBeInTheDocument();
      expect(await accessibilityViolations(container)).toEqual([]);
    });
  });

  it('tells which policy a service would have', async () => {
    renderPolicies({
      url,
      contents: {
        ...preview(),
        previewedServices: [
          previewedService(HOSTILE_TITLE, {
            entityRef: 'component:default/x',
            policyBefore: 'default',
            policyAfter: null,
          }),
        ],
      },
    });
    expect(await screen.findByText('Policy default → none')).toBeVisible();
    expect(screen.getByRole('link', { name: HOSTILE_TITLE })).toBeVisible();
  });

  it('goes on being read while it runs, and no longer', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      const { api } = renderPolicies({
        url,
        contents: preview({ state: 'running', services: 4 }),
      });
      expect(
        await screen.findByText('4 services looked at so far …'),
      ).toBeVisible();
      expect(screen.queryByRole('table')).not.toBeInTheDocument();
      api.policies.move('p1', { state: 'running', services: 8 });
      await act(() => jest.advanceTimersByTimeAsync(3_000));
      expect(screen.getByText('8 services looked at so far …')).toBeVisible();
      api.fail('getPolicyPreview', new Error('too slow'));
      await act(() => jest.advanceTimersByTimeAsync(3_000));
      expect(screen.getByRole('alert')).toHaveTextContent(
        'How it stands could not be read just now: too slow',
      );
      api.fail('getPolicyPreview', undefined);
      api.policies.move('p1', { state: 'done' });
      await act(() => jest.advanceTimersByTimeAsync(3_000));
      expect(
        screen.getByText(/^2 services would change a state\./),
      ).toBeVisible();
      const asked = api.callsOf('getPolicyPreview').length;
      await act(() => jest.advanceTimersByTimeAsync(30_000));
      expect(api.callsOf('getPolicyPreview')).toHaveLength(asked);
    } finally {
      jest.useRealTimers();
    }
  });

  it('says why it failed', async () => {
    const { container } = renderPolicies({
      url,
      contents: preview({
        state: 'failed',
        problem: 'critical: no template x',
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The preview failedcritical: no template x',
    );
    expect(
      screen.getByRole('link', { name: 'Change the text and try again' }),
    ).toHaveAttribute('href', '/operational-excellence/policies/try');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says that nothing would change', async () => {
    renderPolicies({ url, contents: preview({ changed: 0, changes: [] }) });
    expect(await screen.findByText(/^Nothing would change:/)).toBeVisible();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('says that there is none any more', async () => {
    renderPolicies({ url });
    expect(await screen.findByText('No such preview')).toBeVisible();
  });
});
