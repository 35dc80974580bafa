import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  Improvement,
  ImprovementDetail,
} from 'backstage-plugin-operational-excellence-common';
import {
  ANNOTATION_FAKE_PROJECT,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { randomUUID } from 'node:crypto';
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

const EVALUATE = 'operational-excellence.improvement.evaluate';
const ENTITIES = ['payments', 'search'].map(name =>
  component(name, {
    metadata: {
      name,
      namespace: 'default',
      annotations: { [ANNOTATION_FAKE_PROJECT]: 'acme' },
    },
  }),
);
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Each test waits several times until the tracker is read. */
jest.setTimeout(60_000);

type Answer = ImprovementDetail & { error: { message: string } };

describe.each(databases.eachSupportedId())('evaluations on %s', databaseId => {
  const tracker = FakeTicketSource.create();
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  let api: DocumentedApi;
  let stop: () => Promise<void>;

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
        caller === 'user:default/bob' ? [SEARCH] : [PAYMENTS, SEARCH],
    });
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      policy,
      db: await databases.init(databaseId),
      sources: [tracker],
      config: {
        policies: [{ id: 'all', evaluation: { within: 'P30D' } }],
      },
    }));
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/payments',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
  });

  afterAll(() => stop());

  beforeEach(() => {
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  async function submit(title: string, alternativeTo: string | null = null) {
    return call<Improvement & { error: { message: string } }>({
      method: 'post',
      path: '/improvements',
      body: {
        key: randomUUID(),
        entityRef: PAYMENTS,
        title,
        description: '',
        goal: null,
        priority: null,
        origin: null,
        alternativeTo,
      },
    });
  }

  const shown = async (id: string) =>
    (await call<ImprovementDetail>({ path: `/improvements/${id}` })).body;

  /** Changes the ticket in its tracker, until the improvement is in a stage. */
  async function inTracker(
    act: 'close' | 'reopen' | 'delete' | 'begin',
    { id, ticket }: Improvement,
    stage: string,
  ) {
    await tracker.upstream[act](ticket!.key.split('#')[1]);
    await call({ method: 'post', path: '/sources/fake%3Atickets/sync' });
    await eventually(async () => expect((await shown(id)).stage).toBe(stage));
  }

  async function done(title: string, alternativeTo?: string) {
    const { body } = await submit(title, alternativeTo);
    await inTracker('close', body, 'evaluation-due');
    return body;
  }

  const judgement = (given: JsonObject = {}) => ({
    verdict: 'met',
    measured: '4 minutes',
    evidence: [{ title: 'Dashboard', url: 'https://graphs.example/7' }],
    note: null,
    stillPriority: null,
    reason: null,
    ...given,
  });

  const evaluate = (
    id: string,
    body: JsonObject = judgement(),
    authorization = alice,
  ) =>
    call<Answer>({
      method: 'post',
      path: `/improvements/${id}/evaluation`,
      body,
      authorization,
    });

  it('judges an improvement that is done', async () => {
    const { id } = await done('Retry');
    const before = await shown(id);
    expect(before.evaluation).toBeNull();
    const { body, status } = await evaluate(
      id,
      judgement({ note: 'Seen *twice*\u0007', measured: '4 \u202eminutes' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id,
      stage: 'met',
      evaluation: {
        verdict: 'met',
        measured: '4 minutes',
        evidence: [{ title: 'Dashboard', url: 'https://graphs.example/7' }],
        note: 'Seen *twice*',
        stillPriority: null,
        reason: null,
        evaluatedBy: 'user:default/alice',
        doneAt: before.doneAt,
      },
      pastEvaluations: [],
    });
    expect(await shown(id)).toEqual(body);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'improvement-evaluate',
        severityLevel: 'medium',
        meta: { id, verdict: 'met' },
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledWith({
      meta: { entityRef: PAYMENTS },
    });
  });

  it('judges what was done once, also of two at the same time', async () => {
    const { id } = await done('Only once');
    const answers = await Promise.all([
      evaluate(id, judgement({ verdict: 'inconclusive' })),
      evaluate(id, judgement({ verdict: 'inconclusive' }), alice),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const again = await evaluate(id);
    expect(again.status).toBe(409);
    expect(again.body.error.message).toMatch(
      /^The improvement was already evaluated as inconclusive, by user:default\/alice at \d{4}-.*Z; it can be evaluated anew once it is reopened and done again$/,
    );
    expect((await shown(id)).stage).toBe('inconclusive');
    expect(auditEvent.fail).toHaveBeenCalledTimes(2);
  });

  it('keeps the evaluation of an improvement that is reopened as its past', async () => {
    const improvement = await done('Comes back');
    const { id } = improvement;
    await evaluate(
      id,
      judgement({
        verdict: 'not-met',
        stillPriority: false,
        reason: 'Switched off next month',
      }),
    );
    const first = (await shown(id)).evaluation;
    expect(first).toMatchObject({
      stillPriority: false,
      reason: 'Switched off next month',
    });

    await inTracker('reopen', improvement, 'open');
    expect(await shown(id)).toMatchObject({
      doneAt: null,
      evaluation: null,
      evaluationDueAt: null,
      pastEvaluations: [first],
    });
    expect((await evaluate(id)).body.error.message).toMatch(
      /^The ticket acme#\d+ is open; the improvement can be evaluated once it is closed in its tracker$/,
    );
    expect((await submit('Too late', id)).body.error.message).toMatch(
      /expected an improvement whose evaluation is not-met, this one is not evaluated since it was last done$/,
    );

    await inTracker('close', improvement, 'evaluation-due');
    await evaluate(id);
    expect(await shown(id)).toMatchObject({
      stage: 'met',
      pastEvaluations: [first],
    });
  });

  it('refuses what is not done', async () => {
    const { body: open } = await submit('Not yet');
    await inTracker('begin', open, 'open');
    await eventually(async () =>
      expect((await shown(open.id)).ticket?.state).toBe('in-progress'),
    );
    const begun = await evaluate(open.id);
    expect(begun.status).toBe(409);
    expect(begun.body.error.message).toMatch(/^The ticket acme#\d+ is in prog/);

    await tracker.upstream.fail('down');
    const { body: queued, status } = await submit('Waits');
    await tracker.upstream.heal();
    expect([status, queued.delivery.state]).toEqual([202, 'queued']);
    expect((await evaluate(queued.id)).body.error.message).toBe(
      'The improvement is not filed in its tracker yet; it can be evaluated once its ticket is done',
    );
  });

  it('shows the chain of alternatives with their verdicts', async () => {
    const first = await done('First');
    const early = await submit('Early', first.id);
    expect(early.status).toBe(400);
    expect(early.body.error.message).toMatch(
      /^Invalid body property alternativeTo: expected an improvement whose evaluation is not-met/,
    );

    const missed = judgement({ verdict: 'not-met', stillPriority: true });
    const { body } = await evaluate(first.id, missed);
    expect(body).toMatchObject({ stage: 'not-met', alternatives: [] });
    const second = await done('Second', first.id);
    await evaluate(second.id, missed);
    const third = await done('Third', second.id);
    await evaluate(third.id);
    const other = await submit('Other', first.id);
    expect((await submit('Why', third.id)).body.error.message).toMatch(
      /this one is evaluated as met$/,
    );

    for (const { id } of [first, second, third, other.body]) {
      const { chain } = await shown(id);
      expect(
        chain.map(({ title, stage, alternativeTo }) => [
          title,
          stage,
          alternativeTo,
        ]),
      ).toEqual([
        ['First', 'not-met', null],
        ['Second', 'not-met', first.id],
        ['Third', 'met', second.id],
        ['Other', 'open', first.id],
      ]);
    }
    expect((await shown(first.id)).alternatives).toEqual([
      second.id,
      other.body.id,
    ]);
  });

  it.each([
    [
      'evidence.0.url: expected an http or https address',
      {
        evidence: [
          { title: 'Click', url: ['javascript', 'alert(1)'].join(':') },
        ],
      },
    ],
    [
      'stillPriority: expected true or false: is what was not met still a priority?',
      { verdict: 'not-met' },
    ],
    [
      'reason: expected why it is no priority any more',
      { verdict: 'not-met', stillPriority: false },
    ],
    [
      'reason: expected more than control characters',
      { verdict: 'not-met', stillPriority: false, reason: '\u0007' },
    ],
    [
      'stillPriority: expected null, for the goal was not missed',
      { stillPriority: true },
    ],
  ])('says what is wrong: %s', async (message, given) => {
    const { id } = await done('Anything');
    const { body, status } = await evaluate(id, judgement(given));
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
    expect((await shown(id)).evaluation).toBeNull();
  });

  it('is not for everybody', async () => {
    const { id } = await done('Mine');
    const hidden = await evaluate(id, judgement(), bob);
    expect(hidden.status).toBe(404);
    expect(await evaluate('nope', judgement(), bob)).toMatchObject({
      status: 404,
      body: {
        error: { message: hidden.body.error.message.replace(id, 'nope') },
      },
    });

    policy.become((permission, caller) =>
      permission === EVALUATE ? deny : usual(permission, caller),
    );
    const denied = await evaluate(id);
    expect(denied.status).toBe(403);
    expect(denied.body.error.message).toContain(
      `You lack the permission ${EVALUATE} for ${PAYMENTS}`,
    );
    expect((await shown(id)).evaluation).toBeNull();
    expect(auditEvent.fail).toHaveBeenCalledTimes(3);
    expect(auditEvent.success).not.toHaveBeenCalledWith({
      meta: { entityRef: PAYMENTS },
    });
  });
});
