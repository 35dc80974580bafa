import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  initiative,
  overdueService,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { exactInstant } from '../../time';
import { Scorecard } from '../Scorecard';

const Browser = () => (
  <>
    <div data-testid="address">{useLocation().search}</div>
    <Scorecard />
  </>
);

const GROUPS = [
  { ref: 'group:default/acme', title: 'Acme' },
  {
    ref: 'group:default/money-team',
    title: 'Money team',
    parent: 'group:default/acme',
  },
  { ref: 'group:default/lab', title: 'Lab', parent: 'group:default/acme' },
];

/** One of them is the lab's. */
const servicesOfAcme = () =>
  allServices().map(service =>
    service.title === 'Sandbox'
      ? { ...service, ownerRef: 'group:default/lab', ownerTitle: 'Lab' }
      : service,
  );

function renderReport(
  url = '/?report=true',
  options: {
    services?: ReturnType<typeof allServices>;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { before, services = servicesOfAcme() } = options;
  const api = new FakeOperationalExcellenceApi({
    services,
    groups: GROUPS,
    initiatives: [initiative('one', { title: 'Game days by March' })],
  });
  before?.(api);
  return { api, ...renderWithApi(<Browser />, api, { url }) };
}

const rows = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map(row => [...row.children].map(cell => cell.textContent));

const heading = () => screen.findByRole('heading', { level: 2 });

describe('the report', () => {
  it('is what the scorecard says, on one sheet', async () => {
    const { container } = renderReport();
    expect(await heading()).toHaveTextContent(
      'Operational excellence: all services',
    );
    const [, overall, backlog] = rows(
      screen.getByRole('table', { name: 'In figures' }),
    );
    expect(overall).toEqual([
      'Overall',
      '5 (55.6%)',
      ...['1', '1', '3', '1', '0', '0', '2', '0', '1'],
    ]);
    expect(backlog).toEqual([
      'Improvement backlog',
      '1 (11.1%)',
      ...['0', '1', '0', '2', '2', '1', '1', '1', '1'],
    ]);
    expect(screen.getByText(/^Open improvements:/)).toHaveTextContent(
      'Open improvements: 48. Services that close none of theirs: 1.',
    );
    expect(
      rows(screen.getByRole('table', { name: 'Where it is worst' })),
    ).toEqual([
      [
        'Owner',
        'Services',
        'Need attention',
        'Improvement backlog',
        'Game day',
        'Readiness test',
      ],
      ['Money team', '8', '5 (62.5%)', '1', '1', '4'],
      ['Lab', '1', '0 (0%)', '0', '0', '0'],
    ]);
    const [, worst] = rows(
      screen.getByRole('table', { name: 'Services to look at first' }),
    );
    expect(worst).toEqual([
      'Refunds',
      'Money team',
      '2',
      'Due soon',
      'Never',
      'Failing',
    ]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('is of one group, and named after it', async () => {
    const { api } = renderReport(
      '/?owner=group:default/money-team&report=true&state=never&q=a',
    );
    expect(await heading()).toHaveTextContent(
      'Operational excellence: Money team',
    );
    expect(screen.getByText(/Overall: Never · Text: a$/)).toBeVisible();
    expect(screen.queryByText('Where it is worst')).not.toBeInTheDocument();
    expect(api.callsOf('getServices')).toEqual([
      [
        expect.objectContaining({
          owner: ['group:default/money-team'],
          state: ['never'],
          q: 'a',
          limit: 15,
        }),
      ],
    ]);
  });

  it('names all that narrows it', async () => {
    renderReport(
      '/?report=true&tier=1&tier=2&without=lifecycle&starved=true&starred=true',
    );
    expect(await heading()).toHaveTextContent(/: all services$/);
    expect(
      screen.getByText(
        /Tier: 1, 2 · Lifecycle: No lifecycle · Only starved backlogs · Only starred$/,
      ),
    ).toBeVisible();
    expect(screen.getByText('No service matches.')).toBeVisible();
  });

  it('names the initiative that it is about', async () => {
    renderReport('/?report=true&initiative=one&reached=left');
    await heading();
    expect(
      screen.getByText(/ · Initiative: Game days by March, left to do$/),
    ).toBeVisible();
  });

  it('is by what the scorecard was grouped by', async () => {
    renderReport('/?report=true&by=tier');
    await heading();
    expect(
      rows(screen.getByRole('table', { name: 'Where it is worst' })).map(
        ([title]) => title,
      ),
    ).toEqual(['Tier', '1', '2', 'No tier']);
  });

  it('stays on one sheet, and says what it leaves out', async () => {
    const services = Array.from({ length: 20 }, (_, index) => ({
      ...overdueService(),
      entityRef: `component:default/service-${index}`,
      title: index ? `Service ${index}` : HOSTILE_TITLE,
      tier: `T${index}`,
    }));
    const { container } = renderReport('/?report=true&by=tier', { services });
    await heading();
    expect(screen.getByText('and 12 more')).toBeVisible();
    expect(screen.getByText('and 5 more')).toBeVisible();
    expect(screen.getByText(HOSTILE_TITLE)).toBeVisible();
    expect(container.querySelector('td img, th img')).toBeNull();
  });

  it('says as of when', async () => {
    const asOf = '2026-07-01T08:00:00.000Z';
    renderReport('/?report=true', {
      before: api => {
        const read = api.getRollups.bind(api);
        api.getRollups = async query => ({ ...(await read(query)), asOf });
      },
    });
    await heading();
    expect(
      screen.getByText(`As of ${exactInstant(asOf)} · 9 services`),
    ).toBeVisible();
  });

  it('is opened, printed and left', async () => {
    const print = jest.spyOn(window, 'print').mockImplementation(() => {});
    renderReport('/?by=owner&tier=1');
    await userEvent.click(
      await screen.findByRole('link', { name: 'Print report' }),
    );
    await heading();
    expect(screen.getByTestId('address')).toHaveTextContent(
      '?by=owner&tier=1&report=true',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledTimes(1);
    print.mockRestore();
    await userEvent.click(
      screen.getByRole('link', { name: 'Back to the scorecard' }),
    );
    expect(
      await screen.findByRole('table', { name: 'Services by owner' }),
    ).toBeVisible();
  });

  it('says why it cannot be read, and is read again', async () => {
    const error = await refusal(500, 'the database is away');
    const { api } = renderReport('/?report=true', {
      before: fake => fake.fail('getServices', error),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    expect(screen.getByRole('button', { name: 'Print' })).toBeDisabled();
    api.fail('getServices', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await heading()).toBeVisible());
  });
});
