import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  policySchema,
  serviceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { testTicket, TestStore } from '../database/__testUtils__/TestStore';
import { ServiceQueries } from '../services';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { StatusUpdater } from './StatusUpdater';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const START = Date.parse('2026-01-01T00:00:00Z');
const SCOPES = ['north', 'south'];
const CONTAINERS = ['main', 'side'];
const FACETS = ['ops', 'web'];
const policy = policySchema.parse({ id: 'p', backlog: { maxAge: 'P60D' } });

/** What each service asks for: a scope, a container, facets. */
const MATCHERS: [service: number, scope: number, string, string[]][] = [
  [0, 0, 'main', []],
  [0, 1, 'main', ['ops']],
  [1, 0, 'main', ['web']],
  [1, 0, 'side', ['ops', 'web']],
  [2, 1, 'side', []],
  [2, 1, 'main', ['web']],
  // Matches much of what the one before does.
  [2, 1, 'main', []],
];

/** Where a ticket is. */
interface Place {
  scope: number;
  container: string;
  facets: string[];
}

interface TrackedTicket extends Ticket, Place {}

const place: fc.Arbitrary<Place> = fc.record({
  scope: fc.nat({ max: SCOPES.length - 1 }),
  container: fc.constantFrom(...CONTAINERS),
  facets: fc.subarray(FACETS),
});

const passed = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.integer({ min: 1, max: 40 }).map(days => days * DAY_MS),
);

/** How long nothing happens at the end: at times until all closings are old. */
const quiet = fc.oneof(
  passed,
  fc.integer({ min: 90, max: 100 }).map(days => days * DAY_MS),
);

const event = fc.record({
  passed,
  ticket: fc.nat({ max: 7 }),
  act: fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('start', 'close', 'reopen', 'delete', 'relabel'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('move' as const), to: place }),
    },
  ),
  place,
  improvement: fc.boolean(),
  /** Whether what has changed is read afterwards, and how. */
  read: fc.option(
    fc.record({
      seed: fc.integer(),
      stale: fc.boolean(),
      pageSize: fc.integer({ min: 1, max: 4 }),
    }),
    { nil: undefined },
  ),
});

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** A tracker of which any moment can be read, late ones included. */
class History {
  now = START;
  /** By number; a deleted one is gone. */
  readonly tickets = new Map<number, TrackedTicket>();
  readonly #versions: TrackedTicket[] = [];
  #unread: { scope: number; version?: TrackedTicket; gone?: string }[] = [];
  #created = 0;

  happen({ act, improvement, passed: time, place: at, ticket: nth }: Event) {
    this.now += time;
    const numbers = [...this.tickets.keys()];
    const number = numbers[nth % numbers.length];
    const ticket = this.tickets.get(number);
    if (act.do === 'create' || !ticket) {
      const externalId = String((this.#created += 1));
      const created = testTicket({ externalId, createdAt: this.now });
      this.#change(this.#created, { ...created, ...at, improvement });
      return;
    }
    switch (act.do) {
      case 'start':
        this.#change(number, {
          ...ticket,
          state: 'in-progress',
          startedAt: ticket.startedAt ?? this.now,
          closedAt: null,
        });
        break;
      case 'close':
        this.#change(number, { ...ticket, state: 'done', closedAt: this.now });
        break;
      case 'reopen':
        this.#change(number, { ...ticket, state: 'open', closedAt: null });
        break;
      case 'relabel':
        this.#change(number, { ...ticket, improvement: !ticket.improvement });
        break;
      case 'delete':
        this.tickets.delete(number);
        this.#unread.push({ scope: ticket.scope, gone: ticket.externalId });
        break;
      default:
        if ('to' in act && act.to.scope !== ticket.scope) {
          this.#unread.push({ scope: ticket.scope, gone: ticket.externalId });
        }
        if ('to' in act) this.#change(number, { ...ticket, ...act.to });
    }
  }

  #change(number: number, ticket: TrackedTicket) {
    const version = { ...ticket, updatedAt: this.now };
    this.tickets.set(number, version);
    this.#versions.push(version);
    this.#unread.push({ scope: version.scope, version });
  }

  /**
   * Pages of what was not read yet, in any order. As trackers are read with an
   * overlap, a page may repeat a version that was read before.
   */
  *read(options: { seed: number; stale: boolean; pageSize: number }) {
    let { seed } = options;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) % 2147483648;
      return Math.abs(seed) % below;
    };
    const unread = this.#unread;
    this.#unread = [];
    while (unread.length) {
      const [first] = unread.splice(random(unread.length), 1);
      const items = [first];
      for (let n = 1; n < options.pageSize; n++) {
        const next = unread.findIndex(({ scope }) => scope === first.scope);
        if (next >= 0) items.push(...unread.splice(next, 1));
      }
      const tickets: Ticket[] = [];
      for (const { version } of items) {
        // Of what was deleted meanwhile, no tracker tells.
        if (version && this.#exists(version)) tickets.push(version);
      }
      if (options.stale && this.#versions.length) {
        const old = this.#versions[random(this.#versions.length)];
        if (old.scope === first.scope && this.#exists(old)) {
          tickets.unshift(old);
        }
      }
      const removed: string[] = [];
      for (const { gone, scope } of items) {
        const isBack = [...this.tickets.values()].some(
          ticket => ticket.externalId === gone && ticket.scope === scope,
        );
        if (gone !== undefined && !isBack) removed.push(gone);
      }
      yield { scope: first.scope, tickets, removed };
    }
  }

  #exists({ externalId }: Ticket) {
    return this.tickets.has(Number(externalId));
  }
}

