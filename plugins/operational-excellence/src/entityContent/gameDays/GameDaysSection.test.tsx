import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  exercise,
  experiment,
  experiments,
  FakeContents,
  FakeOperationalExcellenceApi,
  heldExercise,
  missedExercise,
  overdueService,
  permissionsThat,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { GameDaysSection } from './GameDaysSection';

jest.setTimeout(60_000);

function renderSection(
  exercises: ExerciseDetail[],
  options: {
    contents?: FakeContents;
    decision?: 'ALLOW' | 'DENY';
    prepare?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const service = overdueService();
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    exercises,
    ...options.contents,
  });
  options.prepare?.(api);
  const element = <GameDaysSection service={service} now={Date.now()} />;
  return {
    api,
    ...renderWithApi(element, api, {
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
    }),
  };
}

const titlesOf = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map(item => within(item).getAllByRole('link')[0].textContent)
    // What leads out of the portal says so.
    .map(title => title?.replace(', Opens in a new window', ''));

describe('the game days of a service', () => {
  it('says what to do where nothing was rehearsed', async () => {
    const { container } = renderSection([]);
    expect(
      await screen.findByText(/Failure was not rehearsed yet/),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Plan a game day' }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/game-days/new?kind=game-day&service=component%3Adefault%2Fpayments',
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('puts what was missed first, and mixes what was held with experiments', async () => {
    const { container } = renderSection(
      [
        exercise('1', { title: 'Ahead' }),
        missedExercise('2', { title: 'Missed' }),
        exercise('3', {
          title: 'Right now',
          state: 'running',
          startedAt: daysAgo(0),
        }),
        heldExercise('4', {
          title: 'Held',
          startedAt: daysAgo(30),
          outcome: 'hypothesis-not-held',
        }),
      ],
      {
        contents: {
          experiments: [
            experiment('X1', { title: 'Newer', createdAt: daysAgo(20) }),
            experiment('X2', { title: 'Older', createdAt: daysAgo(40) }),
          ],
        },
      },
    );
    expect(
      titlesOf(await screen.findByRole('list', { name: 'To be held' })),
    ).toEqual(['Missed', 'Right now', 'Ahead']);
    const past = screen.getByRole('list', {
      name: 'Exercises and experiments so far',
    });
    expect(titlesOf(past)).toEqual(['Newer', 'Held', 'Older']);
    expect(within(past).getByText('Hypothesis did not hold')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says of each experiment whether it counts, and had guardrails', async () => {
    renderSection([], { contents: { experiments: experiments() } });
    expect((await screen.findAllByText('Counts as a game day')).length).toBe(2);
    expect(screen.getByText(/Does not count: a dry run/)).toBeVisible();
  });

  it('reads on as far as one wants', async () => {
    renderSection(
      Array.from({ length: 12 }, (_, index) =>
        heldExercise(`${index}`, {
          title: `Held ${index}`,
          startedAt: daysAgo(10 * index),
        }),
      ),
      {
        contents: {
          experiments: Array.from({ length: 12 }, (_, index) =>
            experiment(`X${index}`, { createdAt: daysAgo(10 * index + 5) }),
          ),
        },
      },
    );
    const list = await screen.findByRole('list', {
      name: 'Exercises and experiments so far',
    });
    while (!screen.queryByText('24 of 24')) {
      await userEvent.click(
        await screen.findByRole('button', { name: 'Load more' }),
      );
    }
    expect(titlesOf(list)).toHaveLength(24);
  });

  it('says why one may not plan', async () => {
    renderSection([], { decision: 'DENY' });
    await userEvent.hover(
      await screen.findByRole('button', { name: 'Plan a game day' }),
    );
    expect(
      await screen.findByRole('tooltip', {
        name: /You may not manage exercises of Payments/,
      }),
    ).toBeVisible();
  });

  it('says why it cannot be shown', async () => {
    const failure = await refusal(503, 'the database is away');
    renderSection([], { prepare: api => api.fail('getExercises', failure) });
    expect(await screen.findByText('the database is away')).toBeVisible();
  });
});
