import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { EnvironmentItem } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  environment,
  FakeOperationalExcellenceApi,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { Environments } from './Environments';
import { ServiceEnvironments } from './ServiceEnvironments';

const PAYMENTS = 'component:default/payments';

/** To the millisecond, which no field for times holds. */
const LONG_AGO = daysAgo(3).replace(/\.\d+Z$/, '.123Z');

const environments = (): EnvironmentItem[] => [
  environment('short', {
    title: 'Copy of production',
    url: 'https://ci.example/42',
    services: [{ entityRef: PAYMENTS, title: 'Payments' }],
    exerciseCount: 2,
    improvementCount: 1,
  }),
  environment('late', {
    title: 'Left over',
    stage: 'expired',
    expiresAt: LONG_AGO,
    url: ['javascript', 'alert(1)'].join(':'),
  }),
  environment('gone', {
    title: 'Gone',
    stage: 'removed',
    removedAt: daysAgo(1),
  }),
];

function renderEnvironments(
  options: {
    entityRef?: string;
    environments?: EnvironmentItem[];
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { entityRef } = options;
  const api = new FakeOperationalExcellenceApi({
    environments: options.environments ?? environments(),
  });
  options.before?.(api);
  const element = entityRef ? (
    <ServiceEnvironments entityRef={entityRef} />
  ) : (
    <Environments />
  );
  return { api, ...renderWithApi(element, api) };
}

const entries = async () =>
  (await screen.findByRole('list', { name: 'Environments' })).children;

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

const isClosed = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

/** Not key by key, which takes long where a test has much to type. */
const enter = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });

describe('environments', () => {
  it('tell what they are, whose, and until when; what has expired is flagged', async () => {
    const { container } = renderEnvironments();
    const [first, second, ...rest] = [...(await entries())].map(each =>
      within(each as HTMLElement),
    );
    expect(rest).toEqual([]);
    expect(
      first.getByRole('link', { name: /Copy of production/ }),
    ).toHaveAttribute('href', 'https://ci.example/42');
    expect(first.getByText('Active')).toBeVisible();
    expect(first.getByText('Temporary duplicate')).toBeVisible();
    expect(first.getByText(/in [56] days/)).toBeVisible();
    expect(first.getByText('2 exercises, 1 improvement')).toBeVisible();
    expect(first.getByRole('link', { name: 'Payments' })).toBeVisible();
    expect(second.getByText('Expired, not removed')).toBeVisible();
    expect(second.getByText(/3 days ago/)).toBeVisible();
    expect(
      second.queryByRole('link', { name: /Left over/ }),
    ).not.toBeInTheDocument();
    expect(
      await screen.findByText(/1 environment has expired and is not removed/),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(screen.getByRole('tab', { name: 'Removed' }));
    expect(await screen.findByText('Gone')).toBeVisible();
  });

  it('are those of a service on its page', async () => {
    const { api } = renderEnvironments({ entityRef: PAYMENTS });
    expect(await entries()).toHaveLength(1);
    expect(api.callsOf('getEnvironments')[0]).toMatchObject([
      { entityRef: PAYMENTS, stage: ['active', 'expired'] },
    ]);
  });

  it('are reported, with what is wrong told first', async () => {
    const { api } = renderEnvironments({
      entityRef: PAYMENTS,
      environments: [],
    });
    expect(
      await screen.findByText('There are no such environments.'),
    ).toBeVisible();
    await press('Report an environment');
    const dialog = within(await screen.findByRole('dialog'));
    const report = () =>
      userEvent.click(dialog.getByRole('button', { name: 'Report it' }));
    await report();
    expect(await dialog.findByText('Say what it is called.')).toBeVisible();
    expect(dialog.getByText('Say who owns it.')).toBeVisible();
    expect(dialog.getByText(/Say when the temporary/)).toBeVisible();
    expect(api.callsOf('reportEnvironment')).toEqual([]);
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual(
      [],
    );

    enter(dialog.getByLabelText(/^Name/), 'payments-pr-42');
    enter(dialog.getByLabelText(/^Title/), 'Copy');
    enter(dialog.getByLabelText(/^Owner/), 'group:default/team-a');
    enter(dialog.getByLabelText('Address'), 'ftp://x');
    enter(dialog.getByLabelText(/^Expires/), '2126-01-01T12:00');
    await report();
    expect(
      await dialog.findByText(/no address that begins with http/),
    ).toBeVisible();
    enter(dialog.getByLabelText('Address'), 'https://ci.example');
    await report();
    await isClosed();
    expect(api.callsOf('reportEnvironment')).toEqual([
      [
        'payments-pr-42',
        {
          kind: 'temporary',
          title: 'Copy',
          ownerRef: 'group:default/team-a',
          entityRefs: [PAYMENTS],
          url: 'https://ci.example',
          expiresAt: new Date('2126-01-01T12:00').toISOString(),
        },
      ],
    ]);
    expect(await screen.findByText('payments-pr-42')).toBeVisible();
  });

  it('keep their end to the very instant where it is not changed', async () => {
    const { api } = renderEnvironments();
    await userEvent.click(
      within((await entries())[1] as HTMLElement).getByRole('button', {
        name: 'Edit',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByLabelText(/^Name/)).toBeDisabled();
    const address = dialog.getByLabelText('Address');
    enter(address, '');
    await userEvent.click(dialog.getByRole('button', { name: 'Report it' }));
    await isClosed();
    expect(api.callsOf('reportEnvironment')).toEqual([
      [
        'late',
        expect.objectContaining({
          url: null,
          expiresAt: LONG_AGO,
        }),
      ],
    ]);
  });

  it('are removed once that is confirmed, or told why not', async () => {
    const { api } = renderEnvironments();
    await userEvent.click(
      within((await entries())[1] as HTMLElement).getByRole('button', {
        name: 'Report removal',
      }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Is Left over removed?' }),
    );
    api.fail('removeEnvironment', await refusal(500, 'the database is away'));
    await userEvent.click(
      dialog.getByRole('button', { name: 'It is removed' }),
    );
    expect(await dialog.findByText(/the database is away/)).toBeVisible();
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual(
      [],
    );
    api.fail('removeEnvironment', undefined);
    await userEvent.click(
      dialog.getByRole('button', { name: 'It is removed' }),
    );
    await isClosed();
    await waitFor(() =>
      expect(screen.queryByText('Left over')).not.toBeInTheDocument(),
    );
    expect(
      screen.queryByText(/has expired and is not removed/),
    ).not.toBeInTheDocument();
  });

  it('say why they cannot be read', async () => {
    const error = await refusal(500, 'the database is away');
    renderEnvironments({ before: api => api.fail('getEnvironments', error) });
    expect(await screen.findByText(/the database is away/)).toBeVisible();
  });
});
