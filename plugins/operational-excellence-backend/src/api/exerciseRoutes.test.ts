import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  ExerciseDetail,
  Exercise,
  ExperimentSuggestions,
  Page,
  Service,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { testExperiment, TestStore } from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
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
const HOUR = 3_600_000;
const ENTITIES = [
  component('payments', {
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  }),
  component('search'),
  component('checkout'),
  component('team', { kind: 'Group' }),
];
const [PAYMENTS, SEARCH, CHECKOUT] = ENTITIES.map(entity =>
  stringifyEntityRef(entity),
);

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');
const carol = mockCredentials.user.header('user:default/carol');
const pipeline = mockCredentials.service.header();

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = ExerciseDetail & { error: { message: string } };

describe.each(databases.eachSupportedId())('exercises on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  let db: Knex;
  let scopeId: number;
  let api: DocumentedApi;
  let stop: () => Promise<void>;
  let keys = 0;

  /** Everybody may do everything; bob sees only search. */
  const usual = (permission: string, caller: string) =>
    permission === 'catalog.entity.read' && caller === 'user:default/bob'
      ? conditional()
      : allow;

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob' ? [SEARCH] : [PAYMENTS, SEARCH, CHECKOUT],
    });
    db = await databases.init(databaseId);
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      db,
      policy,
      sources: [],
      config: {
        policies: [
          {
            id: 'approved',
            match: { 'metadata.name': 'checkout' },
            gameDay: { every: 'P180D' },
            exercise: { approvers: ['user:default/bob', 'User:Default/Carol'] },
          },
          { id: 'usual', gameDay: { every: 'P180D' } },
        ],
      },
    }));
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/checkout',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
    const store = await TestStore.create(db);
    scopeId = await store.addScope({
      key: '123456789012/eu-west-1',
      sourceId: 'fis',
      kind: 'experiment',
      lastSuccessAt: Date.now(),
    });
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('exercises').delete();
    await db('experiments').delete();
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const inHours = (hours: number) => toIsoInstant(Date.now() + hours * HOUR);

  const planned = (given: JsonObject = {}): JsonObject => {
    keys += 1;
    return {
      key: `test-key-${keys}`,
      kind: 'game-day',
      title: 'Lose a zone',
      entityRefs: [PAYMENTS, SEARCH],
      plannedStart: inHours(-1),
      plannedEnd: inHours(2),
      ...given,
    };
  };

  const plan = (given: JsonObject = {}, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: '/exercises',
      authorization,
      body: planned(given),
    });

  const get = (id: string, authorization = alice) =>
    call<Answer>({ path: `/exercises/${id}`, authorization });

  const change = (id: string, body: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'patch',
      path: `/exercises/${id}`,
      authorization,
      body,
    });

  const act = (
    id: string,
    what: string,
    body: JsonObject,
    authorization = alice,
  ) =>
    call<Answer>({
      method: 'post',
      path: `/exercises/${id}/${what}`,
      authorization,
      body,
    });

  const list = async (
    query: Record<string, string | number | string[]> = {},
    authorization = alice,
  ) =>
    (await call<Page<Exercise>>({ path: '/exercises', query, authorization }))
      .body;

  const gameDayOf = async (name: string) =>
    (await call<Service>({ path: `/services/component/default/${name}` })).body
      .gameDay;

  const storeExperiments = (
    ...experiments: Parameters<typeof testExperiment>[0][]
  ) =>
    db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId: 'fis',
        scopeId,
        experiments: experiments.map(given =>
          testExperiment({
            createdAt: Date.now() - HOUR / 2,
            startedAt: Date.now() - HOUR / 2,
            endedAt: Date.now() - HOUR / 4,
            ...given,
          }),
        ),
      }),
    );

  it('are planned, run and held, and the measure follows at once', async () => {
    const created = await plan({
      entityRefs: ['Component:Payments', 'component:default/search'],
      hypothesis: 'Orders go through',
      roles: [{ role: 'Observer', who: 'user:default/bob' }],
      stopConditions: ['Errors above 2 %'],
      prerequisites: [{ text: 'Backups tried', done: true }],
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(created.body).toMatchObject({
      version: 1,
      state: 'planned',
      stage: 'planned',
      services: [
        { entityRef: PAYMENTS, title: 'payments' },
        { entityRef: SEARCH, title: 'search' },
      ],
      hiddenServices: 0,
      approvalState: 'not-required',
      approvals: [],
      mayDecide: false,
      startedAt: null,
      tag: { key: 'operational-excellence-exercise', value: id },
      createdBy: 'user:default/alice',
      findings: [],
      experiments: [],
      log: [],
    });
    expect(await gameDayOf('payments')).toMatchObject({ lastHeldAt: null });

    const running = await act(id, 'transition', {
      to: 'running',
      version: 1,
      at: inHours(-0.5),
    });
    expect(running).toMatchObject({
      status: 200,
      body: { state: 'running', version: 2 },
    });
    const at = inHours(-0.4);
    const entry = { key: 'log-entry-1', text: 'Zone is gone', at };
    expect(await act(id, 'log', entry)).toMatchObject({
      status: 201,
      body: { log: [{ at, by: 'user:default/alice', text: 'Zone is gone' }] },
    });
    // Sent again, it is one entry; something else with its key is refused.
    expect((await act(id, 'log', entry)).body.log).toHaveLength(1);
    expect(await act(id, 'log', { ...entry, text: 'No' })).toMatchObject({
      status: 409,
    });

    const held = await act(id, 'transition', {
      to: 'held',
      version: 2,
      outcome: 'hypothesis-not-held',
      surprises: 'DNS took an hour',
    });
    expect(held).toMatchObject({
      status: 200,
      body: {
        state: 'held',
        version: 3,
        startedAt: running.body.startedAt,
        outcome: 'hypothesis-not-held',
        surprises: 'DNS took an hour',
      },
    });
    for (const name of ['payments', 'search']) {
      expect(await gameDayOf(name)).toMatchObject({
        state: 'ok',
        lastHeldAt: running.body.startedAt,
        last: {
          kind: 'game-day',
          id,
          title: 'Lose a zone',
          outcome: 'hypothesis-not-held',
        },
      });
    }
    // Of another service, it is one of that service instead.
    const moved = await change(id, { version: 3, entityRefs: [SEARCH] });
    expect(moved.body).toMatchObject({ version: 4 });
    expect(await gameDayOf('payments')).toMatchObject({ lastHeldAt: null });
    expect(await gameDayOf('search')).toMatchObject({ last: { id } });
    // And of a kind that the policy does not count, none.
    await change(id, { version: 4, kind: 'tabletop' });
    expect(await gameDayOf('search')).toMatchObject({ lastHeldAt: null });

    expect(
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual([
      'exercise-plan',
      'exercise-transition',
      'exercise-log',
      'exercise-log',
      'exercise-log',
      'exercise-transition',
      'exercise-change',
      'exercise-change',
    ]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(1);
  });

  it('are one however often they are sent, from any replica', async () => {
    const body = planned({ entityRefs: [PAYMENTS, SEARCH] });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        call<Answer>({ method: 'post', path: '/exercises', body }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 201,
    ]);
    expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1);
    // The order of services does not matter, everything else does.
    const again = { ...body, entityRefs: [SEARCH, PAYMENTS] };
    expect(
      await call({ method: 'post', path: '/exercises', body: again }),
    ).toMatchObject({ status: 200 });
    for (const other of [{ title: 'Other' }, { entityRefs: [SEARCH] }]) {
      expect(
        await call<Answer>({
          method: 'post',
          path: '/exercises',
          body: { ...body, ...other },
        }),
      ).toMatchObject({
        status: 409,
        body: {
          error: {
            message: expect.stringMatching(/^The key was already used/),
          },
        },
      });
    }
    // The key is one's own.
    expect(
      await call({
        method: 'post',
        path: '/exercises',
        authorization: carol,
        body,
      }),
    ).toMatchObject({ status: 201 });
    expect(await list()).toMatchObject({ totalItems: 2 });
  });

  it('tell the second of two people that somebody was faster', async () => {
    const { id } = (await plan()).body;
    const both = await Promise.all([
      change(id, { version: 1, title: 'By Alice' }, alice),
      change(id, { version: 1, title: 'By Carol' }, carol),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both.find(({ status }) => status === 200)!.body;
    const loser = both.find(({ status }) => status === 409)!.body;
    expect(loser.error.message).toBe(
      `The exercise was saved by ${winner.updatedBy} at ${winner.updatedAt}, as version 2; this change is of version 1. Load it anew, and make the change again`,
    );
    expect((await get(id)).body).toEqual(winner);
    for (const transition of [
      { to: 'running', version: 1 },
      { to: 'cancelled', version: 1, reason: 'No time' },
      { to: 'held', version: 7, outcome: 'completed' },
    ]) {
      expect((await act(id, 'transition', transition)).status).toBe(409);
    }
  });

  it('leave what was not given as it is', async () => {
    const { body } = await plan({
      hypothesis: 'Orders go through',
      facilitator: 'user:default/bob',
      stopConditions: ['Errors above 2 %'],
      rollbackTried: true,
    });
    const { body: changed } = await change(body.id, {
      version: 1,
      title: ' Lose\u0007two zones ',
      facilitator: null,
    });
    expect(changed).toEqual({
      ...body,
      version: 2,
      title: 'Lose two zones',
      facilitator: null,
      updatedAt: expect.any(String),
    });
  });

  it.each([
    [
      { plannedStart: inHours(2), plannedEnd: inHours(1) },
      400,
      /^Invalid times: plannedEnd .* is not after plannedStart/,
    ],
    [{ entityRefs: [] }, 400, /^Invalid body property entityRefs: /],
    [{ entityRefs: ['::'] }, 400, /^Invalid body property entityRefs: /],
    [
      { entityRefs: [PAYMENTS, 'component:default/nothing'] },
      404,
      /^There is no service component:default\/nothing/,
    ],
    [{ title: '\u0000' }, 400, /^Invalid body property title: /],
    [{ environmentId: 'nowhere' }, 404, /^There is no environment nowhere/],
    [{ state: 'held' }, 400, /state/],
  ] as [JsonObject, number, RegExp][])(
    'are not planned with %j',
    async (given, status, message) => {
      const answer = await plan(given);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toMatch(message);
      expect(await list()).toMatchObject({ totalItems: 0 });
      expect(auditEvent.success).not.toHaveBeenCalled();
    },
  );

  it.each([
    [{ to: 'running', at: inHours(1) }, /startedAt .* is in the future/],
    [
      { to: 'held', startedAt: inHours(-1), at: inHours(1) },
      /endedAt .* is in the future/,
    ],
    [
      { to: 'held', startedAt: inHours(-1), at: inHours(-2) },
      /endedAt .* is before startedAt/,
    ],
    [{ to: 'held' }, /startedAt: expected when it began/],
  ] as [JsonObject, RegExp][])(
    'cannot be moved by %j',
    async (given, message) => {
      const { id } = (await plan()).body;
      const answer = await act(id, 'transition', {
        version: 1,
        ...(given.to === 'held' && { outcome: 'completed' }),
        ...given,
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(message);
      expect((await get(id)).body).toMatchObject({
        state: 'planned',
        version: 1,
      });
    },
  );

  it('stay cancelled, with why', async () => {
    const { id } = (await plan()).body;
    const reason = 'The release is late';
    expect(
      (await act(id, 'transition', { to: 'cancelled', version: 1, reason }))
        .body,
    ).toMatchObject({ stage: 'cancelled', cancelReason: reason });
    for (const again of [
      { to: 'held', version: 2, startedAt: inHours(-1), outcome: 'completed' },
      { to: 'running', version: 2 },
      { to: 'cancelled', version: 2, reason },
    ]) {
      const { body, status } = await act(id, 'transition', again);
      expect([status, body.error.message]).toEqual([
        409,
        `The exercise is cancelled, and cannot become ${again.to} any more`,
      ]);
    }
    expect((await change(id, { version: 2, title: 'No' })).status).toBe(409);
    expect(
      (await act(id, 'log', { key: 'key-12345', text: 'No' })).status,
    ).toBe(409);
    expect(await gameDayOf('payments')).toMatchObject({ lastHeldAt: null });
  });

  it('count as held once they began, even where they were aborted', async () => {
    const before = (await plan()).body.id;
    await act(before, 'transition', {
      to: 'held',
      version: 1,
      outcome: 'aborted',
    });
    expect(await gameDayOf('payments')).toMatchObject({ lastHeldAt: null });

    const later = (await plan()).body.id;
    const startedAt = inHours(-1);
    await act(later, 'transition', {
      to: 'held',
      version: 1,
      startedAt,
      outcome: 'aborted',
    });
    expect(await gameDayOf('payments')).toMatchObject({
      lastHeldAt: startedAt,
      last: { id: later, outcome: 'aborted' },
    });
  });

  describe('that need approval', () => {
    const approve = (id: string, body: JsonObject, authorization = bob) =>
      act(id, 'approval', { decision: 'approved', ...body }, authorization);

    const run = (id: string, version: number) =>
      act(id, 'transition', { to: 'running', version });

    it('begin once all have approved the plan as it is', async () => {
      const { id } = (await plan({ entityRefs: [CHECKOUT, SEARCH] })).body;
      expect((await get(id, carol)).body).toMatchObject({
        approvalState: 'pending',
        mayDecide: true,
        approvals: [
          { approver: 'user:default/bob', decision: null },
          { approver: 'User:Default/Carol', decision: null },
        ],
      });
      expect((await get(id)).body.mayDecide).toBe(false);
      const early = await run(id, 1);
      expect([early.status, early.body.error.message]).toEqual([
        409,
        'The plan has to be approved before the exercise begins; missing is the approval of user:default/bob, User:Default/Carol',
      ]);
      const straight = {
        to: 'held',
        startedAt: inHours(-1),
        outcome: 'completed',
      };
      expect(
        (await act(id, 'transition', { ...straight, version: 1 })).status,
      ).toBe(409);

      expect((await approve(id, { version: 1 })).body).toMatchObject({
        approvalState: 'pending',
        hiddenServices: 1,
        approvals: [
          {
            approver: 'user:default/bob',
            decision: 'approved',
            decidedBy: 'user:default/bob',
            comment: null,
          },
          { decision: null },
        ],
      });
      expect((await run(id, 1)).body.error.message).toContain(
        'missing is the approval of User:Default/Carol',
      );
      await approve(id, { version: 1, comment: 'Go' }, carol);
      expect(await list()).toMatchObject({
        items: [{ approvalState: 'approved' }],
      });

      // A plan that says something else is not approved.
      const { body } = await change(id, {
        version: 1,
        blastRadius: 'All of it',
      });
      expect(body).toMatchObject({ version: 2, approvalState: 'pending' });
      expect((await run(id, 2)).status).toBe(409);
      // One who decides on what they have not seen is told so.
      expect((await approve(id, { version: 1 })).status).toBe(409);
      await approve(id, { version: 2 });
      await approve(id, { version: 2 }, carol);
      // What is no part of the plan voids nothing.
      await change(id, {
        version: 2,
        prerequisites: [{ text: 'Backups tried', done: true }],
      });
      expect(await run(id, 3)).toMatchObject({
        status: 200,
        body: { state: 'running', approvalState: 'approved' },
      });
      const late = await approve(id, { version: 4 });
      expect([late.status, late.body.error.message]).toEqual([
        409,
        'The exercise is running; only what is planned can be approved or rejected',
      ]);
      // What had begun was approved, whatever is corrected later.
      expect(
        (await change(id, { version: 4, blastRadius: 'Half of it' })).body,
      ).toMatchObject({ approvalState: 'approved' });
    });

    it('do not begin where one rejects the plan', async () => {
      const { id } = (await plan({ entityRefs: [CHECKOUT, SEARCH] })).body;
      await approve(id, { version: 1 }, carol);
      const without = await approve(id, { version: 1, decision: 'rejected' });
      expect(without.status).toBe(400);
      expect(
        (
          await approve(id, {
            version: 1,
            decision: 'rejected',
            comment: 'Peak season',
          })
        ).body,
      ).toMatchObject({ approvalState: 'rejected' });
      const { body, status } = await run(id, 1);
      expect([status, body.error.message]).toEqual([
        409,
        'The plan was rejected by user:default/bob for user:default/bob; change it, and ask again',
      ]);
      // They may think better of it.
      await approve(id, { version: 1 });
      expect((await run(id, 1)).status).toBe(200);
    });

    it('are decided on by those only whom the policies name', async () => {
      const { id } = (await plan({ entityRefs: [CHECKOUT, SEARCH] })).body;
      for (const caller of [alice, pipeline]) {
        const { body, status } = await approve(id, { version: 1 }, caller);
        expect(status).toBe(403);
        expect(body.error.message).toMatch(/^You are none of those/);
      }
      const { id: hidden } = (await plan({ entityRefs: [CHECKOUT] })).body;
      expect((await approve(hidden, { version: 1 })).status).toBe(404);
      // They need no permission to manage exercises.
      policy.become((permission, caller) =>
        permission === MANAGE ? deny : usual(permission, caller),
      );
      expect((await approve(id, { version: 1 })).status).toBe(200);
    });

    it('are those of the kinds that the policies say', async () => {
      const { body } = await plan({
        kind: 'tabletop',
        entityRefs: [CHECKOUT],
      });
      expect(body.approvalState).toBe('not-required');
      expect((await run(body.id, 1)).status).toBe(200);
    });
  });

  it('are seen by who sees one of their services, and no more', async () => {
    const { id } = (await plan()).body;
    const { id: hidden } = (await plan({ entityRefs: [PAYMENTS] })).body;
    expect((await get(id, bob)).body).toMatchObject({
      services: [{ entityRef: SEARCH }],
      hiddenServices: 1,
    });
    expect(await list({}, bob)).toMatchObject({
      totalItems: 1,
      items: [{ id, hiddenServices: 1 }],
    });
    expect(await list({ entityRef: PAYMENTS }, bob)).toMatchObject({
      totalItems: 0,
    });
    const link = { sourceId: 'fis', experimentId: 'EXP1' };
    for (const [path, body] of [
      ['transition', { to: 'running', version: 1 }],
      ['log', { key: 'key-12345', text: 'x' }],
      ['approval', { version: 1, decision: 'approved' }],
      ['experiments', link],
    ] as [string, JsonObject][]) {
      const answers = [
        await act(hidden, path, body, bob),
        await act('nothing', path, body, bob),
      ];
      for (const { status } of answers) expect(status).toBe(404);
      expect(answers[0].body.error.message.replace(hidden, 'nothing')).toBe(
        answers[1].body.error.message,
      );
    }
    expect((await get(hidden, bob)).status).toBe(404);
    expect((await change(hidden, { version: 1 }, bob)).status).toBe(404);
    expect((await plan({}, bob)).status).toBe(404);

    // Who changes the services keeps those that they do not see.
    const { body } = await change(
      id,
      { version: 1, entityRefs: [SEARCH] },
      bob,
    );
    expect(body).toMatchObject({ version: 2, hiddenServices: 1 });
    expect((await get(id)).body.services).toHaveLength(2);
    expect(
      (await change(id, { version: 2, entityRefs: [PAYMENTS] }, bob)).status,
    ).toBe(404);
  });

  it('are managed by who may for one of the services, and for each that is added', async () => {
    const { id } = (await plan({ entityRefs: [SEARCH] })).body;
    const authorize = jest.spyOn(policy, 'authorize');
    const mayFor = (...allowed: string[]) =>
      authorize.mockImplementation(
        async requests =>
          (requests as { resourceRef?: string }[]).map(({ resourceRef }) => ({
            result: (!resourceRef || allowed.includes(resourceRef)
              ? allow
              : deny
            ).result as 'ALLOW' | 'DENY',
          })) as never,
      );
    mayFor(SEARCH);
    const added = await change(id, {
      version: 1,
      entityRefs: [SEARCH, PAYMENTS],
    });
    expect([added.status, added.body.error.message]).toEqual([
      403,
      expect.stringContaining(`permission ${MANAGE} for ${PAYMENTS}`),
    ]);
    expect((await plan()).status).toBe(403);
    expect((await change(id, { version: 1, title: 'Mine' })).status).toBe(200);

    mayFor(SEARCH, PAYMENTS);
    expect(
      (await change(id, { version: 2, entityRefs: [SEARCH, PAYMENTS] })).status,
    ).toBe(200);
    mayFor(PAYMENTS);
    expect((await change(id, { version: 3, title: 'Ours' })).status).toBe(200);
    mayFor();
    for (const answer of [
      await change(id, { version: 4, title: 'No' }),
      await act(id, 'transition', { to: 'running', version: 4 }),
      await act(id, 'log', { key: 'key-12345', text: 'No' }),
      await act(id, 'experiments', { sourceId: 'fis', experimentId: 'EXP1' }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toContain(MANAGE);
    }
    authorize.mockRestore();
  });

  describe('and their experiments', () => {
    const EXP = { sourceId: 'fis', experimentId: 'EXP1' };

    it('find each other by time and services, or by the tag', async () => {
      const { id } = (await plan()).body;
      await storeExperiments(
        { externalId: 'EXP1', entityRefs: [PAYMENTS] },
        { externalId: 'OTHER', entityRefs: [CHECKOUT] },
        { externalId: 'OLD', entityRefs: [PAYMENTS], createdAt: 5, endedAt: 9 },
        {
          externalId: 'TAGGED',
          tags: { 'operational-excellence-exercise': id },
          stopConditions: [{ source: 'alarm', value: null }],
        },
        {
          externalId: 'TEMPLATE',
          templateTags: { 'operational-excellence-exercise': id },
        },
        {
          externalId: 'ELSEWHERE',
          tags: { 'operational-excellence-exercise': 'nothing' },
        },
      );
      const suggestions = async () =>
        (
          await call<ExperimentSuggestions>({
            path: `/exercises/${id}/experiment-suggestions`,
          })
        ).body.items.map(item => item.id);
      expect(await suggestions()).toEqual(['EXP1']);
      expect((await get(id)).body).toMatchObject({
        experimentCount: 1,
        unguarded: false,
        experiments: [
          { id: 'TAGGED', linkedBy: 'tag', hasStopConditions: true },
        ],
      });

      const linked = await act(id, 'experiments', EXP);
      expect(linked).toMatchObject({
        status: 200,
        body: { experimentCount: 2, unguarded: true, version: 1 },
      });
      expect(linked.body.experiments).toMatchObject(
        expect.arrayContaining([
          expect.objectContaining({
            id: 'EXP1',
            linkedBy: 'person',
            hasStopConditions: false,
            state: 'completed',
          }),
        ]),
      );
      expect(await suggestions()).toEqual([]);
      // Once more is no mistake.
      expect((await act(id, 'experiments', EXP)).body.experimentCount).toBe(2);
    });

    it('show what becomes of them', async () => {
      const { id } = (await plan()).body;
      const tags = { 'operational-excellence-exercise': id };
      const running = { state: 'running' as const, endedAt: null };
      await storeExperiments({ externalId: 'EXP1', tags, ...running });
      expect((await get(id)).body.experiments).toMatchObject([
        { state: 'running', endedAt: null },
      ]);
      await storeExperiments({ externalId: 'EXP1', tags, state: 'stopped' });
      expect((await get(id)).body.experiments).toMatchObject([
        { state: 'stopped', endedAt: expect.any(String) },
      ]);
      // A tag that was moved moves the experiment.
      const { id: other } = (await plan()).body;
      await storeExperiments({
        externalId: 'EXP1',
        state: 'stopped',
        tags: { 'operational-excellence-exercise': other },
      });
      expect((await get(id)).body.experiments).toEqual([]);
      expect((await get(other)).body.experiments).toHaveLength(1);
    });

    it('stay apart once a person took them apart', async () => {
      const { id } = (await plan()).body;
      const tags = { 'operational-excellence-exercise': id };
      await storeExperiments({ externalId: 'EXP1', tags, title: 'Before' });
      const unlink = () =>
        call<Answer>({
          method: 'delete',
          path: `/exercises/${id}/experiments`,
          body: EXP,
        });
      expect(await unlink()).toMatchObject({
        status: 200,
        body: { experiments: [] },
      });
      expect(await unlink()).toMatchObject({ status: 200 });
      await storeExperiments({ externalId: 'EXP1', tags, title: 'After' });
      expect((await get(id)).body.experiments).toEqual([]);
      expect(
        (await act(id, 'experiments', EXP)).body.experiments,
      ).toMatchObject([{ title: 'After', linkedBy: 'person' }]);
    });

    it('are not shown, linked or suggested to who may not see them', async () => {
      const { id } = (await plan()).body;
      const tags = { 'operational-excellence-exercise': id };
      await storeExperiments(
        { externalId: 'EXP1', entityRefs: [PAYMENTS] },
        { externalId: 'HIDDEN', entityRefs: [PAYMENTS], tags },
        { externalId: 'NAMELESS', tags },
        { externalId: 'NOBODYS' },
      );
      for (const experimentId of ['EXP1', 'NOBODYS', 'NOTHING', '\u0000']) {
        const { body, status } = await act(
          id,
          'experiments',
          { sourceId: 'fis', experimentId },
          bob,
        );
        expect([status, body.error.message]).toEqual([
          404,
          expect.stringMatching(/^There is no experiment/),
        ]);
      }
      const otherAccount = { sourceId: 'other', experimentId: 'EXP1' };
      expect((await act(id, 'experiments', otherAccount)).status).toBe(404);
      const seen = await get(id, bob);
      expect(seen.body.experiments.map(each => each.id)).toEqual(['NAMELESS']);
      expect(seen.body.experimentCount).toBe(1);
      expect((await get(id)).body.experimentCount).toBe(2);
      expect(
        (
          await call<ExperimentSuggestions>({
            path: `/exercises/${id}/experiment-suggestions`,
            authorization: bob,
          })
        ).body.items,
      ).toEqual([]);
    });
  });

  it('are listed page by page, by what is asked', async () => {
    const ids = new Map<string, string>();
    for (const [title, given] of [
      ['past', { plannedStart: inHours(-30), plannedEnd: inHours(-29) }],
      ['now', {}],
      ['soon', { plannedStart: inHours(20), plannedEnd: inHours(21) }],
      ['talk', { kind: 'tabletop', entityRefs: [SEARCH] }],
      ['100% _done_', { entityRefs: [CHECKOUT] }],
    ] as [string, JsonObject][]) {
      const { body } = await plan({
        title,
        plannedStart: inHours(-2),
        plannedEnd: inHours(1),
        ...given,
      });
      ids.set(body.id, title);
    }
    const titles = async (query: Record<string, string | string[]>) => {
      const { items, totalItems } = await list(query);
      expect(totalItems).toBe(items.length);
      return items.map(({ id }) => ids.get(id)).sort();
    };
    expect(await titles({ stage: 'missed' })).toEqual(['past']);
    expect(await titles({ stage: ['missed', 'planned'] })).toHaveLength(5);
    expect(await titles({ kind: 'tabletop' })).toEqual(['talk']);
    expect(await titles({ entityRef: 'Component:Default/Checkout' })).toEqual([
      '100% _done_',
    ]);
    expect(await titles({ owner: 'Group:Default/Team' })).toEqual([
      'now',
      'past',
      'soon',
    ]);
    expect(
      await titles({ owner: 'group:default/team', entityRef: SEARCH }),
    ).toEqual([]);
    expect(await titles({ q: '% _D' })).toEqual(['100% _done_']);
    expect(await titles({ q: 'SOON' })).toEqual(['soon']);
    expect(await titles({ from: inHours(0), to: inHours(10) })).toEqual([
      '100% _done_',
      'now',
      'talk',
    ]);

    for (const sort of ['start', '-start']) {
      const seen: (string | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 2, sort, ...(cursor && { cursor }) });
        expect(page.totalItems).toBe(5);
        seen.push(...page.items.map(({ id }) => ids.get(id)));
        cursor = page.nextCursor;
      } while (cursor);
      if (sort === '-start') seen.reverse();
      expect([seen[0], seen[4], new Set(seen).size]).toEqual([
        'past',
        'soon',
        5,
      ]);
    }
    expect(
      (await call({ path: '/exercises', query: { cursor: 'nonsense' } }))
        .status,
    ).toBe(400);
  });
});
