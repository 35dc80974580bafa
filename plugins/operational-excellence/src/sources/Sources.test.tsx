import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  accessibilityViolations,
  FakeContents,
  FakeOperationalExcellenceApi,
  githubScopes,
  problem,
  refusal,
  renderWithApi,
  scope,
  source,
  sources,
  UPSTREAM_ERROR,
  watchCopies,
} from '../__testUtils__';
import { Sources } from './Sources';

const GITHUB = 'github:github.com';

function renderSources(
  contents: FakeContents = {
    sources: sources(),
    scopes: { [GITHUB]: githubScopes() },
    problems: { [GITHUB]: [problem('mail'), problem('search')] },
  },
) {
  const api = new FakeOperationalExcellenceApi(contents);
  return { api, ...renderWithApi(<Sources />, api) };
}

/** The part of the page that is about one source. */
const card = (title: string) => screen.findByRole('region', { name: title });

async function expand(title: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: `Show details of ${title}` }),
  );
  return within(
    document.getElementById(
      `operational-excellence-scopes-${GITHUB}`,
    ) as HTMLElement,
  );
}

/** Chooses how the scopes fare that are listed. */
async function showScopes(health: string) {
  await userEvent.click(screen.getByLabelText('Health'));
  await userEvent.click(await screen.findByRole('option', { name: health }));
}

const scopeNames = (part: Pick<typeof screen, 'getAllByRole'>) =>
  part
    .getAllByRole('rowheader')
    .map(header => header.querySelector('a')?.firstChild?.textContent);

/** Lets the page be looked at again, and all that follows happen. */
const comeBack = () =>
  act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });

/** Lets what is under way come to its end. */
const settled = () => act(async () => {});

