import fc from 'fast-check';
import { DAY_MS } from '../instants';
import { Backlog, backlogOf, BacklogTicket, nearestRank } from './backlog';

const NOW = Date.UTC(2026, 6, 1, 8);

/** Instants that like to lie where windows begin and end. */
const instants = fc.oneof(
  fc.integer({ min: NOW - 200 * DAY_MS, max: NOW + 5 * DAY_MS }),
  fc
    .tuple(
      fc.constantFrom(0, 30 * DAY_MS, 90 * DAY_MS),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([age, offset]) => NOW - age + offset),
);

const tickets: fc.Arbitrary<BacklogTicket[]> = fc.array(
  fc
    .record({
      improvement: fc.boolean(),
      state: fc.constantFrom('open', 'in-progress', 'done'),
      createdAt: instants,
      startedAt: fc.option(instants),
      closedAt: instants,
    })
    .map(ticket => ({
      ...ticket,
      closedAt: ticket.state === 'done' ? ticket.closedAt : null,
    })),
  { maxLength: 30 },
);

/** The least age that so many percent of the backlog do not exceed. */
function percentileOfAge(open: BacklogTicket[], percent: number, now: number) {
  const ages = open.map(({ createdAt }) => now - createdAt);
  const enough = ages.filter(
    age =>
      ages.filter(other => other <= age).length * 100 >= percent * ages.length,
  );
  return enough.length ? now - Math.min(...enough) : null;
}

function lastClosing(all: BacklogTicket[], now: number) {
  const closings = all.flatMap(({ improvement, closedAt }) =>
    improvement && closedAt !== null && closedAt <= now ? [closedAt] : [],
  );
  return orNull(Math.max(...closings));
}

function orNull(value: number) {
  return Number.isFinite(value) ? value : null;
}

/** The same figures, worked out one by one as a person would. */
function countedByHand(
  all: BacklogTicket[],
  now: number,
): Omit<Backlog, 'validUntil'> {
  const improvements = all.filter(ticket => ticket.improvement);
  const open = improvements.filter(ticket => ticket.state !== 'done');
  const daysAgo = (instant: number) => (now - instant) / DAY_MS;
  const opened = (days: number) =>
    improvements.filter(
      ({ createdAt }) => daysAgo(createdAt) < days && daysAgo(createdAt) >= 0,
    ).length;
  const closed = (from: BacklogTicket[], days: number) =>
    from.filter(
      ({ state, closedAt }) =>
        state === 'done' &&
        closedAt !== null &&
        daysAgo(closedAt) < days &&
        daysAgo(closedAt) >= 0,
    ).length;
  return {
    openCount: open.length,
    oldestCreatedAt: orNull(Math.min(...open.map(t => t.createdAt))),
    medianCreatedAt: percentileOfAge(open, 50, now),
    p85CreatedAt: percentileOfAge(open, 85, now),
    oldestStartedAt: orNull(
      Math.min(...open.map(t => t.startedAt ?? Infinity)),
    ),
    opened30d: opened(30),
    closed30d: closed(improvements, 30),
    opened90d: opened(90),
    closed90d: closed(improvements, 90),
    allClosed90d: closed(all, 90),
    lastClosedAt: lastClosing(all, now),
    improvementShare90d:
      closed(all, 90) === 0 ? null : closed(improvements, 90) / closed(all, 90),
  };
}

/** Which tickets count in which window: what time alone can change. */
function membership(all: BacklogTicket[], now: number) {
  const within = (instant: number | null, days: number) =>
    instant !== null && instant > now - days * DAY_MS && instant <= now;
  return JSON.stringify(
    all.map(({ improvement, createdAt, closedAt }) => [
      improvement && within(createdAt, 30),
      improvement && within(createdAt, 90),
      improvement && within(closedAt, 30),
      within(closedAt, 90),
    ]),
  );
}

