import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  DAY_MS,
  ImportResult,
  Page,
  ReadinessAnswer,
  ReadinessDifference,
  ReadinessTemplateList,
  ReadinessTest,
  ReadinessTestDetail,
  Service,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
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

const PERFORM = 'operational-excellence.readiness-test.perform';
const SIGN_OFF = 'operational-excellence.readiness-test.sign-off';
const IMPORT = 'operational-excellence.record.import';

const ENTITIES = [
  component('payments', {
    spec: { type: 'service' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  }),
  component('search', { spec: { type: 'website' } }),
  component('team', { kind: 'Group' }),
];
const REFS = ENTITIES.map(entity => stringifyEntityRef(entity));
const [PAYMENTS, SEARCH] = REFS;

const SMALL = `id: small
version: '1'
title: Small
validFor: P90D
sections:
  - title: Operations
    items:
      - id: alarms
        question: Are there alarms?
        risk: high
        evidence: required
      - id: runbook
        question: Is there a runbook?
        risk: medium
  - title: Others
    items:
      - id: websites
        question: Is there a page for when it is down?
        risk: low
        appliesTo: { spec.type: website }
      - id: scan
        question: Are images scanned?
        risk: low
        automatic: true
`;

const SIGNED = `id: signed
version: '2'
title: Signed
signOff: true
sections:
  - title: All
    items:
      - { id: all, question: All good?, risk: high }
`;

const WEBSITES = `id: websites
version: '1'
title: Websites
sections:
  - title: All
    items:
      - id: page
        question: Is it up?
        risk: low
        appliesTo: { spec.type: website }
`;

const PROOF = [{ title: 'Alarms', url: 'https://alarms.example/1' }];

const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(name =>
  mockCredentials.user.header(`user:default/${name}`),
);
const pipeline = mockCredentials.service.header();

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

type Failed = { error: { message: string } };
type Test = ReadinessTestDetail & Failed;

describe.each(databases.eachSupportedId())(
  'readiness tests on %s',
  databaseId => {
    const auditEvent = { success: jest.fn(), fail: jest.fn() };
    const auditor = mockServices.auditor.mock();
    const policy = new FakePolicy(() => allow);
    let db: Knex;
    let api: DocumentedApi;
    let stop: () => Promise<void>;
    let folder: string;
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
        readableBy: caller => (caller === 'user:default/bob' ? [SEARCH] : REFS),
      });
      folder = await mkdtemp(join(tmpdir(), 'readiness-'));
      const files = { small: SMALL, signed: SIGNED, websites: WEBSITES };
      for (const [name, text] of Object.entries(files)) {
        await writeFile(join(folder, `${name}.yaml`), text);
      }
      await writeFile(
        join(folder, 'broken.yaml'),
        SMALL.replace('id: small', 'id: broken').replace('medium', 'middling'),
      );
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
              id: 'all',
              readinessTest: { templates: ['small', 'signed'], every: 'P365D' },
            },
          ],
          readiness: {
            templates: ['small', 'signed', 'websites', 'broken'].map(name => ({
              file: join(folder, `${name}.yaml`),
            })),
          },
        },
      }));
      await eventually(async () => {
        const { status } = await call({
          path: '/services/component/default/payments',
        });
        if (status !== 200) throw new Error(`${status}`);
      });
    });

    afterAll(async () => {
      await stop();
      await rm(folder, { recursive: true });
    });

    beforeEach(async () => {
      await db('readiness_runs').delete();
      await db('readiness_tests').delete();
      policy.become(usual);
      auditEvent.success.mockClear();
      auditEvent.fail.mockClear();
      auditor.createEvent.mockClear();
    });

    function call<T = JsonObject>(request: ApiRequest) {
      return api.call<T>({ authorization: alice, ...request });
    }

    const begin = (given: JsonObject = {}, authorization = alice) =>
      call<Test>({
        method: 'post',
        path: '/readiness-tests',
        authorization,
        body: {
          key: `key-${String(keys++).padStart(8, '0')}`,
          entityRef: PAYMENTS,
          template: 'small',
          ...given,
        },
      });

    const answer = (
      id: string,
      itemId: string,
      given: JsonObject,
      authorization = alice,
    ) =>
      call<ReadinessAnswer & Failed>({
        method: 'put',
        path: `/readiness-tests/${id}/answers/${itemId}`,
        authorization,
        body: { version: 0, value: 'yes', ...given },
      });

    const act = (
      id: string,
      what: 'finish' | 'sign-off' | 'discard',
      body: JsonObject,
      authorization = alice,
    ) =>
      call<Test>({
        method: 'post',
        path: `/readiness-tests/${id}/${what}`,
        authorization,
        body,
      });

    const get = (id: string, authorization = alice) =>
      call<Test>({ path: `/readiness-tests/${id}`, authorization });

    const list = async (
      query: ApiRequest['query'] = {},
      authorization = alice,
    ) =>
      (
        await call<Page<ReadinessTest>>({
          path: '/readiness-tests',
          query,
          authorization,
        })
      ).body;

    const measure = async () =>
      (await call<Service>({ path: '/services/component/default/payments' }))
        .body.readinessTest;

    const report = (
      externalId: string,
      given: JsonObject,
      authorization = pipeline,
    ) =>
      call<Test>({
        method: 'put',
        path: `/readiness-reports/${externalId}`,
        authorization,
        body: {
          entityRef: PAYMENTS,
          template: 'small',
          answers: {},
          ...given,
        },
      });

    /** Begins a test and finishes it with answers by item. */
    async function finished(
      values: Record<string, string>,
      authorization = alice,
    ) {
      const { body } = await begin({}, authorization);
      for (const [itemId, value] of Object.entries(values)) {
        const given = { value, evidence: PROOF };
        await answer(body.id, itemId, given, authorization);
      }
      return act(body.id, 'finish', { version: 1 }, authorization);
    }

    it('have templates, with what is wrong with others', async () => {
      const { body } = await call<ReadinessTemplateList>({
        path: '/readiness-templates',
      });
      expect(body.items.map(({ id, source }) => [id, source])).toEqual([
        ['acceptance-retest', 'built-in'],
        ['production-readiness', 'built-in'],
        ['signed', join(folder, 'signed.yaml')],
        ['small', join(folder, 'small.yaml')],
        ['websites', join(folder, 'websites.yaml')],
      ]);
      expect(body.items[3]).toMatchObject({
        version: '1',
        title: 'Small',
        validFor: 'P90D',
        signOff: false,
        problem: null,
        removed: false,
        requiredBy: ['all'],
        services: { tested: 0, outdated: 0 },
      });
      expect(body.problems).toEqual([
        {
          source: join(folder, 'broken.yaml'),
          message:
            'line 14, column 15: sections[0].items[1].risk: expected one of "high"|"medium"|"low"; got "middling"',
        },
      ]);

      const ofPayments = await call<ReadinessTemplateList>({
        path: '/readiness-templates',
        query: { entityRef: PAYMENTS },
      });
      const [small] = ofPayments.body.items.filter(({ id }) => id === 'small');
      expect(small.sections.flatMap(({ items }) => items)).toMatchObject([
        { id: 'alarms', blocking: true, evidence: 'required' },
        { id: 'runbook', blocking: false, evidence: 'optional' },
        { id: 'scan', automatic: true },
      ]);
      expect(ofPayments.body.items.map(({ id }) => id)).not.toContain(
        'websites',
      );
      const hidden = await call<Failed>({
        path: '/readiness-templates',
        query: { entityRef: PAYMENTS },
        authorization: bob,
      });
      expect(hidden.status).toBe(404);
    });

    it('are run in the portal, and count at once when they are finished', async () => {
      const begun = await begin({ key: 'the-same-key' });
      expect(begun).toMatchObject({
        status: 201,
        body: {
          state: 'open',
          version: 1,
          entityRef: PAYMENTS,
          entityTitle: 'payments',
          template: 'small',
          templateTitle: 'Small',
          templateVersion: '1',
          outdated: false,
          startedBy: 'user:default/alice',
          verdict: null,
          answered: 0,
          itemCount: 3,
          answers: [],
          missing: ['alarms', 'runbook', 'scan'].map(itemId => ({
            itemId,
            reason: 'unanswered',
          })),
        },
      });
      const { id } = begun.body;
      expect(await begin({ key: 'the-same-key' })).toMatchObject({
        status: 200,
        body: { id },
      });
      const other = await begin({ key: 'the-same-key', template: 'signed' });
      expect(other.status).toBe(409);

      expect(await answer(id, 'alarms', {})).toMatchObject({
        status: 200,
        body: { version: 1, answeredBy: 'user:default/alice' },
      });
      await answer(id, 'runbook', { value: 'no', note: 'Not yet' }, carol);
      await answer(id, 'scan', { value: 'not-applicable' });
      const tooEarly = await act(id, 'finish', { version: 1 });
      expect(tooEarly.status).toBe(400);
      expect(tooEarly.body.error.message).toBe(
        'The readiness test cannot be finished yet: alarms (yes needs evidence)',
      );
      await answer(id, 'alarms', { version: 1, evidence: PROOF });
      expect((await measure()).state).toBe('never');

      const done = await act(id, 'finish', { version: 1, summary: 'Almost' });
      expect(done).toMatchObject({
        status: 200,
        body: {
          state: 'finished',
          version: 2,
          verdict: 'conditional',
          performedBy: 'user:default/alice',
          summary: 'Almost',
          answered: 3,
          failing: 1,
          missing: [],
        },
      });
      const { performedAt, validUntil } = done.body;
      expect(Date.parse(validUntil!) - Date.parse(performedAt!)).toBe(
        90 * DAY_MS,
      );
      expect(await measure()).toMatchObject({
        lastPerformedAt: performedAt,
        verdict: 'conditional',
      });
      expect(await db('readiness_tests').pluck('id')).toEqual([id]);
      expect(auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'readiness-test-finish',
          meta: { id },
        }),
      );
      expect(auditEvent.success).toHaveBeenLastCalledWith({
        meta: { state: 'finished', verdict: 'conditional' },
      });

      // Sent again, because the reply was lost.
      expect(
        await act(id, 'finish', { version: 1, summary: 'Almost' }),
      ).toEqual(done);
      expect((await act(id, 'finish', { version: 2 })).status).toBe(409);
      expect((await answer(id, 'scan', { version: 1 })).status).toBe(409);
      expect((await act(id, 'discard', { version: 2 })).status).toBe(409);
    });

    it('fail where a blocking item does', async () => {
      const { body } = await finished({
        alarms: 'no',
        runbook: 'no',
        scan: 'yes',
      });
      expect(body.verdict).toBe('fail');
      expect((await measure()).state).toBe('failing');
    });

    it('tell the second of two people who answer the same item', async () => {
      const { id } = (await begin()).body;
      await answer(id, 'alarms', { value: 'no' }, carol);
      const second = await answer(id, 'alarms', { value: 'yes' });
      expect(second.status).toBe(409);
      expect(second.body.error.message).toMatch(
        /^The answer to alarms was given by user:default\/carol at .*Z; load it again/,
      );
      // The same answer of the same person is a request that was sent twice.
      expect(await answer(id, 'alarms', { value: 'no' }, carol)).toMatchObject({
        status: 200,
        body: { version: 1 },
      });

      const withdraw = (version: number) =>
        call<Test>({
          method: 'delete',
          path: `/readiness-tests/${id}/answers/alarms`,
          query: { version },
        });
      expect((await withdraw(2)).status).toBe(409);
      expect(await withdraw(1)).toMatchObject({
        status: 200,
        body: { answered: 0, answers: [] },
      });
      // Twice is once.
      expect((await withdraw(1)).status).toBe(200);
      expect((await answer(id, 'alarms', { version: 1 })).status).toBe(409);
      expect(await answer(id, 'alarms', {})).toMatchObject({
        status: 200,
        body: { version: 3, value: 'yes' },
      });
    });

    it('keep exactly one of many answers at once, and one result', async () => {
      const same = { key: 'begun-at-once' };
      const begun = await Promise.all([1, 2, 3, 4].map(() => begin(same)));
      const [id, ...others] = new Set(begun.map(({ body }) => body.id));
      expect(others).toEqual([]);
      expect(begun.map(({ status }) => status).sort()).toEqual([
        200, 200, 200, 201,
      ]);

      const callers = ['a', 'b', 'c', 'd', 'e'].map(name =>
        mockCredentials.user.header(`user:default/${name}`),
      );
      const answers = await Promise.all([
        ...callers.map(caller => answer(id, 'alarms', { value: 'no' }, caller)),
        answer(id, 'runbook', { value: 'no' }),
        answer(id, 'scan', { value: 'no' }, carol),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([
        200, 200, 200, 409, 409, 409, 409,
      ]);

      const finish = await Promise.all([
        ...[1, 2, 3].map(() => act(id, 'finish', { version: 1 })),
        answer(id, 'scan', { version: 1, value: 'yes' }, carol),
        act(id, 'finish', { version: 1 }, carol),
      ]);
      expect(finish.map(({ status }) => status)).toEqual(
        expect.arrayContaining([200, 409]),
      );
      const { body } = await get(id);
      expect(await db('readiness_tests').select('id', 'verdict')).toEqual([
        { id, verdict: body.verdict },
      ]);
    });

    it('wait for their sign-off by somebody else', async () => {
      const { id } = (await begin({ template: 'signed' })).body;
      await answer(id, 'all', {});
      expect((await act(id, 'finish', { version: 1 })).body).toMatchObject({
        state: 'awaiting-sign-off',
        verdict: 'pass',
        validUntil: null,
      });
      expect(await db('readiness_tests')).toEqual([]);

      const own = await act(id, 'sign-off', {
        version: 2,
        decision: 'accepted',
      });
      expect(own.status).toBe(403);
      expect(own.body.error.message).toBe(
        'You performed this readiness test; somebody else has to sign it off',
      );
      policy.become((permission, caller) =>
        permission === SIGN_OFF && caller !== 'user:default/carol'
          ? deny
          : usual(permission, caller),
      );
      const signOff = (body: JsonObject, authorization = carol) =>
        act(id, 'sign-off', body, authorization);
      const notMine = await signOff(
        { version: 2, decision: 'accepted' },
        mockCredentials.user.header('user:default/dave'),
      );
      expect(notMine.status).toBe(403);
      expect(notMine.body.error.message).toContain(SIGN_OFF);

      expect((await signOff({ version: 2, decision: 'returned' })).status).toBe(
        400,
      );
      const returned = await signOff({
        version: 2,
        decision: 'returned',
        comment: 'Look at the alarms again',
      });
      expect(returned.body).toMatchObject({
        state: 'open',
        version: 3,
        verdict: null,
        performedAt: null,
        signOff: {
          by: 'user:default/carol',
          decision: 'returned',
          comment: 'Look at the alarms again',
        },
      });
      expect((await act(id, 'finish', { version: 1 })).status).toBe(409);
      await act(id, 'finish', { version: 3 });
      expect(
        (await signOff({ version: 3, decision: 'accepted' })).body.error
          .message,
      ).toMatch(
        /^The readiness test was changed meanwhile by user:default\/alice at/,
      );
      expect(await signOff({ version: 4, decision: 'accepted' })).toMatchObject(
        { status: 200, body: { state: 'finished', version: 5 } },
      );
      expect(await db('readiness_tests').pluck('id')).toEqual([id]);
      expect((await measure()).verdict).toBe('pass');
    });

    it('are discarded, and never count then', async () => {
      const { id } = (await begin()).body;
      const discarded = await act(id, 'discard', { version: 1 }, carol);
      expect(discarded.body).toMatchObject({ state: 'discarded', version: 2 });
      expect(await act(id, 'discard', { version: 1 })).toEqual(discarded);
      const late = await answer(id, 'alarms', {});
      expect(late.status).toBe(409);
      expect(late.body.error.message).toMatch(
        /^The readiness test is discarded by user:default\/carol at .*; it has to be open$/,
      );
      expect(await list({ state: 'discarded' })).toMatchObject({
        totalItems: 1,
      });
    });

    it('are finished by what they began with, whatever becomes of the template', async () => {
      const { body } = await begin();
      const { id } = body;
      const before = await db('readiness_templates').where({ id: 'small' });
      await db('readiness_templates')
        .where({ id: 'small' })
        .update({ removed_at: 7 });
      expect((await get(id)).body).toMatchObject({
        templateRemoved: true,
        content: body.content,
        outdated: false,
      });
      expect((await begin()).body.error.message).toMatch(
        /^Invalid body property template: there is no template small; known are acceptance-retest, /,
      );
      for (const itemId of ['alarms', 'runbook', 'scan']) {
        await answer(id, itemId, { evidence: PROOF });
      }
      expect((await act(id, 'finish', { version: 1 })).body).toMatchObject({
        state: 'finished',
        verdict: 'pass',
        templateRemoved: true,
      });
      const { body: templates } = await call<ReadinessTemplateList>({
        path: '/readiness-templates',
      });
      expect(templates.items.find(item => item.id === 'small')).toMatchObject({
        removed: true,
        services: { tested: 1, outdated: 0 },
      });
      await db('readiness_templates').where({ id: 'small' }).update(before[0]);
    });

    it('tell which were run against an older content', async () => {
      const { body } = await finished({
        alarms: 'yes',
        runbook: 'yes',
        scan: 'yes',
      });
      await db('readiness_template_revisions').insert({
        ...(await db('readiness_template_revisions')
          .where({ template: 'small' })
          .first()),
        revision: 'newer',
      });
      const [{ revision }] = await db('readiness_templates').where({
        id: 'small',
      });
      await db('readiness_templates')
        .where({ id: 'small' })
        .update({ revision: 'newer' });
      expect((await get(body.id)).body.outdated).toBe(true);
      const { body: templates } = await call<ReadinessTemplateList>({
        path: '/readiness-templates',
        query: { entityRef: PAYMENTS },
      });
      expect(templates.items.find(({ id }) => id === 'small')).toMatchObject({
        services: { tested: 1, outdated: 1 },
      });

      const counted = { template: 'small', newest: 'true' };
      const idsOf = async (query: ApiRequest['query']) =>
        (await list(query)).items.map(({ id }) => id);
      expect(await idsOf({ ...counted, outdated: 'true' })).toEqual([body.id]);
      expect(await idsOf({ ...counted, outdated: 'false' })).toEqual([]);
      const open = (await begin()).body;
      expect(await idsOf(counted)).toEqual([body.id]);
      expect(await idsOf({ outdated: 'false' })).toEqual([open.id]);
      await act(open.id, 'discard', { version: 1 });
      const { body: newer } = await finished({
        alarms: 'yes',
        runbook: 'yes',
        scan: 'yes',
      });
      expect(await list(counted)).toMatchObject({
        items: [{ id: newer.id, outdated: false }],
        totalItems: 1,
      });
      expect(await idsOf({ ...counted, outdated: 'true' })).toEqual([]);
      expect(await idsOf({ outdated: 'true' })).toEqual([body.id]);
      await db('readiness_templates')
        .where({ id: 'small' })
        .update({ revision });
    });

    it('are reported by pipelines, in parts', async () => {
      const yes = { value: 'yes', note: null, evidence: PROOF };
      const first = await report('build-7', { answers: { alarms: yes } });
      expect(first).toMatchObject({
        status: 201,
        body: {
          state: 'open',
          startedBy: 'external:test-service',
          answered: 1,
        },
      });
      const { id } = first.body;
      // As often as it likes.
      expect(
        await report('build-7', { answers: { alarms: yes } }),
      ).toMatchObject({ status: 200, body: { id, answered: 1 } });

      const unknown = await report('build-7', {
        answers: { alarm: yes, websites: yes, runbook: yes },
      });
      expect(unknown.status).toBe(400);
      expect(unknown.body.error.message).toBe(
        'Invalid body property answers: there is no item alarm; websites does not apply to the service; known are alarms, runbook, scan',
      );
      expect((await get(id)).body.answered).toBe(1);

      const early = await report('build-7', {
        answers: { runbook: { value: 'no' } },
        finish: true,
      });
      expect(early.status).toBe(400);
      expect(early.body.error.message).toBe(
        'The readiness test cannot be finished yet: scan (not answered)',
      );
      // Nothing of it is lost.
      expect((await get(id)).body.answered).toBe(2);

      // A person answers what a pipeline cannot.
      await answer(id, 'scan', { value: 'yes', note: 'By hand' }, carol);
      const overwritten = await report('build-7', {
        answers: { scan: { value: 'no' } },
      });
      expect(overwritten.status).toBe(409);
      expect(overwritten.body.error.message).toMatch(
        /^The answer to scan was given by user:default\/carol/,
      );

      const performedAt = toIsoInstant(Date.now() - DAY_MS);
      const done = await report('build-7', {
        answers: { runbook: { value: 'no' } },
        performedAt,
        finish: true,
      });
      expect(done).toMatchObject({
        status: 200,
        body: {
          id,
          state: 'finished',
          verdict: 'conditional',
          performedAt,
          performedBy: 'external:test-service',
        },
      });
      expect(
        await report('build-7', {
          answers: { alarms: yes, runbook: { value: 'no' } },
          performedAt,
          finish: true,
        }),
      ).toEqual(done);
      const changed = await report('build-7', {
        answers: { runbook: { value: 'yes' } },
        finish: true,
      });
      expect(changed.status).toBe(409);
      expect(changed.body.error.message).toMatch(
        /with another answer to runbook; report it under another id$/,
      );
      const otherService = await report('build-7', { entityRef: SEARCH });
      expect(otherService.status).toBe(409);
      // Somebody else's id is another one.
      expect((await report('build-7', {}, alice)).status).toBe(201);
      const future = await report('build-8', {
        performedAt: toIsoInstant(Date.now() + DAY_MS),
        finish: true,
      });
      expect(future.body.error.message).toMatch(
        /performedAt: .* in the future$/,
      );
      expect(await db('readiness_tests').pluck('id')).toEqual([id]);
    });

    it('are one, however often they are reported at once', async () => {
      const answers = Object.fromEntries(
        ['alarms', 'runbook', 'scan'].map(itemId => [
          itemId,
          { value: 'no', note: itemId },
        ]),
      );
      const answered = await Promise.all(
        [1, 2, 3, 4].map(() => report('parallel', { answers, finish: true })),
      );
      expect(answered.flatMap(({ body }) => body.error ?? [])).toEqual([]);
      expect(new Set(answered.map(({ body }) => body.id)).size).toBe(1);
      expect(answered.map(({ body }) => body.verdict)).toEqual(
        Array(4).fill('fail'),
      );
      expect(await db('readiness_tests').count({ count: '*' })).toMatchObject([
        { count: databaseId.startsWith('SQLITE') ? 1 : '1' },
      ]);
    });

    it('are compared', async () => {
      const before = await finished({
        alarms: 'no',
        runbook: 'yes',
        scan: 'yes',
      });
      const after = await finished({
        alarms: 'yes',
        runbook: 'no',
        scan: 'yes',
      });
      expect((await get(after.body.id)).body.previousId).toBe(before.body.id);
      const difference = (from: string, to: string, authorization = alice) =>
        call<ReadinessDifference & Failed>({
          path: `/readiness-tests/${to}/difference`,
          query: { from },
          authorization,
        });
      const { body } = await difference(before.body.id, after.body.id);
      expect(body).toMatchObject({
        from: { id: before.body.id, verdict: 'fail' },
        to: { id: after.body.id, verdict: 'conditional' },
      });
      expect(body.items.map(({ change, itemId }) => [itemId, change])).toEqual([
        ['alarms', 'better'],
        ['runbook', 'worse'],
        ['scan', 'same'],
      ]);
      const { body: other } = await begin({ template: 'signed' });
      const wrong = await difference(before.body.id, other.id);
      expect(wrong.status).toBe(400);
      expect(wrong.body.error.message).toMatch(/same template and service$/);
      expect((await difference('nope', after.body.id)).status).toBe(404);
      expect(
        (await difference(before.body.id, after.body.id, bob)).status,
      ).toBe(404);
    });

    it('are listed page by page, newest first, as far as they are visible', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 5; n++) {
        const entityRef = n === 3 ? SEARCH : PAYMENTS;
        ids.push((await begin({ entityRef })).body.id);
      }
      await db('readiness_runs').update({ listed_at: 7 });
      const inOrder = [...ids].sort().reverse();
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 2, ...(cursor && { cursor }) });
        expect(page.totalItems).toBe(5);
        listed.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(listed).toEqual(inOrder);

      expect((await list({}, bob)).items).toMatchObject([
        { entityRef: SEARCH, itemCount: 4 },
      ]);
      expect((await list({ entityRef: PAYMENTS }, bob)).totalItems).toBe(0);
      expect((await list({ owner: 'group:default/team' })).totalItems).toBe(4);
      expect((await list({ state: ['finished'] })).totalItems).toBe(0);
      expect((await list({ template: ['small'] })).totalItems).toBe(5);
      expect((await list({ verdict: 'pass' })).totalItems).toBe(0);
    });

    it.each<[string, JsonObject, RegExp]>([
      ['a value', { value: 'perhaps' }, /^Invalid body property value: /],
      ['a version', { version: -1 }, /^Invalid body property version: /],
      [
        'a link of another scheme',
        {
          evidence: [{ title: 'x', url: ['javascript', 'alert(1)'].join(':') }],
        },
        /evidence\.0\.url: expected an http or https address/,
      ],
      ['a note', { note: 'x'.repeat(20_001) }, /^Invalid body property note: /],
    ])('refuse %s that is none', async (_, given, message) => {
      const { id } = (await begin()).body;
      const { body, status } = await answer(id, 'alarms', given);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
    });

    it('are not for everybody', async () => {
      const { id } = (await begin()).body;
      expect((await get(id, bob)).status).toBe(404);
      expect((await answer(id, 'alarms', {}, bob)).status).toBe(404);
      expect((await begin({}, bob)).status).toBe(404);
      expect((await report('x', {}, bob)).status).toBe(404);
      expect((await get('nope')).status).toBe(404);
      expect((await answer(id, 'nope', {})).body.error.message).toBe(
        'there is no item nope; known are alarms, runbook, scan',
      );

      policy.become((permission, caller) =>
        permission === PERFORM ? deny : usual(permission, caller),
      );
      for (const { body, status } of [
        await begin(),
        await answer(id, 'alarms', {}),
        await act(id, 'finish', { version: 1 }),
        await act(id, 'discard', { version: 1 }),
        await report('x', {}),
      ]) {
        expect(status).toBe(403);
        expect(body.error.message).toContain(
          `You lack the permission ${PERFORM} for ${PAYMENTS}`,
        );
      }
      expect((await get(id)).body).toMatchObject({ version: 1, answered: 0 });
    });

    describe('of the past', () => {
      const importTests = (
        given: { csv: string } | { body: JsonValue },
        dryRun?: boolean,
      ) =>
        call<ImportResult & Failed>({
          method: 'post',
          path: '/imports/readiness-tests',
          query: dryRun === undefined ? {} : { dryRun: String(dryRun) },
          ...given,
        });
      const HEADER =
        'service,template,performedAt,verdict,performedBy,validUntil,summary,externalId';
      const GOOD = [
        HEADER,
        'payments,small,2024-03-01,pass,user:default/carol,,"Went\nwell",a-1',
        'component:default/search,small,2024-03-02T10:00:00Z,fail,,2025-01-01,,a-2',
      ].join('\n');

      it('are tried first, imported, and imported again without doubling', async () => {
        expect((await importTests({ csv: GOOD })).body).toEqual({
          dryRun: true,
          created: 2,
          updated: 0,
          unchanged: 0,
          errors: [],
          errorCount: 0,
        });
        expect((await list()).totalItems).toBe(0);

        expect((await importTests({ csv: GOOD }, false)).body).toMatchObject({
          dryRun: false,
          created: 2,
        });
        const { items } = await list();
        expect(items).toMatchObject([
          {
            entityRef: SEARCH,
            performedAt: '2024-03-02T10:00:00.000Z',
            verdict: 'fail',
            validUntil: '2025-01-01T00:00:00.000Z',
            templateVersion: null,
            outdated: false,
          },
          {
            entityRef: PAYMENTS,
            performedBy: 'user:default/carol',
            summary: 'Went\nwell',
            state: 'finished',
          },
        ]);
        expect((await get(items[1].id)).body).toMatchObject({
          content: null,
          templateRemoved: false,
          answers: [],
          missing: [],
        });
        expect(await measure()).toMatchObject({
          lastPerformedAt: '2024-03-01T00:00:00.000Z',
        });

        const changed = GOOD.replace('pass', 'conditional');
        expect((await importTests({ csv: changed }, false)).body).toMatchObject(
          {
            created: 0,
            updated: 1,
            unchanged: 1,
          },
        );
        expect((await importTests({ csv: changed }, false)).body).toMatchObject(
          {
            updated: 0,
            unchanged: 2,
          },
        );
        expect((await list()).totalItems).toBe(2);
        expect(await measure()).toMatchObject({ verdict: 'conditional' });
        const json = [
          {
            service: 'payments',
            template: 'small',
            performedAt: '2024-03-01T00:00:00.000Z',
            verdict: 'conditional',
            performedBy: 'user:default/carol',
            summary: 'Went\nwell',
            externalId: 'a-1',
          },
        ];
        expect((await importTests({ body: json }, false)).body).toMatchObject({
          unchanged: 1,
        });
        expect(
          await Promise.all(
            [1, 2, 3].map(() =>
              importTests({ csv: GOOD.replace('a-1', 'b-1') }, false),
            ),
          ),
        ).toMatchObject(Array(3).fill({ status: 200 }));
        expect((await list()).totalItems).toBe(3);
      });

      it('are told what is wrong by line and field, and nothing is written', async () => {
        const { body } = await importTests(
          {
            csv: [
              ...GOOD.split('\n'),
              'nothing,small,2024-01-01,pass,,,,b-1',
              'payments,smal,2024-01-01,pass,,,,b-2',
              'payments,small,someday,maybe,,,,b-3',
              'payments,small,2999-01-01,pass,,,,b-4',
              'payments,small,2024-01-01,pass,,2023-01-01,,b-5',
              'payments,small,2024-01-01,pass,,,,a-1',
              'payments,small,2024-01-01,pass,,,,',
            ].join('\n'),
          },
          false,
        );
        expect(body).toMatchObject({ created: 0, errorCount: 8 });
        expect(
          body.errors.map(({ field, line, message }) => [line, field, message]),
        ).toEqual([
          [5, 'service', expect.stringMatching(/^there is no service nothing/)],
          [
            6,
            'template',
            expect.stringMatching(/^there is no template smal; known are/),
          ],
          [
            7,
            'performedAt',
            expect.stringMatching(/^expected an ISO 8601 instant or day/),
          ],
          [7, 'verdict', expect.stringMatching(/given "maybe"$/)],
          [8, 'performedAt', 'is in the future'],
          [9, 'validUntil', 'expected an instant after performedAt'],
          [10, 'externalId', 'line 2 has the same one'],
          [11, 'externalId', 'expected a value'],
        ]);
        expect((await list()).totalItems).toBe(0);
        const tooLarge = await importTests({ csv: 'x'.repeat(5_300_000) });
        expect(tooLarge.status).toBe(413);
      });

      it('are not for everybody to import', async () => {
        policy.become((permission, caller) =>
          permission === IMPORT ? deny : usual(permission, caller),
        );
        expect((await importTests({ csv: GOOD }, false)).status).toBe(403);
        expect((await list()).totalItems).toBe(0);
      });
    });
  },
);
