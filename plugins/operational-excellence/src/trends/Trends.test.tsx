import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  dailyPoint,
  dailyPoints,
  dayAgo,
  FakeContents,
  FakeHistoryOf,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  mover,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { utcDayOf } from '../time';
import { Trends } from './Trends';

const Browser = () => {
  const { search } = useLocation();
  return (
    <>
      <div data-testid="address">{search}</div>
      <Trends />
    </>
  );
};

const everybody = (overrides: Partial<FakeHistoryOf> = {}): FakeHistoryOf => ({
  by: 'all',
  key: null,
  title: null,
  points: dailyPoints(30),
  ...overrides,
});

const moneyTeam = (): FakeHistoryOf => ({
  by: 'owner',
  key: 'group:default/money-team',
  title: 'Money team',
  points: dailyPoints(5),
});

function renderTrends(
  contents: FakeContents = {},
  options: {
    url?: string;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const api = new FakeOperationalExcellenceApi({
    services: allServices(),
    histories: [everybody(), moneyTeam()],
    ...contents,
  });
  options.before?.(api);
  return { api, ...renderWithApi(<Browser />, api, { url: options.url }) };
}

const LAZY = { timeout: 15_000 };
jest.setTimeout(60_000);

const address = () => screen.getByTestId('address').textContent;

const choose = async (field: RegExp, option: string) => {
  await userEvent.click(await screen.findByRole('button', { name: field }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('the trends', () => {
  it('show how all services stood, with each chart in words', async () => {
    const { api, container } = renderTrends({}, { url: '/?days=30' });
    expect(
      await screen.findByRole('heading', { name: 'All services' }),
    ).toBeVisible();
    const span = `from ${utcDayOf(dayAgo(29))} to ${utcDayOf(dayAgo(0))}`;
    for (const words of [
      `Services by state on each day ${span}. On the first day: 3 Overdue, 7 OK. On the last: 3 Overdue, 7 OK.`,
      `Open improvements on each day ${span}: 49 on the first day, 20 on the last.`,
      /^Age of the oldest and of the median .* Oldest: \d+ on the first day, \d+ on the last\.$/,
      /: 25% on the first day, 25% on the last\.$/,
      /30 held and 0 passed in all\.$/,
    ]) {
      const chart = await screen.findByLabelText(words, {}, LAZY);
      expect(chart).toHaveAttribute('role', 'img');
    }
    expect(api.callsOf('getHistory')).toEqual([
      [{ by: 'all', from: dayAgo(29), to: dayAgo(0) }],
    ]);
    expect(api.callsOf('getServiceFacets')).toEqual([]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('tell each day as a table, and which were not counted', async () => {
    const points = [20, 5, 4, 0].map(days => dailyPoint(days));
    const { container } = renderTrends(
      { histories: [everybody({ points })] },
      { url: '/?days=30' },
    );
    expect(
      await screen.findByText(
        new RegExp(
          `The first day that was counted is ${utcDayOf(
            dayAgo(20),
          )}\\. · 17 days since then were not counted\\.`,
        ),
      ),
    ).toBeVisible();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Show as a table' })[0],
    );
    const table = within(
      screen.getByRole('table', { name: 'Services by state' }),
    );
    expect(
      table.getAllByRole('columnheader').map(each => each.textContent),
    ).toEqual(['Day', 'Overdue', 'OK']);
    const cellsOf = (days: number) =>
      within(
        table
          .getByRole('rowheader', { name: utcDayOf(dayAgo(days)) })
          .closest('tr')!,
      )
        .getAllByRole('cell')
        .map(each => each.textContent);
    expect(cellsOf(4)).toEqual(['3', '7']);
    expect(cellsOf(3)).toEqual(['Not counted', 'Not counted']);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are of the span that is chosen, in the address', async () => {
    const { api } = renderTrends({}, { url: '/?days=365' });
    await screen.findByRole('heading', { name: 'All services' });
    expect(api.callsOf('getHistory')[0][0]).toMatchObject({
      from: dayAgo(364),
    });
    await userEvent.click(screen.getByRole('button', { name: '30 days' }));
    await waitFor(() => expect(address()).toBe('?days=30'));
    await waitFor(() =>
      expect(api.callsOf('getHistory').at(-1)?.[0]).toMatchObject({
        from: dayAgo(29),
      }),
    );
    expect(api.callsOf('getMovers').at(-1)?.[0]).toEqual({
      by: 'owner',
      days: 30,
    });
  });

  it('are of a measure that is chosen, without reading anything again', async () => {
    const { api } = renderTrends();
    await screen.findByRole('heading', { name: 'All services' });
    await choose(/^States of/, 'Game day');
    expect(
      await screen.findByRole('heading', {
        name: 'Services by state: Game day',
      }),
    ).toBeVisible();
    expect(address()).toBe('?measure=gameDay');
    expect(api.callsOf('getHistory')).toHaveLength(1);
  });

  it('are of a group that is picked', async () => {
    renderTrends();
    await choose(/^Services of/, 'An owner');
    expect(await screen.findByText(/^Choose one to see/)).toBeVisible();
    const field = await screen.findByRole('textbox', { name: 'Owner' });
    await userEvent.type(field, 'money');
    await userEvent.click(
      await screen.findByRole('option', { name: /^Money team/ }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Money team' }),
    ).toBeVisible();
    expect(address()).toBe('?by=owner&key=group%3Adefault%2Fmoney-team');
    expect(
      screen.getByRole('link', { name: 'Open the scorecard' }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/scorecard?owner=group%3Adefault%2Fmoney-team',
    );
    await userEvent.clear(field);
    await userEvent.type(field, 'without');
    await userEvent.click(
      await screen.findByRole('option', { name: 'Without an owner' }),
    );
    await waitFor(() => expect(address()).toBe('?by=owner&without=true'));
    expect(
      await screen.findByText(
        'Of these 90 days, none was counted for this group.',
      ),
    ).toBeVisible();
  });

  it('say when the first day is counted', async () => {
    const { container } = renderTrends({ histories: [] });
    expect(
      await screen.findByText('No day has been counted yet'),
    ).toBeVisible();
    expect(
      await screen.findByText('There are no two days to compare yet.'),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('say why one may not see those of groups', async () => {
    const error = await refusal(403, 'Not all services');
    renderTrends(
      {},
      {
        before: api => {
          api.fail('getHistory', error);
          api.fail('getMovers', error);
        },
      },
    );
    expect(
      await screen.findAllByText(/^The history of a group counts all/),
    ).toHaveLength(2);
  });

  it('can be read again after a failure', async () => {
    const { api } = renderTrends(
      {},
      {
        before: each =>
          each.fail('getHistory', new Error('the database is away')),
      },
    );
    expect(await screen.findByText('the database is away')).toBeVisible();
    api.fail('getHistory', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'All services' }),
    ).toBeVisible();
  });
});

describe('who got better or worse', () => {
  // What is drawn above does not matter here.
  const histories = [everybody({ points: [dailyPoint(0)] })];
  const worse = () =>
    mover('Team A', {
      reasons: [
        { measure: 'gameDay', state: 'overdue', before: 1, after: 4 },
        { measure: 'gameDay', state: 'ok', before: 9, after: 6 },
      ],
    });
  const better = () =>
    mover('Team B', {
      change: -0.125,
      before: { day: dayAgo(90), services: 8, attention: 2 },
      after: { day: dayAgo(0), services: 8, attention: 1 },
      reasons: [
        { measure: 'readinessTest', state: 'never', before: 2, after: 1 },
      ],
    });

  it('is told with the reason, leading to the scorecard and the trend', async () => {
    const { container } = renderTrends({
      histories,
      movers: { worsened: [worse()], improved: [better()] },
    });
    const dropped = within(
      await screen.findByRole('list', { name: 'Worst drops' }),
    );
    expect(dropped.getByText('30 points worse')).toBeVisible();
    expect(dropped.getByText(/^4 of 10 need attention/)).toBeVisible();
    expect(dropped.getByText('before: 1 of 10')).toBeVisible();
    expect(
      dropped.getByText('3 services became overdue for a game day'),
    ).toBeVisible();
    expect(
      dropped.getByText('3 fewer services are in order for a game day'),
    ).toBeVisible();
    expect(dropped.getByRole('link', { name: 'Team A' })).toHaveAttribute(
      'href',
      '/operational-excellence/scorecard?owner=group%3Adefault%2Fteam-a',
    );
    expect(
      dropped.getByRole('link', { name: 'Trend of Team A' }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/trends?by=owner&key=group%3Adefault%2Fteam-a&days=90',
    );
    const improved = within(
      screen.getByRole('list', { name: 'Most improved' }),
    );
    expect(improved.getByText('12.5 points better')).toBeVisible();
    expect(
      improved.getByText('1 service fewer has never had a readiness test'),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('can be told of something else, also of services', async () => {
    const { api } = renderTrends({
      histories,
      movers: {
        worsened: [
          mover('Payments', { key: 'component:default/payments', reasons: [] }),
        ],
      },
    });
    await choose(/^Compare/, 'Services');
    await waitFor(() => expect(address()).toBe('?compared=service'));
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'Payments' })).toHaveAttribute(
        'href',
        '/catalog/default/component/payments',
      ),
    );
    expect(api.callsOf('getMovers').at(-1)?.[0]).toEqual({
      by: 'service',
      days: 90,
    });
    expect(screen.getByText('None has got better.')).toBeVisible();
  });

  it('takes those in no group, and hostile titles, as what they are', async () => {
    renderTrends({
      histories,
      movers: {
        worsened: [
          mover('x', { key: null, title: null, reasons: [] }),
          mover('y', { title: HOSTILE_TITLE }),
        ],
      },
    });
    expect(
      await screen.findByRole('link', { name: 'Without an owner' }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/scorecard?without=owner',
    );
    expect(screen.getByRole('link', { name: HOSTILE_TITLE })).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderTrends(
      { histories, movers: { worsened: [worse()] } },
      {
        before: each => each.fail('getMovers', new Error('too slow')),
      },
    );
    expect(await screen.findByText('too slow')).toBeVisible();
    api.fail('getMovers', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Team A' })).toBeVisible();
  });
});
