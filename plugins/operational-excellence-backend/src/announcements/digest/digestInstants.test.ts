import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { DateTime, WeekdayNumbers } from 'luxon';
import { digestInstants } from './digestInstants';

const at = (text: string) => Date.parse(text);

describe('digestInstants', () => {
  it('are around now, on the day and at the hour of the time zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(
          'UTC',
          'Europe/Berlin',
          'America/New_York',
          'Asia/Tokyo',
        ),
        (now, weekday, hour, timeZone) => {
          const time = { weekday: weekday as WeekdayNumbers, hour, timeZone };
          const { last, next } = digestInstants(now, time);
          expect(last).toBeLessThanOrEqual(now);
          expect(next).toBeGreaterThan(now);
          // Clocks change by an hour at most.
          const apart = (next - last) / DAY_MS;
          expect(Math.abs(apart - 7)).toBeLessThanOrEqual(2 / 24);
          for (const instant of [last, next]) {
            const local = DateTime.fromMillis(instant, { zone: timeZone });
            expect(local.weekday).toBe(weekday);
            expect(local.minute).toBe(0);
            // The hour that clocks skip in spring is the one after.
            const isSkipped =
              hour === 2 && local.hour === 3 && local.month === 3;
            expect(isSkipped || local.hour === hour).toBe(true);
          }
          // Until then, it is the same one.
          expect(digestInstants(next - 1, time)).toEqual({ last, next });
          expect(digestInstants(next, time).last).toBe(next);
        },
      ),
    );
  });

  it.each([
    ['2026-11-23T07:59:59Z', '2026-11-16T08:00:00Z', '2026-11-23T08:00:00Z'],
    ['2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z', '2026-11-30T08:00:00Z'],
  ])('at %s, on Mondays at eight, are %s and %s', (now, last, next) => {
    expect(
      digestInstants(at(now), { weekday: 1, hour: 8, timeZone: 'UTC' }),
    ).toEqual({ last: at(last), next: at(next) });
  });
});