describe('Sources', () => {
  it('shows that it loads', async () => {
    const api = new FakeOperationalExcellenceApi({ sources: sources() });
    const release = api.hold('getSources');
    renderWithApi(<Sources />, api);
    expect(
      await screen.findByRole('status', { name: 'Loading the sources' }),
    ).toBeVisible();
    await act(async () => release());
    expect(await screen.findByText('GitHub')).toBeVisible();
  });

  it('lists what each delivered', async () => {
    renderSources();
    const github = await card('GitHub');
    expect(github).toHaveTextContent('Tickets');
    expect(github).toHaveTextContent('Failing');
    expect(github).toHaveTextContent('2 days ago');
    expect(github).toHaveTextContent(/in \d+ minutes/);
    expect(github).toHaveTextContent('48,213');
    expect(github).toHaveTextContent('97');
    expect(github).toHaveTextContent('118 of 120 healthy');
    expect(github).toHaveTextContent('2 to correct');
    expect(github).toHaveTextContent('5,310since 30 days ago');
    expect(github).toHaveTextContent(
      /421 of 5,000 left, nearly used upresets in/,
    );

    const fis = await card('AWS FIS');
    expect(fis).toHaveTextContent('Experiments');
    expect(fis).toHaveTextContent('Healthy');
    expect(fis).toHaveTextContent('Not told');
    expect(fis).not.toHaveTextContent('to correct');
  });

  it('quotes the upstream, and since when', async () => {
    renderSources();
    const github = await card('GitHub');
    expect(github).toHaveTextContent('acme/ledger: failing since 2 days ago');
    expect(github).toHaveTextContent(UPSTREAM_ERROR);
  });

  it('tells a source that nothing names from one that does well', async () => {
    renderSources();
    const tracker = await card('Built-in tracker');
    expect(tracker).toHaveTextContent('No answer yet');
    expect(tracker).toHaveTextContent('Never');
    expect(tracker).toHaveTextContent('None yet');
  });

  it('says what to do where none is connected', async () => {
    renderSources({ sources: [] });
    expect(
      await screen.findByText(
        /configure it under operationalExcellence.sources/,
      ),
    ).toBeVisible();
  });

  it('names the permission that is missing', async () => {
    const api = new FakeOperationalExcellenceApi({ sources: sources() });
    api.fail('getSources', await refusal(403, 'Unauthorized'));
    renderWithApi(<Sources />, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'operational-excellence.source.read',
    );
  });

  it('can be tried again after a failure', async () => {
    const api = new FakeOperationalExcellenceApi({ sources: sources() });
    api.fail('getSources', await refusal(500, 'the database is away'));
    renderWithApi(<Sources />, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getSources', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('GitHub')).toBeVisible();
  });

  it('takes hostile text as text', async () => {
    const title = '<img src=x onerror="window.hacked = true">';
    const { container } = renderSources({
      sources: [
        source('evil', {
          title,
          health: 'failing',
          lastError: {
            scope: '<b>scope</b>',
            message: '<script>window.hacked = true</script> {{count}}',
            at: new Date().toISOString(),
            since: new Date().toISOString(),
          },
        }),
      ],
    });
    expect(await screen.findByText(title)).toBeVisible();
    expect(
      screen.getByText('<script>window.hacked = true</script> {{count}}'),
    ).toBeVisible();
    expect(container.querySelector('img, script, b')).toBeNull();
  });

  it('is accessible, with scopes and messages too', async () => {
    const { container } = renderSources();
    const scopes = await expand('GitHub');
    await scopes.findByRole('table');
    await userEvent.click(
      screen.getByRole('button', { name: 'Sync now: GitHub' }),
    );
    await screen.findByText('120 scopes of GitHub will run now.');
    await settled();
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});

describe('following the sources', () => {
  beforeEach(() => {
    jest.useFakeTimers({ advanceTimers: true });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const tenSeconds = () => act(() => jest.advanceTimersByTimeAsync(10_000));

  it('reads them again every ten seconds', async () => {
    const { api } = renderSources();
    await screen.findByText('118 of 120 healthy');
    const [github, ...others] = sources();
    api.contents.sources = [
      { ...github, scopes: { ...github.scopes, ok: 119 } },
      ...others,
    ];
    await tenSeconds();
    expect(await screen.findByText('119 of 120 healthy')).toBeVisible();
  });

  it('waits for a slow backend instead of asking it again', async () => {
    const { api } = renderSources();
    await screen.findByText('GitHub');
    const release = api.hold('getSources');
    await tenSeconds();
    await tenSeconds();
    await tenSeconds();
    expect(api.callsOf('getSources')).toHaveLength(2);
    await act(async () => release());
    await tenSeconds();
    expect(api.callsOf('getSources')).toHaveLength(3);
  });

  it('rests while nobody looks, and catches up after', async () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get');
    const { api } = renderSources();
    await screen.findByText('GitHub');

    visibility.mockReturnValue('hidden');
    await tenSeconds();
    await tenSeconds();
    expect(api.callsOf('getSources')).toHaveLength(1);

    visibility.mockReturnValue('visible');
    await comeBack();
    expect(api.callsOf('getSources')).toHaveLength(2);
  });

  it('keeps the list where reading it again fails, and says so', async () => {
    const { api } = renderSources();
    await screen.findByText('GitHub');
    api.fail('getSources', await refusal(500, 'the database is away'));
    await tenSeconds();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /This list is from .*; reading it again failed: the database is away/,
    );
    expect(screen.getByText('GitHub')).toBeVisible();

    api.fail('getSources', undefined);
    await tenSeconds();
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('hides the list from whom it was forbidden meanwhile', async () => {
    const { api } = renderSources();
    await screen.findByText('GitHub');
    api.fail('getSources', await refusal(403, 'Unauthorized'));
    await tenSeconds();
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.queryByText('GitHub')).not.toBeInTheDocument();
  });

  it('stops when the page is left', async () => {
    const { api, unmount } = renderSources();
    await screen.findByText('GitHub');
    unmount();
    await tenSeconds();
    expect(api.callsOf('getSources')).toHaveLength(1);
  });
});

describe('Sync now', () => {
  const button = () =>
    screen.findByRole('button', { name: 'Sync now: GitHub' });

  it('asks the source, says so and reads the list again', async () => {
    const { api } = renderSources();
    await userEvent.click(await button());
    expect(
      await screen.findByText('120 scopes of GitHub will run now.'),
    ).toBeVisible();
    expect(api.callsOf('syncSource')).toEqual([[GITHUB, {}]]);
    await settled();
    expect(api.callsOf('getSources')).toHaveLength(2);

    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(
      screen.queryByText('120 scopes of GitHub will run now.'),
    ).not.toBeInTheDocument();
  });

  it('asks once, however often it is pressed', async () => {
    const { api } = renderSources();
    const release = api.hold('syncSource');
    await userEvent.dblClick(await button());
    expect(await button()).toHaveAttribute('aria-disabled', 'true');
    await act(async () => release());
    await screen.findByText('120 scopes of GitHub will run now.');
    await settled();
    expect(api.callsOf('syncSource')).toHaveLength(1);
  });

  it('says why it failed', async () => {
    const { api } = renderSources();
    api.fail('syncSource', await refusal(503, 'no replica is running'));
    await userEvent.click(await button());
    expect(
      await screen.findByText(
        'GitHub could not be asked to run: no replica is running',
      ),
    ).toBeVisible();
  });
});

describe('the scopes of a source', () => {
  it('are first those in trouble, with the reason', async () => {
    renderSources();
    const part = await expand('GitHub');
    await part.findByText('acme/ledger');
    expect(scopeNames(part)).toEqual(['acme/archive', 'acme/ledger']);
    const ledger = part.getByText('acme/ledger').closest('tr') as HTMLElement;
    expect(ledger).toHaveTextContent('Failing since 2 days ago');
    expect(ledger).toHaveTextContent('41 failures in a row');
    expect(ledger).toHaveTextContent(UPSTREAM_ERROR);
    const archive = part.getByText('acme/archive').closest('tr') as HTMLElement;
    expect(archive).toHaveTextContent('Silent too long');
    expect(archive).toHaveTextContent('Running now');
  });

  it('come page by page', async () => {
    renderSources();
    const part = await expand('GitHub');
    await part.findByText('acme/ledger');
    await showScopes('All');
    expect(await part.findByText('20 of 120')).toBeVisible();
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('40 of 120')).toBeVisible();
    expect(new Set(scopeNames(part)).size).toBe(40);
  });

  it('stay as many when they are read again', async () => {
    const { api } = renderSources();
    const part = await expand('GitHub');
    await part.findByText('acme/ledger');
    await showScopes('All');
    await part.findByText('20 of 120');
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    await part.findByText('40 of 120');

    const calls = api.callsOf('getSourceScopes').length;
    await comeBack();
    expect(api.callsOf('getSourceScopes')).toHaveLength(calls + 2);
    expect(part.getByText('40 of 120')).toBeVisible();
  });

  it('can be searched', async () => {
    const { api } = renderSources();
    const part = await expand('GitHub');
    await part.findByText('acme/ledger');
    await showScopes('All');
    await userEvent.type(part.getByLabelText('Find a scope'), 'service-11');
    expect(await part.findByText('9 of 9')).toBeVisible();
    expect(scopeNames(part)).toContain('acme/service-110');
    // One request for the search, not one for each letter.
    expect(
      api
        .callsOf('getSourceScopes')
        .map(([, query]) => (query as { q?: string }).q)
        .filter(Boolean),
    ).toEqual(['service-11']);

    await userEvent.type(part.getByLabelText('Find a scope'), 'nowhere');
    expect(await part.findByText('No scope matches.')).toBeVisible();
  });

  it('are said to be healthy where all are', async () => {
    const { api } = renderSources({
      sources: [source(GITHUB, { title: 'GitHub' })],
      scopes: { [GITHUB]: [scope('a'), scope('b')] },
    });
    const part = await expand('GitHub');
    expect(await part.findByText('2 of 2')).toBeVisible();
    await showScopes('All but healthy');
    expect(await part.findByText('All scopes are healthy.')).toBeVisible();
    expect(api.callsOf('getSourceScopes').at(-1)).toEqual([
      GITHUB,
      expect.objectContaining({ health: ['failing', 'stale', 'never'] }),
    ]);
  });

  it('are said to be missing where no service names any', async () => {
    renderSources({
      sources: [
        source(GITHUB, {
          title: 'GitHub',
          scopes: { total: 0, ok: 0, failing: 0, stale: 0, never: 0 },
        }),
      ],
    });
    const part = await expand('GitHub');
    expect(
      await part.findByText('No service names anything in this source yet.'),
    ).toBeVisible();
  });

  it('fail on their own', async () => {
    const { api } = renderSources();
    await screen.findByText('GitHub');
    api.fail('getSourceScopes', await refusal(500, 'the database is away'));
    const part = await expand('GitHub');
    expect(await part.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    expect(screen.getByText('AWS FIS')).toBeVisible();
  });

  it('fold away', async () => {
    renderSources();
    await expand('GitHub');
    await userEvent.click(
      screen.getByRole('button', { name: 'Hide details of GitHub' }),
    );
    expect(screen.queryByLabelText('Find a scope')).not.toBeInTheDocument();
  });
});

describe('a scope', () => {
  const acme = { sources: [source(GITHUB, { title: 'GitHub' })] };

  it('says what it spent and has left, and where to find it', async () => {
    renderSources({
      ...acme,
      scopes: {
        [GITHUB]: [
          scope('acme/payments', {
            problems: 1,
            containers: { total: 4, unread: 2, missing: 1 },
            rateLimit: {
              remaining: 4_321,
              limit: 5_000,
              resetsAt: null,
              at: new Date().toISOString(),
            },
          }),
          scope('acme/new', {
            url: null,
            checkedAt: null,
            containers: { total: 1, unread: 1, missing: 0 },
          }),
        ],
      },
    });
    const part = await expand('GitHub');
    const link = await part.findByRole('link', { name: /acme\/payments/ });
    expect(link).toHaveAttribute('href', 'https://github.com/acme/payments');
    const payments = link.closest('tr');
    expect(payments).toHaveTextContent('2 new names in it were not read yet');
    expect(payments).toHaveTextContent('1 name in it does not exist');
    expect(payments).toHaveTextContent('1 to correct');
    expect(payments).toHaveTextContent('44since 30 days ago');
    expect(payments).toHaveTextContent('4,321 of 5,000 lefttold just now');
    const fresh = part.getByText('acme/new').closest('tr');
    expect(fresh).not.toHaveTextContent('not read yet');
  });

  it('is asked to run for itself', async () => {
    const { api } = renderSources({
      ...acme,
      scopes: { [GITHUB]: [scope('acme/payments'), scope('acme/shop')] },
    });
    const part = await expand('GitHub');
    await userEvent.click(
      await part.findByRole('button', { name: 'Sync now: acme/shop' }),
    );
    expect(
      await screen.findByText('acme/shop (GitHub) will run now.'),
    ).toBeVisible();
    expect(api.callsOf('syncSource')).toEqual([
      [GITHUB, { scope: 'acme/shop' }],
    ]);
    await settled();
    expect(api.callsOf('getSourceScopes')).toHaveLength(2);
  });

  it('is found by how it fares', async () => {
    renderSources();
    const part = await expand('GitHub');
    await part.findByText('acme/ledger');
    await showScopes('Silent too long');
    expect(await part.findByText('1 of 1')).toBeVisible();
    expect(scopeNames(part)).toEqual(['acme/archive']);
    await showScopes('No answer yet');
    expect(await part.findByText('No scope matches.')).toBeVisible();
  });

  it('is an item of a list where there is no room for a table', async () => {
    const { matchMedia } = window;
    window.matchMedia = jest.fn().mockImplementation((query: string) => ({
      matches: query.includes('max-width:599.95px'),
      media: query,
      addListener: () => {},
      removeListener: () => {},
      addEventListener: () => {},
      removeEventListener: () => {},
    }));
    try {
      const { container } = renderSources();
      const part = await expand('GitHub');
      const list = await part.findByRole('list', { name: 'Scopes of GitHub' });
      expect(part.queryByRole('table')).not.toBeInTheDocument();
      const [archive, ledger] = within(list).getAllByRole('listitem');
      expect(archive).toHaveTextContent('acme/archive');
      expect(archive).toHaveTextContent('Running now');
      expect(ledger).toHaveTextContent(UPSTREAM_ERROR);
      expect(
        within(ledger).getByRole('button', { name: 'Sync now: acme/ledger' }),
      ).toBeVisible();
      expect(await accessibilityViolations(container)).toEqual([]);
    } finally {
      window.matchMedia = matchMedia;
    }
  });
});

describe('what services name wrongly', () => {
  const copies = watchCopies();
  const suggestion = {
    annotation: 'github.com/project-slug',
    value: 'acme/payments',
  };

  it('is shown with what may have been meant, to copy', async () => {
    renderSources({
      sources: sources(),
      problems: {
        [GITHUB]: [
          problem('paymnts', { meant: 'acme/payments', suggestion }),
          problem('mail', {
            kind: 'malformed',
            container: null,
            scope: null,
            since: null,
            message: 'The annotation is "mail"; expected owner/repository',
          }),
        ],
      },
    });
    const part = await expand('GitHub');
    const list = within(
      await part.findByRole('list', {
        name: 'Services that name something wrongly',
      }),
    );
    const [payments, mail] = list.getAllByRole('listitem');
    expect(payments).toHaveTextContent(
      'acme/paymnts does not exist, or the source may not see it noticed 2 days ago',
    );
    expect(payments).toHaveTextContent('answered 404: Not Found');
    expect(payments).toHaveTextContent('Perhaps acme/payments is meant.');
    expect(
      within(payments).getByRole('link', { name: /paymnts/ }),
    ).toHaveAttribute('href', '/catalog/default/component/paymnts');
    await userEvent.click(
      within(payments).getByRole('button', {
        name: 'Copy the annotation for paymnts',
      }),
    );
    expect(await within(payments).findByText('Copied')).toBeVisible();
    expect(copies()).toEqual([
      'metadata:\n  annotations:\n    github.com/project-slug: acme/payments',
    ]);

    expect(mail).toHaveTextContent('The annotation cannot be read');
    expect(mail).toHaveTextContent('expected owner/repository');
    expect(within(mail).queryByRole('button')).not.toBeInTheDocument();
  });

  it('comes page by page, and is not asked for where there is nothing', async () => {
    const { api } = renderSources({
      sources: sources(),
      problems: {
        [GITHUB]: Array.from({ length: 21 }, (_, n) => problem(`service-${n}`)),
      },
    });
    const part = await expand('GitHub');
    expect(await part.findByText('20 of 21')).toBeVisible();
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('21 of 21')).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Show details of AWS FIS' }),
    );
    await settled();
    expect(
      api.callsOf('getSourceProblems').map(([sourceId]) => sourceId),
    ).toEqual([GITHUB, GITHUB]);
  });

  it('fails on its own', async () => {
    const { api } = renderSources();
    api.fail('getSourceProblems', await refusal(500, 'the database is away'));
    const part = await expand('GitHub');
    expect(await part.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    expect(await part.findByText('acme/ledger')).toBeVisible();
  });
});
