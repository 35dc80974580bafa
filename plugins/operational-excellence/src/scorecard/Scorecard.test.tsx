import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  daysAgo,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  okService,
  overdueService,
  refusal,
  renderWithApi,
  timeReport,
} from '../__testUtils__';
import { dayOf, exactInstant } from '../time';
import { Scorecard } from './Scorecard';

/** The scorecard as the page shows it, with the browser's address and button. */
const Browser = () => {
  const { search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <div data-testid="address">{search}</div>
      <button onClick={() => navigate(-1)}>Back</button>
      <Scorecard />
    </>
  );
};

function renderScorecard(
  options: {
    services?: ServiceDetail[];
    url?: string;
    ownershipEntityRefs?: string[];
    starred?: string[];
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { services = allServices(), before, ...rest } = options;
  const api = new FakeOperationalExcellenceApi({ services });
  before?.(api);
  return { api, ...renderWithApi(<Browser />, api, rest) };
}

/** That many services, titled Service 1 and so on. */
const manyServices = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    return {
      ...overdueService(),
      entityRef: `component:default/service-${number}`,
      title: `Service ${number}`,
    };
  });

const table = () => screen.findByRole('table', { name: 'Scorecard' });

async function rowOf(title: string) {
  const header = await screen.findByRole('rowheader', { name: title });
  return header.closest('tr') as HTMLElement;
}

// By role this takes a second for a page of fifty.
const titles = () =>
  [...document.querySelectorAll('tbody th')].map(header => header.textContent);

/** The tile of one measure. */
const tile = async (name = 'Overall') =>
  within(await screen.findByRole('region', { name }));

/** The counts of a tile that count anything. */
const counts = async (name?: string) =>
  Object.fromEntries(
    within((await tile(name)).getByRole('list'))
      .queryAllByRole('link')
      .map(link => /^(.*) (\d+)$/.exec(link.textContent ?? '') ?? [])
      .map(([, state, count]) => [state, Number(count)]),
  );

const address = () =>
  [
    ...new URLSearchParams(
      screen.getByTestId('address').textContent ?? '',
    ).entries(),
  ].map(([name, value]) => `${name}=${value}`);

const lastQuery = (api: FakeOperationalExcellenceApi) =>
  api.callsOf('getServices').at(-1)?.[0];

