import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  evaluationDueAt,
  ImprovementQuery,
  ImprovementStage,
  improvementStage,
  improvementStageSchema,
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { testTicket, TestStore } from '../../database/__testUtils__/TestStore';
import { SourceRegistry } from '../../sources';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../../tickets';
import { ServiceTrackers } from '../trackers';
import { ImprovementQueries } from './ImprovementQueries';

const NOW = Date.parse('2026-03-01T12:00:00Z');

const POLICIES: Policy[] = [
  policySchema.parse({ id: 'monthly', evaluation: { within: 'P1M' } }),
  policySchema.parse({ id: 'weekly', evaluation: { within: 'P1W' } }),
  policySchema.parse({ id: 'none' }),
];

const ALL = { kind: 'all' } as const;

const query = (given: Partial<ImprovementQuery> = {}): ImprovementQuery => ({
  limit: 200,
  ...given,
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'ImprovementQueries on %s',
  databaseId => {
    let db: Knex;
    let store: TestStore;
    let queries: ImprovementQueries;
    let scopeId: number;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      store = await TestStore.create(db);
      scopeId = await store.addScope({ key: 'acme', lastSuccessAt: NOW });
      queries = ImprovementQueries.create({
        db,
        policies: POLICIES,
        sourceTitles: new Map(),
        trackers: ServiceTrackers.create({
          sources: SourceRegistry.create({
            ticketSources: [],
            experimentSources: [],
            tolerance: 1,
          }),
        }),
        now: () => NOW,
      });
    });

    async function addService(name: string, policy: string | null = 'none') {
      const id = await store.addService({
        name,
        policy,
        owners: [`group:default/${name}-owners`, 'group:default/everybody'],
      });
      await store.nameScope(id, scopeId);
      await store.recompute([id], { policies: POLICIES });
      return id;
    }

    const addImprovement = (given: {
      id: string;
      service_id: number;
      created_at?: number;
      delivery_state?: string;
      external_id?: string | null;
      alternative_to?: string;
    }) =>
      db('improvements').insert({
        title: given.id,
        description: '',
        filed_by: 'user:default/alice',
        submission_key: given.id,
        submission_hash: '',
        created_at: NOW,
        source_id: 'tracker:test',
        scope_key: 'acme',
        container: 'main',
        all_of: '[]',
        delivery_state: 'filed',
        ticket_key: given.external_id ? `T-${given.external_id}` : null,
        next_attempt_at: NOW,
        ...given,
      });

    const addEvaluation = (given: {
      improvement_id: string;
      verdict: string;
      done_at: number;
      evaluated_at?: number;
    }) =>
      db('evaluations').insert({
        id: `${given.improvement_id}@${given.done_at}`,
        evidence: '[{"title":"Report","url":"https://example.com"}]',
        evaluated_by: 'user:default/bob',
        evaluated_at: NOW,
        still_priority: given.verdict === 'not-met' ? true : null,
        ...given,
      });

    const storeTickets = (...tickets: Parameters<typeof testTicket>[0][]) =>
      db.transaction(tx =>
        TicketStore.create().storePage(tx, {
          sourceId: 'tracker:test',
          scopeId,
          tickets: tickets.map(testTicket),
        }),
      );

    it('finds every stage in the database as the rules have it', async () => {
      const samples = fc.sample(
        fc.record({
          policy: fc.constantFrom('monthly', 'weekly', 'none', null),
          delivery: fc.constantFrom(
            'filed' as const,
            'filed' as const,
            'filed' as const,
            'queued' as const,
            'rejected' as const,
          ),
          ticket: fc.option(
            fc.constantFrom('open', 'in-progress', 'done', 'done', 'done'),
            { freq: 6 },
          ),
          doneAt: fc.oneof(
            fc.integer({ min: NOW - 60 * DAY_MS, max: NOW }),
            // Where months end, and exactly on time.
            fc.constantFrom(
              NOW - 7 * DAY_MS,
              Date.parse('2026-02-01T12:00:00Z'),
              Date.parse('2026-02-01T12:00:00.001Z'),
              Date.parse('2026-01-31T23:00:00Z'),
            ),
          ),
          verdict: fc.option(
            fc.constantFrom(
              'met' as const,
              'not-met' as const,
              'inconclusive' as const,
            ),
            { freq: 3 },
          ),
          isPast: fc.boolean(),
        }),
        { numRuns: 150, seed: 7 },
      );
      const services = new Map<string | null, number>();
      for (const policy of ['monthly', 'weekly', 'none', null]) {
        services.set(policy, await addService(`of-${policy}`, policy));
      }
      const expected: [string, ImprovementStage][] = [];
      for (const [n, sample] of samples.entries()) {
        const { delivery, doneAt, isPast, policy, ticket, verdict } = sample;
        const id = `i${n}`;
        const externalId = delivery === 'filed' ? String(n) : null;
        const closedAt = ticket === 'done' ? doneAt : null;
        if (ticket && externalId) {
          await storeTickets({
            externalId,
            state: ticket as 'open' | 'in-progress' | 'done',
            closedAt,
          });
        }
        await addImprovement({
          id,
          service_id: services.get(policy)!,
          delivery_state: delivery,
          external_id: externalId,
        });
        if (verdict) {
          await addEvaluation({
            improvement_id: id,
            verdict,
            done_at: isPast ? doneAt - 1 : doneAt,
          });
        }
        expected.push([
          id,
          improvementStage(
            {
              delivery,
              ticket: ticket
                ? { state: ticket as 'open' | 'in-progress' | 'done', closedAt }
                : null,
              verdict: isPast ? null : verdict,
              evaluationDueAt: evaluationDueAt(
                closedAt,
                POLICIES.find(each => each.id === policy),
              ),
            },
            NOW,
          ),
        ]);
      }
      expect(new Set(expected.map(([, stage]) => stage)).size).toBe(
        improvementStageSchema.options.length,
      );

      const { items } = await queries.list(query(), ALL);
      expect(new Map(items.map(({ id, stage }) => [id, stage]))).toEqual(
        new Map(expected),
      );
      for (const stage of improvementStageSchema.options) {
        const found = await queries.list(query({ stage: [stage] }), ALL);
        const wanted = expected.filter(([, of]) => of === stage);
        expect([stage, found.items.map(({ id }) => id).sort()]).toEqual([
          stage,
          wanted.map(([id]) => id).sort(),
        ]);
        expect(found.totalItems).toBe(wanted.length);
      }
    });

    it('leaves "done" when the ticket is reopened, and keeps what was judged', async () => {
      const service = await addService('payments', 'weekly');
      const closedAt = NOW - 2 * DAY_MS;
      await storeTickets({ externalId: '1', state: 'done', closedAt });
      await addImprovement({ id: 'a', service_id: service, external_id: '1' });
      await addEvaluation({
        improvement_id: 'a',
        verdict: 'not-met',
        done_at: closedAt,
      });
      expect(await queries.get('a', ALL)).toMatchObject({
        stage: 'not-met',
        doneAt: '2026-02-27T12:00:00.000Z',
        evaluationDueAt: '2026-03-06T12:00:00.000Z',
        evaluation: {
          verdict: 'not-met',
          stillPriority: true,
          evidence: [{ title: 'Report', url: 'https://example.com' }],
        },
        pastEvaluations: [],
      });

      await storeTickets({ externalId: '1', state: 'open', updatedAt: NOW });
      expect(await queries.get('a', ALL)).toMatchObject({
        stage: 'open',
        doneAt: null,
        evaluation: null,
        pastEvaluations: [{ verdict: 'not-met' }],
      });

      await storeTickets({
        externalId: '1',
        state: 'done',
        closedAt: NOW - DAY_MS,
        updatedAt: NOW,
      });
      expect(await queries.get('a', ALL)).toMatchObject({
        stage: 'evaluation-due',
        evaluation: null,
        pastEvaluations: [{ verdict: 'not-met' }],
      });
    });

    it('shows a chain with all its branches, and nothing of others', async () => {
      const service = await addService('payments');
      await addImprovement({ id: 'root', service_id: service });
      for (const [id, to] of [
        ['left', 'root'],
        ['right', 'root'],
        ['leaf', 'right'],
      ]) {
        await addImprovement({ id, service_id: service, alternative_to: to });
      }
      await addImprovement({ id: 'other', service_id: service });
      for (const id of ['root', 'left', 'right', 'leaf']) {
        const detail = await queries.get(id, ALL);
        expect(detail?.chain.map(each => each.id)).toEqual([
          'root',
          'left',
          'right',
          'leaf',
        ]);
      }
      expect((await queries.get('right', ALL))?.alternatives).toEqual(['leaf']);
      expect((await queries.get('other', ALL))?.chain).toHaveLength(1);
      const { items } = await queries.list(query(), ALL);
      expect(items.find(({ id }) => id === 'root')?.alternatives).toEqual([
        'left',
        'right',
      ]);
    });

    it('shows nothing of services that are hidden, or left the catalog', async () => {
      const shown = await addService('shown');
      const hidden = await addService('hidden');
      const removed = await addService('removed');
      await addImprovement({ id: 'shown', service_id: shown });
      await addImprovement({ id: 'hidden', service_id: hidden });
      await addImprovement({ id: 'removed', service_id: removed });
      await db('services').where({ id: removed }).update({ removed_at: NOW });
      await store.recompute([removed]);

      const visible = {
        kind: 'only' as const,
        entityRefs: new Set(['component:default/shown']),
      };
      const page = await queries.list(query(), visible);
      expect(page.items.map(({ id }) => id)).toEqual(['shown']);
      expect(page.totalItems).toBe(1);
      expect(await queries.get('hidden', visible)).toBeUndefined();
      expect(await queries.get('removed', ALL)).toBeUndefined();
      expect(await queries.get("' or 1 = 1 --\0", ALL)).toBeUndefined();
    });

    it.each([
      [{ owner: ['group:default/a-owners'] }, ['of-a']],
      [{ owner: ['Group:Default/Everybody'] }, ['of-b', 'of-a']],
      [{ owner: ['group:default/nobody'] }, []],
      [{ entityRef: ['Component:default/b'] }, ['of-b']],
      [{ delivery: ['queued' as const] }, []],
    ])('filters by %j', async (given, ids) => {
      const [a, b] = [await addService('a'), await addService('b')];
      await addImprovement({ id: 'of-a', service_id: a });
      await addImprovement({ id: 'of-b', service_id: b });
      const page = await queries.list(query(given), ALL);
      expect(page.items.map(({ id }) => id)).toEqual(ids);
      expect(page.totalItems).toBe(ids.length);
    });

    it('pages through improvements of the same instant', async () => {
      const service = await addService('payments');
      const ids = Array.from({ length: 7 }, (_, n) => `i${n}`);
      for (const [n, id] of ids.entries()) {
        await addImprovement({
          id,
          service_id: service,
          created_at: NOW + Math.floor(n / 4),
        });
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await queries.list(query({ limit: 2, cursor }), ALL);
        seen.push(...page.items.map(({ id }) => id));
        expect(page.totalItems).toBe(7);
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual([...ids].reverse());
      await expect(
        queries.list(query({ cursor: 'nonsense' }), ALL),
      ).rejects.toThrow('The cursor is not one that this list gave');
    });

    it('asks the same number of questions whatever the number of improvements', async () => {
      const service = await addService('payments', 'weekly');
      const asked: string[] = [];
      db.on('query', ({ sql }) => asked.push(sql));
      const count = async () => {
        asked.length = 0;
        await queries.list(query({ stage: ['gone', 'filing'] }), ALL);
        return asked.length;
      };
      await addImprovement({ id: 'first', service_id: service });
      const few = await count();
      for (let n = 0; n < 30; n++) {
        await addImprovement({ id: `i${n}`, service_id: service });
      }
      expect(await count()).toBe(few);
      expect(few).toBe(3);
      db.removeAllListeners('query');
    });
  },
);