describe('backlogOf', () => {
  it('equals what is counted by hand', () => {
    fc.assert(
      fc.property(tickets, all => {
        const { validUntil: _, ...figures } = backlogOf(all, { now: NOW });
        expect(figures).toEqual(countedByHand(all, NOW));
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order of the tickets', () => {
    fc.assert(
      fc.property(
        tickets.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(backlogOf(shuffled, { now: NOW })).toEqual(
            backlogOf(all, { now: NOW }),
          );
        },
      ),
    );
  });

  it('can do without tickets that are long closed, but for the last one', () => {
    fc.assert(
      fc.property(tickets, all => {
        const from = NOW - 90 * DAY_MS;
        const last = lastClosing(all, NOW);
        const needed = all.filter(
          ({ improvement, state, createdAt, closedAt }) =>
            state !== 'done' ||
            createdAt > from ||
            closedAt! > from ||
            (improvement && closedAt === last),
        );
        expect(backlogOf(needed, { now: NOW })).toEqual(
          backlogOf(all, { now: NOW }),
        );
      }),
    );
  });

  it('says until when its figures hold, and no longer', () => {
    fc.assert(
      fc.property(
        tickets,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, share) => {
          const { validUntil, ...figures } = backlogOf(all, { now: NOW });
          const until = validUntil ?? NOW + 1_000 * DAY_MS;
          expect(until).toBeGreaterThan(NOW);

          const between = NOW + Math.floor((until - 1 - NOW) * share);
          for (const now of [between, until - 1]) {
            expect(countedByHand(all, now)).toEqual(figures);
            expect(membership(all, now)).toBe(membership(all, NOW));
          }
          // Where nothing ever changes, it does not say when.
          const changes = membership(all, until) !== membership(all, NOW);
          expect(changes).toBe(validUntil !== null);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['created 30 days ago less a moment', 30 * DAY_MS - 1, 1, 1],
    ['created 30 days ago', 30 * DAY_MS, 0, 1],
    ['created 90 days ago less a moment', 90 * DAY_MS - 1, 0, 1],
    ['created 90 days ago', 90 * DAY_MS, 0, 0],
    ['created now', 0, 1, 1],
    ['created in a moment, by a clock that is ahead', -1, 0, 0],
  ])('counts an improvement %s', (_, age, opened30d, opened90d) => {
    const ticket: BacklogTicket = {
      improvement: true,
      state: 'open',
      createdAt: NOW - age,
      startedAt: null,
      closedAt: null,
    };
    expect(backlogOf([ticket], { now: NOW })).toMatchObject({
      openCount: 1,
      opened30d,
      opened90d,
    });
  });

  it('has no ages and no share where there is nothing', () => {
    expect(backlogOf([], { now: NOW })).toEqual({
      openCount: 0,
      oldestCreatedAt: null,
      medianCreatedAt: null,
      p85CreatedAt: null,
      oldestStartedAt: null,
      opened30d: 0,
      closed30d: 0,
      opened90d: 0,
      closed90d: 0,
      allClosed90d: 0,
      lastClosedAt: null,
      improvementShare90d: null,
      validUntil: null,
    });
  });

  it('does not expire for the closing of an ordinary ticket before the 90 days are over', () => {
    const closedAt = NOW - 10 * DAY_MS;
    const ticket: BacklogTicket = {
      improvement: false,
      state: 'done',
      createdAt: NOW - 20 * DAY_MS,
      startedAt: null,
      closedAt,
    };
    expect(backlogOf([ticket], { now: NOW }).validUntil).toBe(
      closedAt + 90 * DAY_MS,
    );
  });
});

describe('nearestRank', () => {
  it.each([
    [[1, 2, 3, 4], 50, 2],
    [[1, 2, 3, 4, 5], 50, 3],
    [[1, 2, 3], 85, 3],
    [[7], 50, 7],
    [Array.from({ length: 20 }, (_, i) => i + 1), 85, 17],
    [[1, 2, 3, 4], 100, 4],
  ])('takes of %j at %d percent the item %d', (items, percent, expected) => {
    expect(nearestRank(items, percent)).toBe(expected);
  });
});
