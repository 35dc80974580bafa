import fc from 'fast-check';
import { daysToClear } from './clearance';

describe('daysToClear', () => {
  it('is how long closing at the same rate goes on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        (openCount, closed90d) => {
          const days = daysToClear({ openCount, closed90d });
          // In that time, so many are closed as are open.
          expect((Number(days) / 90) * closed90d).toBeCloseTo(openCount, 6);
        },
      ),
    );
  });

  it.each([
    [0, 0, 0],
    [0, 12, 0],
    [1, 0, 'never'],
    [9, 90, 9],
    [3, 1, 270],
  ])('is for %d open and %d closed: %s', (openCount, closed90d, expected) => {
    expect(daysToClear({ openCount, closed90d })).toBe(expected);
  });
});
