import fc from 'fast-check';
import { DAY_MS } from '../instants';
import { backlogOf, BacklogTicket } from './backlog';
import { starvedSince, starvesAt } from './starvation';

const NOW = Date.UTC(2026, 6, 1, 8);
const ago = (days: number) => NOW - days * DAY_MS;

const days = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(89.999, 90, 90.001),
);

/** Tickets that were created and perhaps closed so many days ago. */
const tickets = fc.array(
  fc
    .record({ improvement: fc.boolean(), done: fc.boolean(), days, more: days })
    .map(
      ({ improvement, done, days: closed, more }): BacklogTicket => ({
        improvement,
        state: done ? 'done' : 'open',
        createdAt: ago(closed + more),
        startedAt: null,
        closedAt: done ? ago(closed) : null,
      }),
    ),
  { maxLength: 12 },
);

/** Day by day back in time: was there one that waited, and none closed since? */
function starvedByHand(all: BacklogTicket[]): number | null {
  const improvements = all.filter(({ improvement }) => improvement);
  const waits = improvements.filter(({ state }) => state !== 'done');
  if (!waits.length) return null;
  const closings = improvements.flatMap(({ closedAt }) => closedAt ?? []);
  if (closings.some(at => NOW - at < 90 * DAY_MS)) return null;
  const instants = [...waits.map(({ createdAt }) => createdAt), ...closings];
  return Math.min(
    ...instants.filter(
      at =>
        waits.some(({ createdAt }) => createdAt <= at) &&
        closings.every(closing => closing <= at),
    ),
  );
}

describe('starvedSince', () => {
  it('equals what is found by hand', () => {
    fc.assert(
      fc.property(tickets, all => {
        expect(starvedSince(backlogOf(all, { now: NOW }), { now: NOW })).toBe(
          starvedByHand(all),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins when it is said to, and not before', () => {
    fc.assert(
      fc.property(tickets, all => {
        const backlog = backlogOf(all, { now: NOW });
        const at = starvesAt(backlog);
        const isStarvedAt = (now: number) => starvedSince(backlog, { now });
        const waits = backlog.oldestCreatedAt !== null;
        expect([isStarvedAt((at ?? NOW) - 1) !== null, at === null]).toEqual(
          waits && backlog.lastClosedAt === null
            ? [true, true]
            : [false, !waits],
        );
        expect(isStarvedAt(at ?? NOW) !== null).toBe(waits);
      }),
    );
  });

  it.each([
    ['nothing waits', null, null, null],
    ['nothing waits after the last closing', null, 200, null],
    ['something waits and none was ever closed', 5, null, 5],
    ['something waited before the last closing', 300, 120, 120],
    ['something waits since after the last closing', 20, 120, 20],
    ['one was closed 90 days ago', 300, 90, 90],
    ['one was closed a moment less than 90 days ago', 300, 89.999, null],
  ])('is right where %s', (_, oldest, last, expected) => {
    const instant = (age: number | null) => (age === null ? null : ago(age));
    expect(
      starvedSince(
        { oldestCreatedAt: instant(oldest), lastClosedAt: instant(last) },
        { now: NOW },
      ),
    ).toBe(instant(expected));
  });
});
