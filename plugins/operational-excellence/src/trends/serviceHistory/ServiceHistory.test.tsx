import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { MeasureState } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  dailyPoint,
  dayAgo,
  FakeOperationalExcellenceApi,
  renderWithApi,
} from '../../__testUtils__';
import { utcDayOf } from '../../time';
import { ServiceHistory } from './ServiceHistory';

const ENTITY_REF = 'component:default/payments';

const inState = (days: number, state: MeasureState) => {
  const point = dailyPoint(days, { services: 1 });
  return { ...point, states: { ...point.states, service: { [state]: 1 } } };
};

function renderHistory(
  points: ReturnType<typeof inState>[],
  before: (api: FakeOperationalExcellenceApi) => void = () => {},
) {
  const api = new FakeOperationalExcellenceApi({
    histories: [{ by: 'service', key: ENTITY_REF, title: 'Payments', points }],
  });
  before(api);
  const element = <ServiceHistory entityRef={ENTITY_REF} now={Date.now()} />;
  return { api, ...renderWithApi(element, api) };
}

const day = (days: number) => utcDayOf(dayAgo(days));

describe('the history of a service', () => {
  it('tells each state in turn, the present one first', async () => {
    const { api, container } = renderHistory([
      inState(10, 'ok'),
      inState(9, 'ok'),
      inState(8, 'due-soon'),
      inState(6, 'overdue'),
      inState(5, 'overdue'),
      inState(0, 'overdue'),
    ]);
    const strip = await screen.findByRole('img');
    expect(strip).toHaveAccessibleName(
      `State on each of the last 90 days: OK from ${day(10)} to ${day(
        9,
      )}; Due soon on ${day(8)}; Overdue since ${day(6)}.`,
    );
    const words = screen
      .getAllByRole('listitem')
      .map(each => each.textContent)
      .filter(text => text?.includes(' '));
    expect(words.slice(-3)).toEqual([
      `Overdue since ${day(6)}`,
      `Due soon on ${day(8)}`,
      `OK from ${day(10)} to ${day(9)}`,
    ]);
    // Two days in a row, not one drawn for those of which nothing is known.
    expect(within(strip).getAllByText(new RegExp(`: Overdue$`))).toHaveLength(
      3,
    );
    expect(
      screen.getByText('Days that were not counted are left blank.'),
    ).toBeVisible();
    expect(api.callsOf('getHistory')).toEqual([
      [{ by: 'service', key: ENTITY_REF, from: dayAgo(89), to: dayAgo(0) }],
    ]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says that no day was counted yet', async () => {
    renderHistory([]);
    expect(
      await screen.findByText(
        'No day has been counted for this service yet. One is counted each day.',
      ),
    ).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderHistory([inState(0, 'ok')], each =>
      each.fail('getHistory', new Error('too slow')),
    );
    expect(await screen.findByText('too slow')).toBeVisible();
    api.fail('getHistory', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(`OK since ${day(0)}`)).toBeVisible();
  });
});