/** Since when some wait and none was closed, if that is so for 90 days. */
function naiveStarvedSince(
  open: Ticket[],
  improvements: Ticket[],
  now: number,
): number | undefined {
  const closings = improvements.flatMap(({ closedAt }) => closedAt ?? []);
  const last = Math.max(...closings);
  if (!open.length || now - last < 90 * DAY_MS) return undefined;
  return Math.max(last, Math.min(...open.map(({ createdAt }) => createdAt)));
}

/** The figures of a service from all tickets, by the words of the rules. */
function naiveFigures(service: number, history: History) {
  const { now } = history;
  const mine = [...history.tickets.values()].filter(ticket =>
    MATCHERS.some(
      ([of, scope, container, facets]) =>
        of === service &&
        scope === ticket.scope &&
        container === ticket.container &&
        facets.every(facet => ticket.facets.includes(facet)),
    ),
  );
  const improvements = mine.filter(ticket => ticket.improvement);
  const open = improvements.filter(ticket => ticket.state !== 'done');
  const within = (days: number, at: number | null) =>
    at !== null && now - at < days * DAY_MS;
  const created = open.map(ticket => ticket.createdAt).sort((a, b) => a - b);
  const iso = (at: number | undefined) =>
    at === undefined ? null : new Date(at).toISOString();
  /** The creation that at least the share of ages is not longer than. */
  const percentile = (share: number) =>
    iso(
      [...created]
        .reverse()
        .find(
          at =>
            created.filter(other => other >= at).length >= share * open.length,
        ),
    );
  const closed = (days: number, of: Ticket[]) =>
    of.filter(ticket => within(days, ticket.closedAt)).length;
  const dueAt = created.length ? created[0] + 60 * DAY_MS : null;
  const started = open
    .map(ticket => ticket.startedAt)
    .filter(at => at !== null)
    .sort((a, b) => a - b);
  let state = 'ok';
  if (dueAt !== null && dueAt < now) state = 'overdue';
  else if (dueAt !== null && dueAt - 14 * DAY_MS <= now) state = 'due-soon';

  return {
    state,
    openCount: open.length,
    oldestCreatedAt: iso(created[0]),
    medianCreatedAt: percentile(0.5),
    p85CreatedAt: percentile(0.85),
    oldestStartedAt: iso(started[0]),
    opened30d: improvements.filter(({ createdAt }) => within(30, createdAt))
      .length,
    closed30d: closed(30, improvements),
    opened90d: improvements.filter(({ createdAt }) => within(90, createdAt))
      .length,
    closed90d: closed(90, improvements),
    starvedSince: iso(naiveStarvedSince(open, improvements, now)),
    improvementShare90d: closed(90, mine)
      ? closed(90, improvements) / closed(90, mine)
      : null,
    dueAt: iso(dueAt ?? undefined),
  };
}

describe.each(databases.eachSupportedId())('figures on %s', databaseId => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  async function prepare() {
    await emptyDatabase(db);
    const store = await TestStore.create(db);
    const services: number[] = [];
    for (let n = 0; n < 3; n++) {
      services.push(await store.addService({ name: `s${n}`, policy: 'p' }));
    }
    const scopes: number[] = [];
    for (const key of SCOPES) {
      const toleranceMs = 4e12;
      scopes.push(
        await store.addScope({ key, lastSuccessAt: START, toleranceMs }),
      );
    }
    for (const [service, scope, container, allOf] of MATCHERS) {
      await store.nameScope(services[service], scopes[scope], {
        container,
        allOf,
      });
    }
    return { services, scopes };
  }

  it('equal those from the raw tickets, after any history', async () => {
    let open = 0;
    let everStarved = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        quiet,
        async (events, nothingFor) => {
          const { scopes, services } = await prepare();
          const history = new History();
          const options = {
            policies: [policy],
            experimentSourceIds: [],
            now: () => history.now,
          };
          const status = StatusUpdater.create(options);
          const tickets = TicketStore.create();
          const read = async (how: NonNullable<Event['read']>) => {
            for (const { scope, ...page } of history.read(how)) {
              await db.transaction(async tx => {
                const touched = await tickets.storePage(tx, {
                  sourceId: 'tracker:test',
                  scopeId: scopes[scope],
                  ...page,
                });
                await status.recompute(tx, touched);
              });
            }
          };
          await status.recomputeAll(db);
          for (const each of events) {
            history.happen(each);
            if (each.read) await read(each.read);
          }
          await read({ seed: 1, stale: false, pageSize: 3 });
          history.now += nothingFor;

          const expected = services.map((_, n) => naiveFigures(n, history));
          const queries = ServiceQueries.create({ db, ...options });
          const listed = async () =>
            (
              await queries.list(serviceQuerySchema.parse({ sort: 'title' }), {
                kind: 'all',
              })
            ).items.map(({ backlog }) => backlog);

          // As they are read, although time has passed since they were stored.
          expect(await listed()).toMatchObject(expected);
          const { items: starved } = await queries.list(
            serviceQuerySchema.parse({ sort: 'title', starved: 'true' }),
            { kind: 'all' },
          );
          const { items: others } = await queries.list(
            serviceQuerySchema.parse({ sort: 'title', starved: 'false' }),
            { kind: 'all' },
          );
          expect(starved.map(({ backlog }) => backlog)).toMatchObject(
            expected.filter(({ starvedSince }) => starvedSince !== null),
          );
          expect(others).toHaveLength(expected.length - starved.length);
          // And as they are stored, once that was noticed.
          await status.recomputeExpired(db, 10);
          expect(await listed()).toMatchObject(expected);
          open += expected.filter(({ openCount }) => openCount > 1).length;
          everStarved += starved.length;
        },
      ),
      { numRuns: 100 },
    );
    expect(open).toBeGreaterThan(0);
    expect(everStarved).toBeGreaterThan(0);
  }, 180_000);
});
