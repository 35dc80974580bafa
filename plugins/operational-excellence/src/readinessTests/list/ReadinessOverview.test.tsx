import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  finishedReadinessTest,
  okService,
  overdueService,
  permissionsThat,
  readinessTemplateItem,
  readinessTest,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { ReadinessOverview } from './ReadinessOverview';

jest.setTimeout(60_000);

const PATIENCE = { timeout: 20_000 };

function renderOverview(
  contents: ConstructorParameters<typeof FakeOperationalExcellenceApi>[0] = {},
  options: { url?: string; decision?: 'ALLOW' | 'DENY' } = {},
) {
  const api = new FakeOperationalExcellenceApi({
    services: [overdueService(), okService()],
    readinessTemplates: [readinessTemplateItem()],
    ...contents,
  });
  return {
    api,
    ...renderWithApi(<ReadinessOverview />, api, {
      url: options.url,
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
    }),
  };
}

const rows = async () => {
  const table = await screen.findByRole(
    'table',
    { name: 'Readiness tests' },
    PATIENCE,
  );
  return within(table).getAllByRole('row').slice(1);
};

describe('the list of readiness tests', () => {
  it('says how each stands, and leads to it', async () => {
    const { container } = renderOverview({
      readinessTests: [
        readinessTest('1', { answered: 2, failing: 1 }),
        finishedReadinessTest('2', { outdated: true }),
      ],
    });
    const [open, finished] = await rows();
    expect(open).toHaveTextContent('2 of 3 answered, 1 failing');
    expect(finished).toHaveTextContent('passed with conditions');
    expect(finished).toHaveTextContent('older version');
    expect(
      within(open).getByRole('link', { name: 'Production readiness' }),
    ).toHaveAttribute('href', '/operational-excellence/readiness-tests/1');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('is narrowed by what the address names', async () => {
    const { api } = renderOverview(
      {
        readinessTests: [
          readinessTest('1'),
          finishedReadinessTest('2', { verdict: 'fail' }),
        ],
      },
      { url: '/?state=finished&verdict=fail&state=no-such' },
    );
    expect(await rows()).toHaveLength(1);
    expect(api.callsOf('getReadinessTests')[0][0]).toMatchObject({
      state: ['finished'],
      verdict: ['fail'],
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(async () => expect(await rows()).toHaveLength(2), PATIENCE);
  });

  it('shows what counts, and what was run against an older version', async () => {
    const { api } = renderOverview(
      {
        readinessTests: [
          finishedReadinessTest('1'),
          finishedReadinessTest('2', { outdated: true }),
          readinessTest('3', { outdated: true }),
        ],
      },
      { url: '/?newest=true' },
    );
    expect(await rows()).toHaveLength(1);
    const newest = screen.getByRole('checkbox', {
      name: 'Newest of each service',
    });
    expect(newest).toBeChecked();
    await userEvent.click(newest);
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Older version of its template' }),
    );
    await waitFor(async () => expect(await rows()).toHaveLength(2), PATIENCE);
    expect(api.callsOf('getReadinessTests').at(-1)?.[0]).toMatchObject({
      outdated: 'true',
      newest: undefined,
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(async () => expect(await rows()).toHaveLength(3), PATIENCE);
  });

  it('goes on page by page', async () => {
    renderOverview({
      readinessTests: Array.from({ length: 51 }, (_, index) =>
        readinessTest(`${index}`),
      ),
    });
    expect(await rows()).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: /more/i }));
    await waitFor(async () => expect(await rows()).toHaveLength(51), PATIENCE);
  });

  it('says where there is none', async () => {
    renderOverview();
    expect(
      await screen.findByText('No readiness test was run yet.', {}, PATIENCE),
    ).toBeVisible();
  });

  it('begins a test of a service that is chosen', async () => {
    const { api } = renderOverview();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run a test' }, PATIENCE),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('textbox', { name: /Service/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments/ }, PATIENCE),
    );
    expect(
      await dialog.findByRole('radio', { name: /required/ }, PATIENCE),
    ).toBeChecked();
    api.fail('beginReadinessTest', await refusal(503, 'The database is away'));
    await userEvent.click(dialog.getByRole('button', { name: 'Begin' }));
    expect(
      await dialog.findByText(/could not be begun. The database is away/),
    ).toBeVisible();
    api.fail('beginReadinessTest', undefined);
    await userEvent.click(dialog.getByRole('button', { name: 'Begin' }));
    await waitFor(
      () => expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      PATIENCE,
    );
    const [first, second] = api.callsOf('beginReadinessTest');
    expect(first).toEqual([
      {
        key: expect.any(String),
        entityRef: 'component:default/payments',
        template: 'production-readiness',
      },
    ]);
    // The same test, however often one tries.
    expect(second).toEqual(first);
  });

  it('resumes the test that is open instead of beginning another', async () => {
    const { api } = renderOverview({ readinessTests: [readinessTest('1')] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run a test' }, PATIENCE),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('textbox', { name: /Service/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments/ }, PATIENCE),
    );
    expect(
      await dialog.findByText(/Open: 0 of 3 answered/, {}, PATIENCE),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Resume' }));
    expect(api.callsOf('beginReadinessTest')).toEqual([]);
  });
});

describe('the readiness templates', () => {
  const url = '/?view=templates';

  it('tell where they come from, who requires them and who is tested', async () => {
    const { container } = renderOverview(
      {
        readinessTemplates: [
          readinessTemplateItem({ services: { tested: 3, outdated: 2 } }),
        ],
      },
      { url },
    );
    expect(
      await screen.findByText('Comes with the plugin', {}, PATIENCE),
    ).toBeVisible();
    expect(screen.getByText('the policy tier-1')).toBeVisible();
    const ofTemplate =
      '/operational-excellence/readiness-tests?template=production-readiness';
    expect(
      screen.getByRole('link', { name: '2 of them with an older version' }),
    ).toHaveAttribute('href', `${ofTemplate}&newest=true&outdated=true`);
    expect(
      screen.getByRole('link', { name: '3 services tested' }),
    ).toHaveAttribute('href', `${ofTemplate}&newest=true`);
    const items = screen.getByText('3 items');
    expect(items.closest('details')).not.toHaveAttribute('open');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('say what is wrong with them, by line', async () => {
    renderOverview(
      {
        readinessTemplates: [
          readinessTemplateItem({ problem: 'Line 7: id is missing' }),
        ],
        readinessProblems: [
          { source: './other.yaml', message: 'Line 2: this is no YAML' },
        ],
      },
      { url },
    );
    expect(
      await screen.findByText('Line 7: id is missing', {}, PATIENCE),
    ).toBeVisible();
    expect(screen.getByText(/Until it is mended, version 1/)).toBeVisible();
    expect(screen.getByText('./other.yaml')).toBeVisible();
    expect(screen.getByText('Line 2: this is no YAML')).toBeVisible();
  });

  it('say where one was removed', async () => {
    renderOverview(
      { readinessTemplates: [readinessTemplateItem({ removed: true })] },
      { url },
    );
    expect(
      await screen.findByText('No longer configured', {}, PATIENCE),
    ).toBeVisible();
  });
});