describe('the time for improvements', () => {
  const owned = () =>
    allServices().map(service =>
      service.title === 'Refunds'
        ? {
            ...service,
            ownerRef: 'group:default/refunders',
            ownerTitle: 'Refunders',
          }
        : service,
    );

  it('is marked where improvements are starved, with their share', async () => {
    renderScorecard();
    const starved = await rowOf('Refunds');
    expect(within(starved).getByText(/^Starved since/)).toBeVisible();
    expect(
      within(starved).getByText('0% of closed work, policy 20%'),
    ).toBeVisible();
    const fed = await rowOf('Payments');
    expect(
      within(fed).getByText('12.5% of closed work, policy 20%'),
    ).toBeVisible();
    expect(within(fed).queryByText(/^Starved since/)).not.toBeInTheDocument();
    // Nobody knows what a service without a tracker closes.
    const unknown = await rowOf('Search');
    expect(within(unknown).queryByText(/closed/)).not.toBeInTheDocument();
  });

  it('leaves what is starved, and says so in the address', async () => {
    const { api, container } = renderScorecard();
    await rowOf('Payments');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Only starved backlogs' }),
    );
    await waitFor(() => expect(titles()).toEqual(['Refunds']));
    expect(address()).toEqual(['starved=true']);
    expect(lastQuery(api)).toMatchObject({ starved: 'true' });
    expect(await accessibilityViolations(container)).toEqual([]);
    // What can be chosen further is counted within it.
    await userEvent.click(screen.getByRole('textbox', { name: 'Tier' }));
    expect(await screen.findByRole('option', { name: '2 (1)' })).toBeVisible();
    expect(api.callsOf('getServiceFacets')).toEqual([
      [expect.objectContaining({ starved: 'true', facet: 'tier' })],
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(titles()).toContain('Payments'));
    expect(address()).toEqual([]);
  });

  it('of a team is told in a line, and in full once it is opened', async () => {
    const { api, container } = renderScorecard({
      services: owned(),
      url: '/?owner=group:default/refunders&tier=2',
      before: ({ contents }) => {
        contents.timeReports['group:default/refunders'] = timeReport({
          openCount: 26,
          closed90d: 1,
          allClosed90d: 8,
          improvementShare90d: 0.125,
          policyShare: 0.2,
          starvedSince: daysAgo(100),
        });
      },
    });
    const panel = await screen.findByRole('button', {
      name: /^Time for improvements: Refunders/,
    });
    expect(panel).toHaveAttribute('aria-expanded', 'false');
    await waitFor(() =>
      expect(panel).toHaveTextContent(
        /Starved since.*12.5% of closed work, policy 20%/,
      ),
    );
    expect(api.callsOf('getOwnerTimeReport')).toEqual([
      ['group:default/refunders'],
    ]);
    expect(screen.queryByText('Open improvements')).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(panel);
    expect(panel).toHaveAttribute('aria-expanded', 'true');
    const region = within(
      await screen.findByRole('region', { name: /^Time for improvements/ }),
    );
    expect(
      region.getByText(
        '12.5% of the work closed in 90 days were improvements; the policy asks for 20%',
      ),
    ).toBeInTheDocument();
    expect(
      region.getByText(
        /^No improvement was closed since .* 26 improvements wait$/,
      ),
    ).toBeInTheDocument();
    expect(region.getByText('1 of 8')).toBeInTheDocument();
    expect(
      region.getByText(
        /Of all services that Refunders and its nested groups own/,
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      await region.findByRole('button', { name: 'Show as a table' }),
    );
    expect(region.getAllByRole('row')).toHaveLength(27);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('of a team says that its policies do not agree', async () => {
    renderScorecard({
      services: owned(),
      url: '/?owner=group:default/refunders',
      before: ({ contents }) => {
        contents.timeReports['group:default/refunders'] = timeReport({
          improvementShare90d: 0.5,
        });
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Time for improvements/ }),
    );
    expect(
      await screen.findByText(
        '50% of the work closed in 90 days were improvements; the policies of these services ask for no common share',
      ),
    ).toBeInTheDocument();
  });

  it('of a team can be asked for again where that failed', async () => {
    const { api } = renderScorecard({
      services: owned(),
      url: '/?owner=group:default/refunders',
      before: each =>
        each.fail('getOwnerTimeReport', new Error('the database is away')),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Time for improvements/ }),
    );
    expect(await screen.findByText('the database is away')).toBeInTheDocument();
    api.fail('getOwnerTimeReport', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Open improvements')).toBeInTheDocument();
  });

  it.each([
    ['nobody', ''],
    [
      'several',
      '?owner=group:default/refunders&owner=group:default/money-team',
    ],
    ['one who owns nothing', '?owner=group:default/nobody'],
  ])('is not told of %s', async (_, search) => {
    const { api } = renderScorecard({ services: owned(), url: `/${search}` });
    await screen.findByText(/^\d+ services?$/, { selector: 'p' });
    await waitFor(() =>
      expect(
        screen.queryByText(/^Time for improvements/),
      ).not.toBeInTheDocument(),
    );
    expect(api.callsOf('getOwnerTimeReport')).toEqual(
      search.includes('nobody') ? [['group:default/nobody']] : [],
    );
  });
});

describe('Scorecard', () => {
  it('shows that it loads', async () => {
    let release = () => {};
    renderScorecard({ before: api => (release = api.hold('getServices')) });
    expect(
      await screen.findByRole('status', { name: 'Loading the scorecard' }),
    ).toBeVisible();
    await act(async () => release());
    expect(await table()).toBeVisible();
  });

  it('asks once for a page and once for the counts', async () => {
    const { api } = renderScorecard();
    await table();
    await waitFor(async () => expect(await counts()).toHaveProperty('OK'));
    expect(api.calls.map(({ method }) => method).sort()).toEqual([
      'getRollups',
      'getServices',
    ]);
    expect(lastQuery(api)).toMatchObject({ sort: 'state', limit: 50 });
  });

  it('lists the three answers of each service, the worst first', async () => {
    renderScorecard();
    await table();
    expect(titles()[0]).toBe('Refunds');
    const payments = await rowOf('Payments');
    const cells = within(payments)
      .getAllByRole('cell')
      .map(cell => cell.textContent);
    expect(cells).toEqual([
      'Money team',
      '1',
      'Overdue',
      'Overdue400 days, 12 open12.5% of closed work, policy 20%',
      'OK21 days ago',
      'OK30 days ago',
    ]);
    expect(
      [...payments.querySelectorAll('time')].map(time => time.dateTime),
    ).toEqual([
      expect.stringMatching(/Z$/),
      expect.stringMatching(/Z$/),
      expect.stringMatching(/Z$/),
    ]);
    expect(
      within(payments).getByRole('link', { name: 'Payments' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments');
  });

  it('tells the exact instants', async () => {
    const service = overdueService();
    renderScorecard({ services: [service] });
    const row = await rowOf('Payments');
    expect(
      [...row.querySelectorAll('time')].map(time => time.dateTime),
    ).toEqual([
      service.backlog.oldestCreatedAt,
      service.gameDay.lastHeldAt,
      service.readinessTest.lastPerformedAt,
    ]);
  });

  it.each([
    [
      'Catalogue',
      ['OKNone open30% of closed work', 'OK21 days ago', 'OK30 days ago'],
    ],
    ['Invoices', ['UnknownNot known', 'UnknownNot known', 'NeverNever tested']],
    ['Search', ['Not configured—', 'Not configured—', 'NeverNever tested']],
    ['Sandbox', ['Not required—', 'Not required—', 'Not required—']],
    [
      'Refunds',
      [
        `Due soon400 days, 12 open0% of closed work, policy 20%Starved since ${dayOf(
          daysAgo(120),
        )}`,
        'NeverNever held',
        'Failing3 days ago',
      ],
    ],
    [
      'Legacy billing',
      [
        'WaivedBeneath it: Overdue400 days, 12 open12.5% of closed work, policy 20%',
        'OK21 days ago',
        'OK30 days ago',
      ],
    ],
  ])('shows of %s what is known', async (title, measures) => {
    renderScorecard();
    const cells = within(await rowOf(title)).getAllByRole('cell');
    expect(cells.slice(-3).map(cell => cell.textContent)).toEqual(measures);
  });

  it('says who owns nothing', async () => {
    renderScorecard({
      services: [{ ...okService(), ownerRef: null, ownerTitle: null }],
    });
    expect(await rowOf('Catalogue')).toHaveTextContent('No owner');
  });

  it('shows hostile titles as text', async () => {
    const { container } = renderScorecard({
      services: [
        {
          ...overdueService(),
          title: HOSTILE_TITLE,
          ownerTitle: '<b>mallory</b>',
          tier: '<i>1</i>',
        },
      ],
    });
    const row = await rowOf(HOSTILE_TITLE);
    expect(row).toHaveTextContent('<b>mallory</b>');
    expect(row).toHaveTextContent('<i>1</i>');
    expect(container.querySelector('img, b, i')).toBeNull();
  });

  it('says how many there are and as of when', async () => {
    const asOf = '2026-07-01T08:00:00.000Z';
    renderScorecard({
      before: api => {
        const read = api.getServices.bind(api);
        api.getServices = async query => ({ ...(await read(query)), asOf });
      },
    });
    expect(
      await screen.findByText('9 services', { selector: 'p' }),
    ).toBeVisible();
    expect(screen.getByText(`As of ${exactInstant(asOf)}`)).toBeVisible();
  });

  it('says what to do where there are no services at all', async () => {
    renderScorecard({ services: [] });
    expect(
      await screen.findByText(/operationalExcellence\.services\.filter/),
    ).toBeVisible();
    expect(screen.getByText('0 services', { selector: 'p' })).toBeVisible();
  });

  it('says that no service matches, and clears the filters', async () => {
    renderScorecard({ url: '/?state=waived&tier=9&q=pay&sort=title' });
    expect(
      await screen.findByText('No service matches these filters.'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(9));
    expect(address()).toEqual(['sort=title']);
    expect(
      screen.queryByRole('button', { name: 'Clear filters' }),
    ).not.toBeInTheDocument();
  });

  it('says what to do where reading is forbidden', async () => {
    const error = await refusal(403, 'Unauthorized');
    renderScorecard({
      before: api => {
        api.fail('getServices', error);
        api.fail('getServiceFacets', error);
        api.fail('getRollups', error);
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'operational-excellence.service.read',
    );
    expect(
      screen.queryByRole('region', { name: 'Overall' }),
    ).not.toBeInTheDocument();
  });

  it('recovers list and counts when tried again', async () => {
    const error = await refusal(500, 'the database is away');
    const { api } = renderScorecard({
      before: fake => {
        fake.fail('getServices', error);
        fake.fail('getServiceFacets', error);
        fake.fail('getRollups', error);
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getServices', undefined);
    api.fail('getServiceFacets', undefined);
    api.fail('getRollups', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await table()).toBeVisible();
    await waitFor(async () => expect(await counts()).toHaveProperty('OK', 2));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows the list though it cannot be counted, and no zeros', async () => {
    const error = await refusal(500, 'the database is away');
    const { api } = renderScorecard({
      before: fake => fake.fail('getRollups', error),
    });
    expect(await table()).toBeVisible();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    expect(
      screen.queryByRole('region', { name: 'Overall' }),
    ).not.toBeInTheDocument();

    api.fail('getRollups', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await counts()).toHaveProperty('OK', 2));
    expect(api.callsOf('getServices')).toHaveLength(1);
  });

  it.each([
    '/',
    '/?state=waived&q=nothing',
    '/?tier=1&owner=group:default/money-team',
  ])('is accessible at %s', async url => {
    const { container } = renderScorecard({
      url,
      ownershipEntityRefs: ['group:default/money-team'],
    });
    await screen.findByText(/^\d services?$/, { selector: 'p' });
    await tile();
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});

describe('the tiles', () => {
  it('count the services in each state of each measure', async () => {
    renderScorecard();
    expect(await counts()).toEqual({
      Failing: 1,
      Overdue: 1,
      Never: 3,
      Unknown: 1,
      OK: 2,
      'Not required': 1,
    });
    expect(await counts('Improvement backlog')).toEqual({
      Overdue: 1,
      Unknown: 2,
      'Not configured': 2,
      'Due soon': 1,
      OK: 1,
      Waived: 1,
      'Not required': 1,
    });
    expect(
      (await tile('Game day')).getByRole('link', { name: '1 need attention' }),
    ).toBeVisible();
    expect((await tile('Game day')).getByText('11.1% of 9')).toBeVisible();
    // What there is none of is told, but there is no list of it.
    const zero = (await tile()).getByText('Waived').closest('li');
    expect(zero).toHaveTextContent(/^Waived 0$/);
  });

  it('say as of when, and of how many services nothing is known', async () => {
    const asOf = '2026-07-01T08:00:00.000Z';
    renderScorecard({
      before: api => {
        const read = api.getRollups.bind(api);
        api.getRollups = async query => ({ ...(await read(query)), asOf });
      },
    });
    const standing = within(
      await screen.findByRole('region', { name: 'How services stand' }),
    );
    expect(standing.getByText(`As of ${exactInstant(asOf)}`)).toBeVisible();
    expect(standing.getByText(/^Without data:/)).toHaveTextContent(
      'Without data: Improvement backlog 4, Game day 4, Readiness test 0',
    );
    await userEvent.click(
      standing.getByRole('link', { name: 'Improvement backlog 4' }),
    );
    await waitFor(() =>
      expect(titles().sort()).toEqual(['Invoices', 'Ledger', 'Mail', 'Search']),
    );
    expect(address()).toEqual([
      'measure=backlog',
      'state=unknown',
      'state=not-configured',
    ]);
  });

  it('open the list that they count', async () => {
    renderScorecard();
    await table();
    const never = (await tile()).getByRole('link', { name: /^Never/ });
    expect(never).not.toHaveAttribute('aria-current');
    await userEvent.click(never);
    await waitFor(() =>
      expect(titles().sort()).toEqual(['Invoices', 'Mail', 'Search']),
    );
    expect(screen.getByText('3 services', { selector: 'p' })).toBeVisible();
    expect(address()).toEqual(['state=never']);
    expect(never).toHaveAttribute('aria-current', 'true');
    // What is chosen narrows the list, not what can be chosen.
    expect(await counts()).toMatchObject({ Never: 3, OK: 2 });

    await userEvent.click(
      (
        await tile('Improvement backlog')
      ).getByRole('link', {
        name: /^Waived/,
      }),
    );
    await waitFor(() => expect(titles()).toEqual(['Legacy billing']));
    expect(address()).toEqual(['measure=backlog', 'state=waived']);
    expect(never).not.toHaveAttribute('aria-current');

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await waitFor(() => expect(titles()).toHaveLength(3));
  });

  it('open all that needs attention', async () => {
    renderScorecard();
    await userEvent.click(
      (
        await tile('Readiness test')
      ).getByRole('link', {
        name: '4 need attention',
      }),
    );
    await waitFor(() => expect(titles()).toHaveLength(4));
    expect(address()).toEqual([
      'measure=readinessTest',
      'state=failing',
      'state=overdue',
      'state=never',
    ]);
  });

  it('keep the filters, and count within them', async () => {
    renderScorecard({ url: '/?tier=2&sort=title' });
    expect(await counts()).toEqual({ Failing: 1 });
    await userEvent.click(
      (await tile()).getByRole('link', { name: /^Failing/ }),
    );
    await waitFor(() =>
      expect(address()).toEqual(['state=failing', 'tier=2', 'sort=title']),
    );
  });

  it('stay in view while they are counted again', async () => {
    const { api } = renderScorecard();
    await tile();
    const release = api.hold('getRollups');
    await userEvent.click(screen.getByRole('textbox', { name: 'Tier' }));
    await userEvent.click(await screen.findByRole('option', { name: '2 (1)' }));
    const standing = screen.getByRole('region', { name: 'How services stand' });
    await waitFor(() => expect(standing).toHaveAttribute('aria-busy', 'true'));
    expect(await counts()).toHaveProperty('Never', 3);
    await act(async () => release());
    await waitFor(async () => expect(await counts()).toEqual({ Failing: 1 }));
  });
});

describe('the filters', () => {
  const different = (): ServiceDetail => ({
    ...okService(),
    entityRef: 'component:default/other',
    title: 'Other',
    ownerRef: 'group:default/other-team',
    ownerTitle: 'Other team',
    systemRef: 'system:default/other',
    domainRef: 'domain:default/other',
    type: 'website',
    lifecycle: 'experimental',
    tier: '3',
  });

  it.each([
    ['Owner', 'Other team (1)', 'owner=group:default/other-team'],
    ['System', 'system:default/other (1)', 'system=system:default/other'],
    ['Domain', 'domain:default/other (1)', 'domain=domain:default/other'],
    ['Tier', '3 (1)', 'tier=3'],
    ['Type', 'website (1)', 'type=website'],
    ['Lifecycle', 'experimental (1)', 'lifecycle=experimental'],
  ])('narrow the list by %s', async (label, option, parameter) => {
    renderScorecard({ services: [overdueService(), different()] });
    await table();
    await userEvent.click(screen.getByRole('textbox', { name: label }));
    await userEvent.click(await screen.findByRole('option', { name: option }));
    await waitFor(() => expect(titles()).toEqual(['Other']));
    expect(address()).toEqual([parameter]);

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await waitFor(() => expect(titles()).toHaveLength(2));
    expect(address()).toEqual([]);
  });

  it('narrow the list by states of the measure that is chosen', async () => {
    const { api } = renderScorecard();
    await table();
    await userEvent.click(screen.getByRole('button', { name: /^Measure/ }));
    await userEvent.click(
      screen.getByRole('option', { name: 'Improvement backlog' }),
    );
    const state = screen.getByRole('textbox', { name: 'State' });
    await userEvent.click(state);
    await userEvent.click(
      await screen.findByRole('option', { name: 'Waived (1)' }),
    );
    expect(api.callsOf('getServiceFacets')).toEqual([
      [expect.objectContaining({ measure: 'backlog', limit: 0 })],
    ]);
    await waitFor(() => expect(titles()).toEqual(['Legacy billing']));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Overdue (1)' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(2));
    expect(address()).toEqual([
      'measure=backlog',
      'state=overdue',
      'state=waived',
    ]);
  });

  it('leave what has none of a property', async () => {
    const orphan = { ...different(), ownerRef: null, ownerTitle: null };
    const { api } = renderScorecard({ services: [overdueService(), orphan] });
    await table();
    const owner = screen.getByRole('textbox', { name: 'Owner' });
    await userEvent.click(owner);
    await userEvent.click(
      await screen.findByRole('option', { name: 'No owner' }),
    );
    await waitFor(() => expect(titles()).toEqual(['Other']));
    expect(address()).toEqual(['without=owner']);
    expect(lastQuery(api)).toMatchObject({ without: ['owner'], owner: [] });
    // A value takes the place of none, for nothing has both.
    await userEvent.click(
      await screen.findByRole('option', { name: 'Money team (1)' }),
    );
    await waitFor(() => expect(titles()).toEqual(['Payments']));
    expect(address()).toEqual(['owner=group:default/money-team']);
  });

  it('leave what the reader has starred', async () => {
    const { api, container } = renderScorecard({
      services: [overdueService(), different()],
      starred: ['component:default/other', 'component:default/elsewhere'],
    });
    await table();
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Only starred' }),
    );
    await waitFor(() => expect(titles()).toEqual(['Other']));
    expect(address()).toEqual(['starred=true']);
    expect(lastQuery(api)).toMatchObject({
      entityRef: [
        'component:default/elsewhere',
        'component:default/other',
        'none',
      ],
    });
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('find nothing starred for who has starred nothing', async () => {
    renderScorecard({ url: '/?starred=true' });
    expect(
      await screen.findByText('No service matches these filters.'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Only starred' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(9));
    expect(
      screen.queryByRole('checkbox', { name: 'Only starred' }),
    ).not.toBeInTheDocument();
  });

  it('take several values of one as alternatives', async () => {
    renderScorecard({ services: [overdueService(), different()] });
    await table();
    await userEvent.click(screen.getByRole('textbox', { name: 'Tier' }));
    await userEvent.click(await screen.findByRole('option', { name: '3 (1)' }));
    await waitFor(() => expect(titles()).toEqual(['Other']));
    await userEvent.click(await screen.findByRole('option', { name: '1 (1)' }));
    await waitFor(() => expect(titles()).toHaveLength(2));
    expect(address()).toEqual(['tier=3', 'tier=1']);
  });

  it('are all taken from a shared address', async () => {
    const url =
      '/?measure=backlog&state=ok&owner=group:default/other-team&system=system:default/other&domain=domain:default/other&tier=3&tier=7&type=website&lifecycle=experimental&q=oth&sort=-backlogAge';
    const { api } = renderScorecard({
      services: [overdueService(), different()],
      url,
    });
    await waitFor(() => expect(titles()).toEqual(['Other']));
    expect(lastQuery(api)).toMatchObject({
      measure: 'backlog',
      state: ['ok'],
      owner: ['group:default/other-team'],
      system: ['system:default/other'],
      domain: ['domain:default/other'],
      tier: ['3', '7'],
      type: ['website'],
      lifecycle: ['experimental'],
      q: 'oth',
      sort: '-backlogAge',
    });
    expect(
      screen.getByRole('searchbox', { name: 'Find a service' }),
    ).toHaveValue('oth');
    expect(
      screen.getByRole('columnheader', { name: 'Improvement backlog' }),
    ).toHaveAttribute('aria-sort', 'descending');
    expect(
      (await tile('Improvement backlog')).getByRole('link', { name: /^OK/ }),
    ).toHaveAttribute('aria-current', 'true');
    const filters = within(screen.getByRole('search', { name: 'Filters' }));
    expect(await filters.findByText('Other team')).toBeVisible();
    // No service has this tier; it can be taken back all the same.
    await userEvent.click(filters.getByRole('textbox', { name: 'Tier' }));
    await userEvent.click(screen.getByRole('option', { name: '7 (0)' }));
    await waitFor(() => expect(address()).not.toContain('tier=7'));
    expect(address()).toContain('tier=3');
  });

  it('ignore what an address has that nobody knows', async () => {
    const { api } = renderScorecard({
      url: '/?sort=cheapest&state=great&measure=velocity&colour=red&tier=',
    });
    await waitFor(() => expect(titles()).toHaveLength(9));
    expect(lastQuery(api)).toMatchObject({
      sort: 'state',
      state: [],
      measure: undefined,
      tier: [],
    });
    expect(screen.queryByText('Clear filters')).not.toBeInTheDocument();
  });

  it('leave what the reader’s own teams own', async () => {
    renderScorecard({
      services: [overdueService(), different()],
      ownershipEntityRefs: ['user:default/ada', 'group:default/other-team'],
    });
    const button = await screen.findByRole('button', {
      name: 'Owned by my teams',
    });
    expect(button).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(button);
    await waitFor(() => expect(titles()).toEqual(['Other']));
    expect(button).toHaveAttribute('aria-pressed', 'true');
    expect(address()).toEqual([
      'owner=user:default/ada',
      'owner=group:default/other-team',
    ]);
    await userEvent.click(button);
    await waitFor(() => expect(titles()).toHaveLength(2));
    expect(address()).toEqual([]);
  });

  it('offer no teams to who has none', async () => {
    renderScorecard({ ownershipEntityRefs: [] });
    await table();
    expect(screen.queryByText('Owned by my teams')).not.toBeInTheDocument();
  });
});

describe('the search', () => {
  const search = () =>
    screen.findByRole('searchbox', { name: 'Find a service' });

  it('narrows the list, asking once for what was typed at a stretch', async () => {
    const { api } = renderScorecard();
    await table();
    const field = await search();
    for (const text of ['p', 'pa', 'pay']) {
      fireEvent.change(field, { target: { value: text } });
    }
    expect(api.callsOf('getServices')).toHaveLength(1);
    await waitFor(() => expect(titles()).toEqual(['Payments']));
    expect(
      api.callsOf('getServices').map(([query]) => (query as { q: string }).q),
    ).toEqual(['', 'pay']);
    expect(address()).toEqual(['q=pay']);
  });

  it('follows the address', async () => {
    renderScorecard({ url: '/?q=pay' });
    await waitFor(() => expect(titles()).toEqual(['Payments']));
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(titles()).toHaveLength(9));
    expect(await search()).toHaveValue('');
  });
});

describe('the order', () => {
  it.each([
    ['Service', 'title'],
    ['Owner', 'owner'],
    ['Tier', 'tier'],
    ['Improvement backlog', '-backlogAge'],
    ['Game day', '-gameDay'],
    ['Readiness test', '-readinessTest'],
  ])('by %s is in the address, and reversed there', async (column, sort) => {
    const { api } = renderScorecard({ url: '/?cursor=3' });
    const heading = await screen.findByRole('columnheader', { name: column });
    const button = within(heading).getByRole('button');
    const [first, second] = sort.startsWith('-')
      ? ['descending', 'ascending']
      : ['ascending', 'descending'];

    await userEvent.click(button);
    await waitFor(() => expect(lastQuery(api)).toMatchObject({ sort }));
    expect(heading).toHaveAttribute('aria-sort', first);
    // Another order has another first page.
    expect(address()).toEqual([`sort=${sort}`]);

    const reversed = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
    await userEvent.click(button);
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({ sort: reversed }),
    );
    expect(heading).toHaveAttribute('aria-sort', second);
    expect(address()).toEqual([`sort=${reversed}`]);
  });

  it('is that of the backend', async () => {
    renderScorecard({ url: '/?sort=-title' });
    await table();
    expect(titles()).toEqual([...titles()].sort().reverse());
  });

  it('is the worst first unless told otherwise, and can be reversed', async () => {
    renderScorecard();
    const heading = await screen.findByRole('columnheader', {
      name: 'Overall',
    });
    expect(heading).toHaveAttribute('aria-sort', 'ascending');
    await userEvent.click(within(heading).getByRole('button'));
    await waitFor(() => expect(titles()[0]).toBe('Sandbox'));
    expect(address()).toEqual(['sort=-state']);
  });
});

describe('the pages', () => {
  it('lead on and back to the first one', async () => {
    const { api } = renderScorecard({ services: manyServices(51) });
    await table();
    await waitFor(() => expect(titles()).toHaveLength(50));
    expect(screen.getByText('51 services', { selector: 'p' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'First page' })).toBeDisabled();

    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(titles()).toEqual(['Service 051']));
    expect(address()).toEqual(['cursor=50']);
    expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled();
    // The counts are those of all pages.
    expect(api.callsOf('getRollups')).toHaveLength(1);

    await userEvent.click(screen.getByRole('button', { name: 'First page' }));
    await waitFor(() => expect(titles()).toHaveLength(50));
    expect(address()).toEqual([]);
  });

  it('start anew when a filter changes', async () => {
    renderScorecard({ services: manyServices(51), url: '/?cursor=50' });
    await waitFor(() => expect(titles()).toEqual(['Service 051']));
    await userEvent.click(
      (await tile()).getByRole('link', { name: /^Overdue/ }),
    );
    await waitFor(() => expect(titles()).toHaveLength(50));
    expect(address()).toEqual(['state=overdue']);
  });

  it('are not offered where there is but one', async () => {
    renderScorecard();
    await table();
    expect(screen.queryByText('Next page')).not.toBeInTheDocument();
  });

  it('keep the last one in view while the next is read', async () => {
    const { api } = renderScorecard({ services: manyServices(51) });
    await table();
    const release = api.hold('getServices');
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(
      await screen.findByRole('progressbar', { name: 'Refreshing' }),
    ).toBeVisible();
    expect(titles()).toHaveLength(50);
    await act(async () => release());
    await waitFor(() => expect(titles()).toEqual(['Service 051']));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });
});
