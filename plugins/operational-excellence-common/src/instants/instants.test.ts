import fc from 'fast-check';
import {
  addDuration,
  DAY_MS,
  Instant,
  subtractDuration,
  toIsoInstant,
} from './instants';

const instants = fc.integer({
  min: Date.UTC(1990, 0, 1),
  max: Date.UTC(2080, 11, 31),
});

/** Months later in UTC; the last day of the month where it has no such day. */
function monthsLater(instant: Instant, months: number): Instant {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return (
    Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) +
    (instant - Date.UTC(year, date.getUTCMonth(), date.getUTCDate()))
  );
}

describe('addDuration and subtractDuration', () => {
  it('count weeks, days, hours, minutes and seconds by their length', () => {
    fc.assert(
      fc.property(
        instants,
        fc.nat(300),
        fc.nat(300),
        fc.nat(300),
        fc.nat(300),
        (instant, days, hours, minutes, seconds) => {
          const duration = `P${days}DT${hours}H${minutes}M${seconds}S`;
          const ms =
            days * DAY_MS +
            hours * 3_600_000 +
            minutes * 60_000 +
            seconds * 1000;
          expect(addDuration(instant, duration)).toBe(instant + ms);
          expect(subtractDuration(instant, duration)).toBe(instant - ms);
          expect(addDuration(instant, `P${days}W`)).toBe(
            instant + 7 * days * DAY_MS,
          );
        },
      ),
    );
  });

  it('count months and years by the calendar, in UTC', () => {
    fc.assert(
      fc.property(
        instants,
        fc.nat(30),
        fc.nat(40),
        (instant, years, months) => {
          const all = years * 12 + months;
          const duration = `P${years}Y${months}M`;
          expect(addDuration(instant, duration)).toBe(
            monthsLater(instant, all),
          );
          expect(subtractDuration(instant, duration)).toBe(
            monthsLater(instant, -all),
          );
        },
      ),
    );
  });

  it.each([
    ['2026-01-31T12:00:00.000Z', 'P1M', '2026-02-28T12:00:00.000Z'],
    ['2028-01-31T12:00:00.000Z', 'P1M', '2028-02-29T12:00:00.000Z'],
    // The clocks of Europe and America change in between.
    ['2026-03-01T00:30:00.000Z', 'P60D', '2026-04-30T00:30:00.000Z'],
    ['2026-10-01T00:30:00.000Z', 'P1M', '2026-11-01T00:30:00.000Z'],
  ])('lead from %s by %s to %s', (from, duration, to) => {
    expect(toIsoInstant(addDuration(Date.parse(from), duration))).toBe(to);
  });
});

describe('toIsoInstant', () => {
  it('writes what a date reads as the same instant', () => {
    fc.assert(
      fc.property(instants, instant => {
        const text = toIsoInstant(instant);
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Date.parse(text)).toBe(instant);
      }),
    );
  });

  it('writes no instant as null', () => {
    expect(toIsoInstant(null)).toBeNull();
  });
});
