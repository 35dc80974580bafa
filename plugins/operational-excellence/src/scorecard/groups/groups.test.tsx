import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  accessibilityViolations,
  failingService,
  FakeGroup,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  okService,
  onNarrowScreen,
  overdueService,
  refusal,
  renderWithApi,
  unconfiguredService,
} from '../../__testUtils__';
import { Scorecard } from '../Scorecard';

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

const GROUPS: FakeGroup[] = [
  { ref: 'group:default/acme', title: 'Acme' },
  { ref: 'group:default/money', title: 'Money', parent: 'group:default/acme' },
  { ref: 'group:default/cards', title: 'Cards', parent: 'group:default/money' },
  { ref: 'group:default/search', title: 'Finders' },
];

const owned = (
  service: ServiceDetail,
  owner: string | null,
): ServiceDetail => ({
  ...service,
  ownerRef: owner && `group:default/${owner}`,
  ownerTitle: null,
});

/** Acme owns Money, which owns Cards; nobody owns Search. */
const organisation = () => [
  owned(failingService(), 'cards'),
  owned(overdueService(), 'money'),
  owned(okService(), 'search'),
  owned(unconfiguredService(), null),
];

function renderGrouped(
  options: {
    services?: ServiceDetail[];
    groups?: FakeGroup[];
    url?: string;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const {
    before,
    groups = GROUPS,
    services = organisation(),
    url = '/?by=owner',
  } = options;
  const api = new FakeOperationalExcellenceApi({ services, groups });
  before?.(api);
  return { api, ...renderWithApi(<Browser />, api, { url }) };
}

const table = (by = 'owner') =>
  screen.findByRole('table', { name: `Services by ${by}` });

const rowOf = async (group: string) => {
  const header = await screen.findByRole('rowheader', {
    name: new RegExp(`${group}$`),
  });
  return within(header.closest('tr') as HTMLElement);
};

const groupTitles = () =>
  [...document.querySelectorAll('tbody th')].map(each => each.textContent);

const serviceTitles = async () => {
  await screen.findByRole('table', { name: 'Scorecard' });
  return groupTitles().sort();
};

const cells = async (group: string) =>
  (await rowOf(group)).getAllByRole('cell').map(cell => cell.textContent);

const address = () =>
  [
    ...new URLSearchParams(
      screen.getByTestId('address').textContent ?? '',
    ).entries(),
  ].map(([name, value]) => `${name}=${value}`);

const queries = (api: FakeOperationalExcellenceApi) =>
  api
    .callsOf('getRollups')
    .map(([query]) => query as Record<string, unknown>)
    .filter(({ by }) => by !== 'all');

describe('groups of services', () => {
  it('are chosen, and are in the address', async () => {
    const { api } = renderGrouped({ url: '/?state=overdue&q=e' });
    await screen.findByRole('table', { name: 'Scorecard' });
    await userEvent.click(screen.getByRole('button', { name: /^Group by/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Tier' }));
    await table('tier');
    // Groups tell all states beside each other.
    expect(address()).toEqual(['by=tier', 'q=e']);
    expect(screen.queryByLabelText('Measure')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('textbox', { name: 'State' }),
    ).not.toBeInTheDocument();
    expect(queries(api)).toEqual([
      expect.objectContaining({ by: 'tier', q: 'e', sort: '-attention' }),
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await screen.findByRole('table', { name: 'Scorecard' });
    expect(address()).toEqual(['state=overdue', 'q=e']);
  });

  it('tell how their services stand, the worst first', async () => {
    const { container } = renderGrouped();
    await table();
    expect(groupTitles()).toEqual(['Acme', 'No owner', 'Finders']);
    expect(await cells('Acme')).toEqual([
      '2',
      '2',
      '100%',
      '1 (50%)1 Overdue1 Due soon',
      '1 (50%)1 Never',
      '1 (50%)1 Failing',
      '24',
      '1',
      '12.5%',
    ]);
    expect(await cells('Finders')).toEqual([
      '1',
      '0',
      '0%',
      'OK',
      'OK',
      'OK',
      '0',
      '0',
      '30%',
    ]);
    expect((await cells('No owner')).slice(3, 6)).toEqual([
      '1 Not configured',
      '1 Not configured',
      '1 (100%)1 Never',
    ]);
    expect(screen.getByText('3 groups')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it.each([
    ['the title', 'Acme', 'Acme', ['owner=group:default/acme'], 2],
    ['all services', '2', 'Acme', ['owner=group:default/acme'], 2],
    [
      'a state of a measure',
      '1 Overdue',
      'Acme',
      ['measure=backlog', 'state=overdue', 'owner=group:default/acme'],
      1,
    ],
    [
      'what nobody owns',
      '2 Not configured',
      'No owner',
      ['measure=backlog', 'state=not-configured', 'without=owner'],
      2,
    ],
  ])(
    'open by %s exactly what they count',
    async (_, link, group, parameters, count) => {
      renderGrouped({
        services: [
          ...organisation(),
          {
            ...owned(unconfiguredService(), null),
            entityRef: 'component:default/other',
          },
        ],
      });
      const [first] = (await rowOf(group)).getAllByRole('link', { name: link });
      await userEvent.click(first);
      expect(await serviceTitles()).toHaveLength(count);
      expect(address()).toEqual(parameters);
      await userEvent.click(screen.getByRole('button', { name: 'Back' }));
      expect(await table()).toBeVisible();
    },
  );

  it('open all that needs attention, and what is starved', async () => {
    renderGrouped();
    const links = (await rowOf('Acme')).getAllByRole('link');
    const searches = links.map(link =>
      (link.getAttribute('href') ?? '').replace(/^.*\?/, ''),
    );
    const acme = 'owner=group%3Adefault%2Facme';
    expect(searches).toEqual([
      acme,
      acme,
      `state=failing&state=overdue&state=never&${acme}`,
      `measure=backlog&state=failing&state=overdue&state=never&${acme}`,
      `measure=backlog&state=overdue&${acme}`,
      `measure=backlog&state=due-soon&${acme}`,
      `measure=gameDay&state=failing&state=overdue&state=never&${acme}`,
      `measure=gameDay&state=never&${acme}`,
      `measure=readinessTest&state=failing&state=overdue&state=never&${acme}`,
      `measure=readinessTest&state=failing&${acme}`,
      `${acme}&sort=-backlogOpenCount`,
      `${acme}&starved=true`,
    ]);
  });

  it('are narrowed by the filters, which their lists keep', async () => {
    const { api } = renderGrouped({ url: '/?by=owner&tier=2' });
    await table();
    await waitFor(() => expect(groupTitles()).toEqual(['Acme', 'Money']));
    expect(queries(api)).toEqual([
      expect.objectContaining({ tier: ['2'], parent: 'root' }),
      expect.objectContaining({ tier: ['2'], parent: 'group:default/acme' }),
    ]);
    await userEvent.click(
      (await rowOf('Acme')).getByRole('link', { name: '1 Never' }),
    );
    expect(await serviceTitles()).toEqual(['Refunds']);
    expect(address()).toEqual([
      'measure=gameDay',
      'state=never',
      'owner=group:default/acme',
      'tier=2',
    ]);
  });

  it('are those that are chosen, where some are', async () => {
    const { api } = renderGrouped({
      url: '/?by=owner&owner=group:default/money&owner=group:default/search',
    });
    await table();
    expect(groupTitles()).toEqual(['Money', 'Finders']);
    expect(queries(api)).toEqual([
      expect.objectContaining({
        key: ['group:default/money', 'group:default/search'],
        owner: [],
        parent: undefined,
      }),
    ]);
    // What a row counts is what its list has.
    await userEvent.click(
      (await rowOf('Money')).getByRole('link', { name: 'Money' }),
    );
    expect(await serviceTitles()).toEqual(['Payments', 'Refunds']);
    expect(address()).toEqual(['owner=group:default/money']);
  });

  it.each([
    ['Services', '-services'],
    ['Need attention', 'attention'],
    ['Share', '-attentionShare'],
    ['Improvement backlog', '-backlog'],
    ['Game day', '-gameDay'],
    ['Readiness test', '-readinessTest'],
    ['Open improvements', '-openCount'],
    ['Starved', '-starved'],
    ['Improvement share', 'improvementShare'],
    ['Owner', 'title'],
  ])('are sorted by %s', async (column, sort) => {
    const { api } = renderGrouped({ url: '/?by=owner&sort=title' });
    await table();
    const heading = screen.getByRole('columnheader', { name: column });
    await userEvent.click(within(heading).getByRole('button'));
    await waitFor(() =>
      expect(queries(api).at(-1)).toMatchObject({ sort: `${sort}` }),
    );
    expect(address()).toEqual(['by=owner', 'sort=title', `groupSort=${sort}`]);
    expect(heading).toHaveAttribute(
      'aria-sort',
      sort.startsWith('-') ? 'descending' : 'ascending',
    );
  });

  it('go on page by page', async () => {
    const services = Array.from({ length: 51 }, (_, index) => ({
      ...okService(),
      entityRef: `component:default/service-${index}`,
      tier: `T${100 + index}`,
    }));
    renderGrouped({ services, url: '/?by=tier&groupSort=title' });
    await table('tier');
    expect(groupTitles()).toHaveLength(50);
    expect(screen.getByText('50 of 51')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(() => expect(groupTitles()).toHaveLength(51));
    expect(groupTitles().at(-1)).toBe('T150');
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
  });

  it('show hostile titles as text', async () => {
    const { container } = renderGrouped({
      groups: [{ ref: 'group:default/search', title: HOSTILE_TITLE }],
    });
    await table();
    expect(groupTitles()).toContain(HOSTILE_TITLE);
    expect(container.querySelector('tbody img')).toBeNull();
  });

  it('say that there are none', async () => {
    const { container } = renderGrouped({ url: '/?by=system&q=nothing' });
    expect(await screen.findByText(/so there are no groups/)).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('say why they cannot be read, and are read again', async () => {
    const error = await refusal(500, 'the database is away');
    const { api } = renderGrouped({
      before: fake => fake.fail('getRollups', error),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getRollups', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await table()).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'Overall' }),
    ).toBeVisible();
  });

  it('stay in view while they are read again', async () => {
    const { api } = renderGrouped();
    await table();
    const release = api.hold('getRollups');
    await userEvent.click(
      within(screen.getByRole('columnheader', { name: 'Services' })).getByRole(
        'button',
      ),
    );
    expect(
      await screen.findByRole('progressbar', { name: 'Refreshing' }),
    ).toBeVisible();
    expect(groupTitles()).toHaveLength(3);
    await act(async () => release());
    await waitFor(() =>
      expect(screen.queryByRole('progressbar')).not.toBeInTheDocument(),
    );
  });
});

describe('nested groups', () => {
  const toggle = (name: string) =>
    screen.findByRole('button', { name: new RegExp(`^${name}`) });

  it('are read once they are opened, and can be shared', async () => {
    const { api, container } = renderGrouped();
    await table();
    expect(queries(api)).toHaveLength(1);
    await userEvent.click(await toggle('Show the groups in Acme'));
    await waitFor(() =>
      expect(groupTitles()).toEqual(['Acme', 'Money', 'No owner', 'Finders']),
    );
    expect(queries(api).slice(1)).toEqual([
      expect.objectContaining({ parent: 'group:default/acme', key: [] }),
    ]);
    await userEvent.click(await toggle('Show the groups in Money'));
    await waitFor(() => expect(groupTitles()).toContain('Cards'));
    expect(address()).toEqual([
      'by=owner',
      'open=group:default/acme',
      'open=group:default/money',
    ]);
    expect(await toggle('Hide the groups in Money')).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(await toggle('Hide the groups in Acme'));
    await waitFor(() =>
      expect(groupTitles()).toEqual(['Acme', 'No owner', 'Finders']),
    );
    expect(address()).toEqual(['by=owner', 'open=group:default/money']);
  });

  it('are opened where the address says so', async () => {
    renderGrouped({ url: '/?by=owner&open=group:default/acme' });
    await waitFor(() => expect(groupTitles()).toContain('Money'));
    await userEvent.click(
      (await rowOf('Money')).getByRole('link', { name: 'Money' }),
    );
    expect(await serviceTitles()).toEqual(['Payments', 'Refunds']);
    expect(address()).toEqual(['owner=group:default/money']);
  });

  it('are shown at once where there is but one above them', async () => {
    renderGrouped({ url: '/?by=owner&owner=group:default/acme' });
    await waitFor(() => expect(groupTitles()).toEqual(['Acme', 'Money']));
    await userEvent.click(await toggle('Hide the groups in Acme'));
    await waitFor(() => expect(groupTitles()).toEqual(['Acme']));
    expect(address()).toEqual([
      'by=owner',
      'owner=group:default/acme',
      'open=group:default/acme',
    ]);
  });

  it('are not opened without end where each is in the other', async () => {
    renderGrouped({
      groups: [
        { ref: 'group:default/a', title: 'A', parent: 'group:default/b' },
        { ref: 'group:default/b', title: 'B', parent: 'group:default/a' },
      ],
      services: [owned(okService(), 'a'), owned(overdueService(), 'b')],
      url: '/?by=owner&owner=group:default/a&open=group:default/b',
    });
    await waitFor(() => expect(groupTitles()).toEqual(['A', 'B', 'A']));
  });

  it('say why they cannot be read, and are read again', async () => {
    const error = await refusal(500, 'the database is away');
    const { api } = renderGrouped();
    await table();
    api.fail('getRollups', error);
    await userEvent.click(await toggle('Show the groups in Acme'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The groups in Acme could not be read: the database is away',
    );
    api.fail('getRollups', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(groupTitles()).toContain('Money'));
  });
});

describe('groups on a narrow screen', () => {
  onNarrowScreen();

  it('are below each other, without a table', async () => {
    const { container } = renderGrouped();
    const list = await screen.findByRole('list', { name: 'Services by owner' });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the groups in Acme' }),
    );
    expect(
      await within(list).findByRole('link', { name: 'Money' }),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
    await userEvent.click(
      within(list).getAllByRole('link', { name: '1 Overdue' })[0],
    );
    expect(
      await screen.findByRole('list', { name: 'Scorecard' }),
    ).toBeVisible();
    expect(address()).toEqual([
      'measure=backlog',
      'state=overdue',
      'owner=group:default/acme',
    ]);
  });

  it('are sorted by any column, and reversed', async () => {
    const { api } = renderGrouped();
    await screen.findByRole('list', { name: 'Services by owner' });
    await userEvent.click(screen.getByLabelText('Sort by'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Game day' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reverse the order' }),
    );
    await waitFor(() =>
      expect(queries(api).at(-1)).toMatchObject({ sort: 'gameDay' }),
    );
  });
});
