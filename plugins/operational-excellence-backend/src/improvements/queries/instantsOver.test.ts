import {
  addDuration,
  DAY_MS,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { instantsOver } from './instantsOver';

const durations = fc.constantFrom(
  'P14D',
  'P1M',
  'P3M',
  'P1Y',
  'P1M2DT3H',
  'PT1H',
  'P2W',
  'P13MT30M',
);

const instants = fc.integer({
  min: Date.parse('2023-01-01T00:00:00Z'),
  max: Date.parse('2031-12-31T00:00:00Z'),
});

describe('instantsOver', () => {
  it('holds the instants after which a duration is over, and no other', () => {
    fc.assert(
      fc.property(
        instants,
        durations,
        fc.integer({ min: -6 * DAY_MS, max: 6 * DAY_MS }),
        (instant, within, off) => {
          const now = addDuration(instant, within) + off;
          const isOver = instantsOver(now, within).some(
            ([from, to]) => instant >= from && instant < to,
          );
          expect(isOver).toBe(addDuration(instant, within) < now);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('minds that a later instant may be over before an earlier one', () => {
    const now = Date.parse('2026-02-28T12:00:00Z');
    const isOver = (text: string) =>
      instantsOver(now, 'P1M').some(
        ([from, to]) => Date.parse(text) >= from && Date.parse(text) < to,
      );
    expect(isOver('2026-01-30T23:00:00Z')).toBe(false);
    expect(isOver('2026-01-31T01:00:00Z')).toBe(true);
  });
});
