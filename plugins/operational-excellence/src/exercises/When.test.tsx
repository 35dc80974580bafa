import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { exercise } from '../__testUtils__';
import { When } from './When';

const NOW = Date.parse('2026-07-01T08:00:00Z');
const after = (minutes: number) =>
  new Date(NOW + minutes * 60_000).toISOString();

describe('when an exercise was or is to be', () => {
  it.each([
    ['planned', 'planned', after(120), null, /\(in 2 hours\)$/],
    ['planned and late', 'planned', after(-120), null, /\(2 hours ago\)$/],
    ['cancelled', 'cancelled', after(120), null, /\(in 2 hours\)$/],
    ['begun', 'running', after(120), after(-5), /\(5 minutes ago\)$/],
    [
      'begun since the clock was read',
      'running',
      after(-120),
      after(0.5),
      /\(just now\)$/,
    ],
  ] as const)(
    'is told of one that is %s',
    async (_, state, plannedStart, startedAt, expected) => {
      await renderInTestApp(
        <When
          exercise={exercise('1', {
            state,
            plannedStart,
            plannedEnd: after(180),
            startedAt,
          })}
          now={NOW}
        />,
      );
      expect(await screen.findByText(expected)).toBeVisible();
    },
  );
});
