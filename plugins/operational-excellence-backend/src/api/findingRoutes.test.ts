import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  Finding,
  Improvement,
  LessonPage,
  Page,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { ANNOTATION_FAKE_PROJECT } from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { testExperiment } from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { FindingStore } from '../findings';
import { ScriptedTracker } from '../improvements/__testUtils__/ScriptedTracker';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  deny,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const MANAGE = 'operational-excellence.exercise.manage';
const PERFORM = 'operational-excellence.readiness-test.perform';
const FILE = 'operational-excellence.improvement.create';

const service = (name: string) =>
  component(name, {
    metadata: {
      name,
      namespace: 'default',
      title: `The ${name}`,
      annotations: { [ANNOTATION_FAKE_PROJECT]: 'acme' },
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  });

const ENTITIES = [
  service('payments'),
  service('search'),
  component('team', { kind: 'Group' }),
];
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');
const carol = mockCredentials.user.header('user:default/carol');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = Finding & { error: { message: string } };

jest.setTimeout(30_000);

describe.each(databases.eachSupportedId())('findings on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  const tracker = ScriptedTracker.create();
  let db: Knex;
  let api: DocumentedApi;
  let stop: () => Promise<void>;
  let serviceIds: Map<string, number>;

  /** Everybody may do everything; bob sees only search. */
  const usual = (permission: string, caller: string) =>
    permission === 'catalog.entity.read' && caller === 'user:default/bob'
      ? conditional()
      : allow;

  const call = <T = JsonObject>(request: ApiRequest) =>
    api.call<T>({ authorization: alice, ...request });

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob'
          ? [SEARCH]
          : ENTITIES.map(entity => stringifyEntityRef(entity)),
    });
    db = await databases.init(databaseId);
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      db,
      policy,
      sources: [tracker],
      config: {
        policies: [{ id: 'all', exercise: { retestWithin: 'P30D' } }],
      },
    }));
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/payments',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
    const rows = await db('services').select('id', 'entity_ref');
    serviceIds = new Map(rows.map(row => [row.entity_ref, row.id]));
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('finding_retests').delete();
    await db('finding_tags').delete();
    await db('findings').delete();
    await db('exercise_services').delete();
    await db('exercises').delete();
    await addExercise('day', [PAYMENTS, SEARCH], { title: 'Loss of a zone' });
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  async function addExercise(
    id: string,
    entityRefs: string[],
    given: {
      kind?: string;
      state?: string;
      started_at?: number | null;
      title?: string;
    } = {},
  ) {
    const by = 'user:default/alice';
    await db('exercises').insert({
      id,
      kind: 'game-day',
      title: `Exercise ${id}`,
      search_text: id,
      state: 'held',
      planned_start: 1,
      planned_end: 2,
      started_at: 1,
      ended_at: null,
      starts_at: 1,
      ends_at: 2,
      roles: '[]',
      stop_conditions: '[]',
      rollback_tried: false,
      prerequisites: '[]',
      plan_hash: '',
      created_by: by,
      created_at: 1,
      updated_by: by,
      updated_at: 1,
      version: 1,
      ...given,
    });
    for (const entityRef of entityRefs) {
      await db('exercise_services').insert({
        exercise_id: id,
        service_id: serviceIds.get(entityRef),
      });
    }
  }

  const submission = (given: JsonObject = {}) => ({
    key: randomUUID(),
    entityRef: PAYMENTS,
    exerciseId: 'day',
    severity: 'high',
    text: 'The alarm came *late*',
    lesson: 'Alarm on symptoms',
    tags: ['Alarms', 'zone'],
    ...given,
  });

  const create = (given: JsonObject = {}, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: '/findings',
      authorization,
      body: submission(given),
    });

  const change = (id: string, body: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'patch',
      path: `/findings/${id}`,
      authorization,
      body,
    });

  const retest = (id: string, given: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: `/findings/${id}/retests`,
      authorization,
      body: { key: randomUUID(), result: 'fixed', ...given },
    });

  const file = (findingId: string, given: JsonObject = {}, by = alice) =>
    call<Improvement & { error: { message: string } }>({
      method: 'post',
      path: '/improvements',
      authorization: by,
      body: {
        key: randomUUID(),
        entityRef: PAYMENTS,
        title: 'Alarm on symptoms',
        description: '',
        goal: null,
        priority: null,
        origin: null,
        findingId,
        ...given,
      },
    });

  const get = async (id: string) =>
    (await call<Finding>({ path: `/findings/${id}` })).body;

  const setTicket = (key: string, state: string, closedAt: number | null) =>
    db('tickets').where({ key }).update({ state, closed_at: closedAt });

  it('go from the exercise to an improvement, to a re-test, to their end', async () => {
    const body = submission();
    const created = await call<Answer>({
      method: 'post',
      path: '/findings',
      body,
    });
    expect(created).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        version: 1,
        entityRef: PAYMENTS,
        entityTitle: 'The payments',
        origin: {
          kind: 'game-day',
          id: 'day',
          title: 'Loss of a zone',
          itemId: null,
        },
        severity: 'high',
        text: 'The alarm came *late*',
        lesson: 'Alarm on symptoms',
        tags: ['alarms', 'zone'],
        retestBy: expect.any(String),
        stage: 'open',
        improvement: null,
        retests: [],
        closedAt: null,
        createdBy: 'user:default/alice',
        createdAt: expect.any(String),
        updatedBy: 'user:default/alice',
        updatedAt: expect.any(String),
      },
    });
    const { createdAt, id, retestBy } = created.body;
    expect(Date.parse(retestBy!) - Date.parse(createdAt)).toBe(30 * DAY_MS);
    // Once more with its key is the same one.
    expect(
      await call<Answer>({ method: 'post', path: '/findings', body }),
    ).toEqual({ status: 200, body: created.body });
    const other = await call<Answer>({
      method: 'post',
      path: '/findings',
      body: { ...body, text: 'Something else' },
    });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/^The key was already used/);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'finding-create',
        meta: {
          entityRef: PAYMENTS,
          exerciseId: 'day',
          readinessTestId: null,
        },
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledWith({ meta: { id } });

    const url = 'https://portal.example/day';
    const filed = await file(id, { origin: { kind: 'other', url } });
    expect(filed.status).toBe(201);
    expect(filed.body.origin).toEqual({ kind: 'game-day', url });
    const improving = await get(id);
    expect(improving).toMatchObject({
      version: 2,
      stage: 'improving',
      improvement: {
        id: filed.body.id,
        title: 'Alarm on symptoms',
        stage: 'open',
        ticketKey: filed.body.ticket?.key,
      },
    });

    const { key } = filed.body.ticket!;
    const doneAt = Date.now() + 1_000;
    await setTicket(key, 'done', doneAt);
    expect((await get(id)).stage).toBe('retest-due');
    await addExercise('later', [PAYMENTS], { started_at: doneAt + 1_000 });
    const by = { kind: 'exercise', id: 'later' };
    const retestKey = randomUUID();
    const closed = await retest(id, { key: retestKey, by, note: 'In seconds' });
    expect(closed.status).toBe(201);
    expect(closed.body).toMatchObject({
      stage: 'closed',
      closedAt: toIsoInstant(doneAt + 1_000),
      retests: [
        {
          kind: 'exercise',
          byId: 'later',
          title: 'Exercise later',
          result: 'fixed',
          note: 'In seconds',
          recordedBy: 'user:default/alice',
        },
      ],
    });
    expect(
      await retest(id, { key: retestKey, by, note: 'In seconds' }),
    ).toEqual({ status: 200, body: closed.body });
    expect(
      (await retest(id, { key: retestKey, by, result: 'not-fixed' })).status,
    ).toBe(409);

    // The improvement is reopened: nothing is closed any more.
    await setTicket(key, 'open', null);
    expect(await get(id)).toMatchObject({ stage: 'improving', closedAt: null });
  });

  it('are not changed over what somebody else wrote', async () => {
    const { body: finding } = await create();
    const { id } = finding;
    const first = await change(id, { version: 1, severity: 'low' }, carol);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      version: 2,
      severity: 'low',
      text: finding.text,
      lesson: finding.lesson,
      tags: finding.tags,
      retestBy: finding.retestBy,
      updatedBy: 'user:default/carol',
    });
    const second = await change(id, { version: 1, text: 'Mine' });
    expect(second.status).toBe(409);
    expect(second.body.error.message).toBe(
      `The finding was changed in between, by user:default/carol at ${first.body.updatedAt}; load it again, and make your changes to that version`,
    );
    expect(await get(id)).toEqual(first.body);

    // Of two at once, one is told.
    const both = await Promise.all([
      change(id, { version: 2, text: 'Of alice', lesson: null, tags: [] }),
      change(id, { version: 2, text: 'Of carol', tags: ['x'] }, carol),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const stored = both.find(({ status }) => status === 200)!.body;
    expect(await get(id)).toEqual(stored);
  });

  it('keep a re-test that is over, and take none that is past', async () => {
    const { body: finding } = await create();
    await db('findings').update({ retest_by: 5 });
    const retestBy = '1970-01-01T00:00:00.005Z';
    const same = await change(finding.id, { version: 1, retestBy });
    expect(same).toMatchObject({ status: 200, body: { retestBy } });
    for (const answer of [
      await change(finding.id, {
        version: 2,
        retestBy: '1970-01-01T00:00:00.006Z',
      }),
      await create({ retestBy: '2020-01-01T00:00:00.000Z' }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(
        /^Invalid body property retestBy: expected an instant in the future/,
      );
    }
    const none = await change(finding.id, { version: 2, retestBy: null });
    expect(none.body.retestBy).toBeNull();
  });

  it('have one improvement under way at a time', async () => {
    const { body: finding } = await create();
    const both = await Promise.all([file(finding.id), file(finding.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const filed = both.find(({ status }) => status === 201)!.body;
    const refused = both.find(({ status }) => status === 409)!.body;
    expect(refused.error.message).toMatch(
      /^For this finding, user:default\/alice filed an improvement already/,
    );
    // What was refused is not stored.
    const rows = await db('improvements').where({ title: filed.title });
    const linked = await db('findings').pluck('improvement_id');
    expect(linked).toEqual([filed.id]);
    expect(rows.filter(row => row.origin).length).toBeGreaterThan(0);
    expect(
      await db('improvements')
        .whereNotIn('id', [filed.id])
        .where('created_at', '>=', Date.parse(finding.createdAt)),
    ).toEqual([]);

    // Once it is done and did not help, there may be another one.
    await setTicket(filed.ticket!.key, 'done', Date.now());
    const another = await file(finding.id, { title: 'Another way' });
    expect(another.status).toBe(201);
    expect((await get(finding.id)).improvement?.title).toBe('Another way');
  });

  it('are tied to improvements of their own service only', async () => {
    const { body: finding } = await create();
    const { body: ofSearch } = await create({ entityRef: SEARCH });
    for (const answer of [
      await file(ofSearch.id),
      await file('nope'),
      await file(finding.id, { entityRef: SEARCH }),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body.error.message).toMatch(/^The service has no finding /);
    }
    expect(await db('findings').whereNotNull('improvement_id')).toEqual([]);

    const { body: improvement } = await file(ofSearch.id, {
      entityRef: SEARCH,
    });
    const { id: improvementId } = improvement;
    const notIts = await change(finding.id, { version: 1, improvementId });
    expect(notIts.status).toBe(404);
    const its = await change(ofSearch.id, { version: 2, improvementId: null });
    expect(its.body).toMatchObject({ version: 3, improvement: null });
    const again = await change(ofSearch.id, { version: 3, improvementId });
    expect(again.body.improvement?.id).toBe(improvementId);
  });

  it('are re-tested by what was held later, of their own service', async () => {
    const { body: finding } = await create();
    const later = Date.now() + DAY_MS;
    await addExercise('planned', [PAYMENTS], {
      state: 'planned',
      started_at: null,
    });
    await addExercise('earlier', [PAYMENTS], { started_at: 5 });
    await addExercise('of-search', [SEARCH], { started_at: later });
    const scope = await db('scopes').first('id');
    await db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId: 'aws-fis:test',
        scopeId: scope.id,
        experiments: [
          testExperiment({
            externalId: 'EXP-ran',
            startedAt: later,
            entityRefs: [PAYMENTS],
          }),
          testExperiment({
            externalId: 'EXP-dry',
            startedAt: later,
            dryRun: true,
            entityRefs: [PAYMENTS],
          }),
          testExperiment({
            externalId: 'EXP-other',
            startedAt: later,
            entityRefs: [SEARCH],
          }),
        ],
      }),
    );
    const experiment = (id: string) => ({
      kind: 'experiment',
      sourceId: 'aws-fis:test',
      id,
    });
    for (const [by, status, message] of [
      [{ kind: 'exercise', id: 'day' }, 400, /cannot test it again/],
      [{ kind: 'exercise', id: 'planned' }, 400, /the exercise is planned/],
      [{ kind: 'exercise', id: 'earlier' }, 400, /only a later one/],
      [{ kind: 'exercise', id: 'of-search' }, 404, /of the same service/],
      [{ kind: 'exercise', id: 'nope\u0000' }, 404, /of the same service/],
      [experiment('EXP-dry'), 400, /was a dry run/],
      [experiment('EXP-other'), 404, /another service or account/],
    ] as const) {
      const { body, status: given } = await retest(finding.id, { by });
      expect([by, given]).toEqual([by, status]);
      expect(body.error.message).toMatch(message);
    }
    const shown = await retest(finding.id, { by: experiment('EXP-ran') });
    expect(shown).toMatchObject({
      status: 201,
      body: {
        // Nothing was done yet that it could prove.
        stage: 'open',
        retests: [{ kind: 'experiment', byId: 'EXP-ran' }],
      },
    });
  });

  it.each([
    [{ text: ' \n ' }, 400, /^Invalid body property text: /],
    [{ text: '\u0000' }, 400, /^Invalid body property text: /],
    [{ text: 'x'.repeat(20_001) }, 400, /^Invalid body property text: /],
    [{ severity: 'bad' }, 400, /^Invalid body property severity: /],
    [{ tags: ['<script>'] }, 400, /^Invalid body property tags.0: /],
    [{ entityRef: '::' }, 400, /^Invalid body property entityRef: /],
    [{ entityRef: 'component:default/nothing' }, 404, /^There is no service/],
    [{ exerciseId: 'nope' }, 404, /has no exercise nope$/],
    [{ exerciseId: null }, 400, /expected either an exercise or a readiness/],
    [{ readinessTestId: 'run' }, 400, /expected either an exercise or a/],
    [{ readinessItemId: 'item' }, 400, /an exercise has no items/],
    [
      { exerciseId: null, readinessTestId: 'nope' },
      404,
      /has no readiness test nope$/,
    ],
    [{ retestBy: 'tomorrow' }, 400, /^Invalid body property retestBy: /],
    [{ approver: 'x' }, 400, /approver/],
  ])('say what is wrong with %j', async (given, expected, message) => {
    const { body, status } = await create(given);
    expect(status).toBe(expected);
    expect(body.error.message).toMatch(message);
    expect(await db('findings')).toEqual([]);
  });

  it('come from readiness tests, too', async () => {
    await db('readiness_runs').insert({
      id: 'run',
      service_id: serviceIds.get(PAYMENTS),
      template: 'production-readiness',
      item_ids: '["backups"]',
      item_count: 1,
      state: 'open',
      version: 1,
      started_at: 1,
      listed_at: 1,
      updated_at: 1,
    });
    const given = { exerciseId: null, readinessTestId: 'run' };
    policy.become((permission, caller) =>
      permission === MANAGE ? deny : usual(permission, caller),
    );
    const created = await create({ ...given, readinessItemId: 'backups' });
    expect(created).toMatchObject({
      status: 201,
      body: {
        origin: {
          kind: 'readiness-test',
          id: 'run',
          title: 'production-readiness',
          itemId: 'backups',
        },
      },
    });
    expect((await create({ ...given, readinessItemId: 'nope' })).status).toBe(
      400,
    );
    expect((await create({ ...given, entityRef: SEARCH })).status).toBe(404);
    expect((await create()).status).toBe(403);
    policy.become((permission, caller) =>
      permission === PERFORM ? deny : usual(permission, caller),
    );
    expect((await create(given)).status).toBe(403);
    expect(
      (await change(created.body.id, { version: 1, severity: 'low' })).status,
    ).toBe(403);
    await db('findings').delete();
    await db('readiness_runs').delete();
  });

  it('are not for everybody', async () => {
    const { body: finding } = await create();
    const { id } = finding;
    const by = { kind: 'exercise', id: 'day' };
    for (const { body, status } of [
      await change(id, { version: 1, severity: 'low' }, bob),
      await retest(id, { by }, bob),
      await call<Answer>({ path: `/findings/${id}`, authorization: bob }),
    ]) {
      expect(status).toBe(404);
      expect(body.error.message).toBe(
        `There is no finding ${id}, or you may not see its service in the catalog`,
      );
    }
    expect((await create({}, bob)).status).toBe(404);
    const listed = async (authorization: string) =>
      (await call<Page<Finding>>({ path: '/findings', authorization })).body;
    expect(await listed(bob)).toMatchObject({ items: [], totalItems: 0 });
    expect(await listed(alice)).toMatchObject({
      items: [finding],
      totalItems: 1,
    });

    policy.become((permission, caller) =>
      permission === MANAGE ? deny : usual(permission, caller),
    );
    for (const { body, status } of [
      await create(),
      await change(id, { version: 1, severity: 'low' }),
      await retest(id, { by }),
    ]) {
      expect(status).toBe(403);
      expect(body.error.message).toContain(
        `You lack the permission ${MANAGE} for ${PAYMENTS}`,
      );
    }
    // Filing an improvement for it takes what filing takes.
    expect((await file(id)).status).toBe(201);
    policy.become((permission, caller) =>
      permission === FILE ? deny : usual(permission, caller),
    );
    expect((await file(id)).status).toBe(403);
    expect(await get(id)).toMatchObject({ version: 2, severity: 'high' });
  });

  it('are searched for what they teach', async () => {
    const { body: zone } = await create({
      text: 'Sessions were lost',
      lesson: 'Keep **sessions** outside: “stateless” services fail over',
    });
    const { body: other } = await create({
      entityRef: SEARCH,
      severity: 'low',
      lesson: 'Zürich needs NEAR caches; x AND y',
      tags: ['zone'],
    });
    await create({ lesson: null, tags: ['zone', 'silent'] });
    const lessons = async (
      query: ApiRequest['query'] = {},
      authorization = alice,
    ) => {
      const { body, status } = await call<LessonPage>({
        path: '/lessons',
        query,
        authorization,
      });
      expect(status).toBe(200);
      expect(body.totalItems).toBe(body.items.length);
      return body;
    };
    const found = async (query: ApiRequest['query']) =>
      (await lessons(query)).items.map(({ id }) => id);

    const all = await lessons();
    expect(all.items.map(({ id }) => id)).toEqual([other.id, zone.id]);
    expect(all.tags).toEqual([
      { tag: 'zone', count: 2 },
      { tag: 'alarms', count: 1 },
    ]);
    expect(all.items[1]).toEqual({
      id: zone.id,
      entityRef: PAYMENTS,
      entityTitle: 'The payments',
      origin: zone.origin,
      severity: 'high',
      text: zone.text,
      lesson: zone.lesson,
      tags: ['alarms', 'zone'],
      stage: 'open',
      createdBy: 'user:default/alice',
      createdAt: zone.createdAt,
    });
    for (const [q, ids] of [
      ['SESSIONS lost', [zone.id]],
      ['fail-ov', [zone.id]],
      ['"outside" statel*', [zone.id]],
      ['payments', [zone.id]],
      ['loss of a ZONE', [other.id, zone.id]],
      ['alarms', [zone.id]],
      ['zurich', [other.id]],
      ['ZÜRI', [other.id]],
      ['near', [other.id]],
      ['x and', [other.id]],
      ['sessions OR caches', []],
      ['sessions NOT caches', []],
      ['essions', []],
      [`') or 1=1 --`, []],
      ['* " \\ \' ( ) : & | ! <->', [other.id, zone.id]],
      ['lesson : *\u0000', []],
    ] as const) {
      expect([q, await found({ q })]).toEqual([q, ids]);
    }
    expect(await found({ tag: ['Alarms', 'nothing'] })).toEqual([zone.id]);
    expect(await found({ severity: 'low' })).toEqual([other.id]);
    expect(await found({ entityRef: SEARCH })).toEqual([other.id]);
    expect(await found({ owner: 'Group:default/team' })).toHaveLength(2);
    expect(await found({ origin: 'tabletop' })).toEqual([]);
    expect(await lessons({}, bob)).toMatchObject({
      items: [{ id: other.id }],
      tags: [{ tag: 'zone', count: 1 }],
    });

    // So is what its exercise and its service are called now.
    await db('exercises').update({
      title: 'Outage of power',
      kind: 'tabletop',
    });
    await db.transaction(async tx => {
      const store = FindingStore.create();
      await store.followExercise(tx, 'day');
      await tx('services')
        .where({ entity_ref: SEARCH })
        .update({ title: 'Finder' });
      await store.refreshSearch(tx, {
        serviceIds: [serviceIds.get(SEARCH)!],
      });
    });
    expect(await found({ q: 'power' })).toEqual([other.id, zone.id]);
    expect(await found({ q: 'power finder' })).toEqual([other.id]);
    expect(await found({ q: 'zone loss' })).toEqual([]);
    expect(await found({ origin: 'tabletop' })).toEqual([other.id, zone.id]);

    // What it says now is found, and no more what it said.
    await change(zone.id, { version: 1, lesson: 'Write everything down' });
    expect(await found({ q: 'everything' })).toEqual([zone.id]);
    expect(await found({ q: 'stateless' })).toEqual([]);
  });
});
