import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonArray, JsonObject } from '@backstage/types';
import {
  Exercise,
  ExerciseDetail,
  ImportResult,
  Page,
  Service,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  deny,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const IMPORT = 'operational-excellence.record.import';
const ENTITIES = [component('payments'), component('search')];
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');

const HEADER =
  'externalId,kind,title,services,start,end,outcome,facilitator,hypothesis,surprises';

const FILE = `${HEADER}
GD-1,game-day,Lose a zone,${PAYMENTS};${SEARCH},2026-03-01T08:00:00Z,2026-03-01T10:00:00+01:00,hypothesis-held,Alice,"Orders, too, go through",
GD-2,tabletop,"Lose the ""DNS""",search,2026-04-01T08:00:00Z,2026-04-01T09:00:00Z,,,,
`;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'imports of exercises on %s',
  databaseId => {
    const auditEvent = { success: jest.fn(), fail: jest.fn() };
    const auditor = mockServices.auditor.mock();
    const policy = new FakePolicy(() => allow);
    let db: Knex;
    let api: DocumentedApi;
    let stop: () => Promise<void>;

    beforeAll(async () => {
      auditor.createEvent.mockResolvedValue(auditEvent);
      const { catalog } = fakeCatalog({
        entities: ENTITIES,
        readableBy: () => [PAYMENTS, SEARCH],
      });
      db = await databases.init(databaseId);
      ({ api, stop } = await startPlugin({
        auditor,
        catalog,
        db,
        policy,
        sources: [],
      }));
      await eventually(async () => {
        const { status } = await call({
          path: '/services/component/default/search',
        });
        if (status !== 200) throw new Error(`${status}`);
      });
    });

    afterAll(() => stop());

    beforeEach(async () => {
      await db('exercises').delete();
      policy.become(() => allow);
      auditEvent.success.mockClear();
      auditor.createEvent.mockClear();
    });

    function call<T = JsonObject>(request: ApiRequest) {
      return api.call<T>({ authorization: alice, ...request });
    }

    const send = async (
      given: { csv: string } | { body: JsonArray },
      dryRun: 'true' | 'false' = 'false',
    ) =>
      call<ImportResult & { error: { message: string } }>({
        method: 'post',
        path: '/imports/exercises',
        query: { dryRun },
        ...given,
      });

    const list = async () =>
      (await call<Page<Exercise>>({ path: '/exercises' })).body.items;

    const lastOf = async (name: string) =>
      (await call<Service>({ path: `/services/component/default/${name}` }))
        .body.gameDay.lastHeldAt;

    it('tell first what they would do, and then do it once', async () => {
      const would = await send({ csv: FILE }, 'true');
      expect(would.body).toEqual({
        dryRun: true,
        created: 2,
        updated: 0,
        unchanged: 0,
        errors: [],
        errorCount: 0,
      });
      expect(await list()).toEqual([]);

      const did = await send({ csv: FILE });
      expect(did.body).toEqual({ ...would.body, dryRun: false });
      expect(auditEvent.success).toHaveBeenLastCalledWith({
        meta: { created: 2, updated: 0, errorCount: 0 },
      });
      const items = await list();
      expect(items).toMatchObject([
        { title: 'Lose the "DNS"', kind: 'tabletop', outcome: 'completed' },
        {
          title: 'Lose a zone',
          state: 'held',
          startedAt: '2026-03-01T08:00:00.000Z',
          endedAt: '2026-03-01T09:00:00.000Z',
          outcome: 'hypothesis-held',
          facilitator: 'Alice',
          approvalState: 'not-required',
          services: [{ entityRef: PAYMENTS }, { entityRef: SEARCH }],
        },
      ]);
      expect(await lastOf('payments')).toBe('2026-03-01T08:00:00.000Z');
      expect(await lastOf('search')).toBe('2026-03-01T08:00:00.000Z');

      expect((await send({ csv: FILE })).body).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: 2,
      });
      expect(await list()).toEqual(items);
    });

    it('change only what differs', async () => {
      await send({ csv: FILE });
      const [, { id }] = await list();
      const patched = await call<ExerciseDetail>({
        method: 'patch',
        path: `/exercises/${id}`,
        body: { version: 1, surprises: 'DNS', blastRadius: 'One zone' },
      });
      const result = await send({
        body: [
          {
            externalId: 'GD-1',
            kind: 'game-day',
            title: 'Lose a whole zone',
            services: [SEARCH],
            start: '2026-03-02T08:00:00Z',
            end: '2026-03-02T10:00:00Z',
          },
        ],
      });
      expect(result.body).toMatchObject({ created: 0, updated: 1, errors: [] });
      const { body } = await call<ExerciseDetail>({ path: `/exercises/${id}` });
      expect(body).toEqual({
        ...patched.body,
        version: 3,
        title: 'Lose a whole zone',
        services: [{ entityRef: SEARCH, title: 'search' }],
        startedAt: '2026-03-02T08:00:00.000Z',
        endedAt: '2026-03-02T10:00:00.000Z',
        updatedAt: expect.any(String),
      });
      expect(await lastOf('payments')).toBeNull();
      expect(await lastOf('search')).toBe('2026-03-02T08:00:00.000Z');
    });

    it('say what is wrong on which line, and then do nothing', async () => {
      const later = toIsoInstant(Date.now() + 3_600_000);
      const csv = `${HEADER}
GD-1,game-day,Fine,${PAYMENTS},2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,,,,
GD-1,game-day,Twice,${PAYMENTS},2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,,,,
GD-3,party,Kind,${PAYMENTS},2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,,,,
GD-4,game-day,Times,${PAYMENTS},2026-03-01T08:00:00Z,2026-03-01T07:00:00Z,,,,
GD-5,game-day,Future,${PAYMENTS},2026-03-01T08:00:00Z,${later},,,,
GD-6,game-day,Services,payments;nothing;::,2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,,,,
,game-day,No id,${PAYMENTS},2026-03-01,2026-03-01T10:00:00Z,great,,,
short
`;
      for (const dryRun of ['true', 'false'] as const) {
        const { body, status } = await send({ csv }, dryRun);
        expect(status).toBe(200);
        expect(body).toMatchObject({ created: 0, updated: 0, unchanged: 0 });
        expect(
          body.errors.map(({ field, line, message }) => [line, field, message]),
        ).toEqual([
          [3, 'externalId', 'line 2 has the same one'],
          [4, 'kind', expect.stringContaining('given "party"')],
          [
            5,
            'end',
            'end 2026-03-01T07:00:00.000Z is before start 2026-03-01T08:00:00.000Z',
          ],
          [6, 'end', expect.stringMatching(/^end .* is in the future$/)],
          [7, 'services', expect.stringContaining('no service nothing')],
          [7, 'services', expect.stringContaining('no service ::')],
          [8, 'externalId', 'expected a value'],
          [8, 'start', expect.stringContaining('ISO 8601 instant')],
          [8, 'outcome', expect.stringContaining('given "great"')],
          [9, null, expect.stringContaining('expected 10 columns')],
        ]);
        expect(body.errorCount).toBe(10);
      }
      expect(await list()).toEqual([]);
    });

    it('do not double what two bring at once', async () => {
      const results = await Promise.all([
        send({ csv: FILE }),
        send({ csv: FILE }),
      ]);
      expect(
        results.map(({ body }) => [body.created, body.unchanged]).sort(),
      ).toEqual([
        [0, 2],
        [2, 0],
      ]);
      expect(await list()).toHaveLength(2);
    });

    it('take many, and tell where it is too much', async () => {
      const lines = (count: number) =>
        Array.from(
          { length: count },
          (_, n) =>
            `GD-${n},game-day,Number ${n},payments;search,2026-03-01T08:00:00Z,2026-03-01T10:00:00Z,,,,`,
        ).join('\n');
      const csv = `${HEADER}\n${lines(2_000)}`;
      expect((await send({ csv })).body).toMatchObject({ created: 2_000 });
      expect((await send({ csv })).body).toMatchObject({ unchanged: 2_000 });
      const tooMany = await send({ csv: `${HEADER}\n${lines(10_001)}` });
      expect([tooMany.status, tooMany.body.error.message]).toEqual([
        400,
        expect.stringContaining('10000 at most'),
      ]);
      const tooLarge = await send({
        csv: `${HEADER}\n${'x'.repeat(5 * 1024 * 1024)}`,
      });
      expect(tooLarge.status).toBe(413);
    }, 120_000);

    it('are for those who may', async () => {
      policy.become(permission => (permission === IMPORT ? deny : allow));
      expect((await send({ csv: FILE })).status).toBe(403);
      expect(await list()).toEqual([]);
    });
  },
);
