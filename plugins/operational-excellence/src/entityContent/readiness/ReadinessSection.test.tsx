import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ReadinessTestDetail,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  FakeOperationalExcellenceApi,
  finishedReadinessTest,
  overdueService,
  permissionsThat,
  readinessTemplateItem,
  readinessTest,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { ReadinessSection } from './ReadinessSection';

jest.setTimeout(60_000);

const PATIENCE = { timeout: 20_000 };

function renderSection(
  readinessTests: ReadinessTestDetail[],
  options: {
    service?: ServiceDetail;
    decision?: 'ALLOW' | 'DENY';
    prepare?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const service = options.service ?? overdueService();
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    readinessTemplates: [readinessTemplateItem()],
    readinessTests,
  });
  options.prepare?.(api);
  const element = <ReadinessSection service={service} now={Date.now()} />;
  return {
    api,
    ...renderWithApi(element, api, {
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
    }),
  };
}

/** What is said of the required template. */
async function required() {
  const heading = await screen.findByRole('heading', { level: 4 }, PATIENCE);
  return within(heading.closest('li') as HTMLElement);
}

describe('the readiness of a service', () => {
  it('tells the newest verdict of a required template, and what came before', async () => {
    const { container } = renderSection([
      finishedReadinessTest('2', { outdated: true, previousId: '1' }),
      finishedReadinessTest('1', {
        verdict: 'fail',
        performedAt: daysAgo(300),
        validUntil: daysAgo(120),
      }),
    ]);
    const entry = await required();
    expect(entry.getByText('passed with conditions')).toBeVisible();
    expect(
      entry.getByText('The template was changed since this test was run.'),
    ).toBeVisible();
    expect(entry.getByRole('button', { name: /Run it again/ })).toBeVisible();

    const history = within(
      screen.getByRole('table', { name: 'History' }),
    ).getAllByRole('row');
    expect(history[1]).toHaveTextContent('passed with conditions');
    expect(
      within(history[1]).getByRole('link', { name: /Compare/ }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/readiness-tests/2#difference',
    );
    expect(history[2]).toHaveTextContent('failed');
    expect(history[2]).toHaveTextContent('expired');
    expect(
      within(history[2]).queryByRole('link', { name: /Compare/ }),
    ).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('leads back to a test that is open', async () => {
    renderSection([
      readinessTest('2', { answered: 2 }),
      finishedReadinessTest('1'),
    ]);
    const entry = await required();
    expect(
      entry.getByRole('button', { name: 'Resume, 2 of 3' }),
    ).toHaveAttribute('href', '/operational-excellence/readiness-tests/2');
    expect(
      entry.queryByRole('button', { name: /Run/ }),
    ).not.toBeInTheDocument();
  });

  it('offers to run what was never run', async () => {
    const { api } = renderSection([]);
    const entry = await required();
    expect(entry.getByText('Never run')).toBeVisible();
    expect(
      screen.getByText('No readiness test was run for this service yet.'),
    ).toBeVisible();
    await userEvent.click(
      await entry.findByRole('button', { name: /Run the test/ }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await dialog.findByRole('radio', { name: /required/ }, PATIENCE);
    await userEvent.click(dialog.getByRole('button', { name: 'Begin' }));
    expect(api.callsOf('beginReadinessTest')).toEqual([
      [
        expect.objectContaining({
          entityRef: 'component:default/payments',
          template: 'production-readiness',
        }),
      ],
    ]);
  });

  it('says who may not run a test, and why', async () => {
    const { api } = renderSection([], {
      decision: 'DENY',
      // What was decided on a service before is remembered for a while.
      service: { ...overdueService(), entityRef: 'component:default/denied' },
    });
    const entry = await required();
    const button = entry.getByRole('button', { name: /Run the test/ });
    await waitFor(
      () => expect(button).toHaveAttribute('aria-disabled', 'true'),
      PATIENCE,
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.hover(button);
    expect(
      await screen.findByText(/ask Money team, who owns the service/),
    ).toBeVisible();
    expect(api.callsOf('beginReadinessTest')).toEqual([]);
  });

  it('says where no policy asks for a test', async () => {
    renderSection([], {
      service: { ...overdueService(), thresholds: null },
    });
    expect(
      await screen.findByText(
        'No policy asks for a readiness test of this service.',
        {},
        PATIENCE,
      ),
    ).toBeVisible();
  });

  it('says why it cannot be read, and reads it on another try', async () => {
    const failure = await refusal(503, 'The database is away');
    const { api } = renderSection([finishedReadinessTest('1')], {
      prepare: each => each.fail('getReadinessTests', failure),
    });
    expect(
      await screen.findByText('The database is away', {}, PATIENCE),
    ).toBeVisible();
    api.fail('getReadinessTests', undefined);
    await userEvent.click(screen.getByRole('button', { name: /again|retry/i }));
    expect(
      await screen.findByRole('table', { name: 'History' }, PATIENCE),
    ).toBeVisible();
  });
});
