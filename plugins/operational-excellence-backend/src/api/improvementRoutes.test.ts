import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import {
  Improvement,
  ImprovementDetail,
  Page,
  Service,
  SimilarTicketList,
  TicketItem,
  TrackerList,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTicketSourcesExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_FAKE_PROJECT } from 'backstage-plugin-operational-excellence-node/testUtils';
import { randomUUID } from 'crypto';
import plugin from '../index';
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

const PAYMENTS = 'component:default/payments';
const SEARCH = 'component:default/search';
const CREATE = 'operational-excellence.improvement.create';

const service = (
  name: string,
  owner: string,
  annotations: Record<string, string>,
): Entity =>
  component(name, {
    metadata: { name, namespace: 'default', title: name, annotations },
    spec: { type: 'service', owner },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  });

const ENTITIES: Entity[] = [
  service('payments', 'team-a', { [ANNOTATION_FAKE_PROJECT]: 'acme' }),
  service('search', 'team-b', { [ANNOTATION_FAKE_PROJECT]: 'find' }),
  service('mail', 'team-b', {}),
  component('team-a', { kind: 'Group' }),
  component('team-b', { kind: 'Group' }),
];

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('improvements on %s', databaseId => {
  const tracker = ScriptedTracker.create();
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
    await tracker.upstream.createIn(
      'acme',
      { title: 'Retry on time-outs of the bank', improvement: true },
      { title: 'Über 100% der Zeit_zone', improvement: false },
      {
        title: 'Retry done long ago',
        improvement: true,
        state: 'done',
        closedAt: Date.now(),
      },
    );
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob'
          ? [SEARCH]
          : ENTITIES.map(entity => stringifyEntityRef(entity)),
    });
    const backend = await startTestBackend({
      features: [
        plugin,
        createBackendModule({
          pluginId: 'operational-excellence',
          moduleId: 'fakes',
          register(env) {
            env.registerInit({
              deps: {
                sources: operationalExcellenceTicketSourcesExtensionPoint,
              },
              async init({ sources }) {
                sources.addTicketSource(tracker);
              },
            });
          },
        }),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => catalog,
        }),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => policy,
        }),
        auditor.factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.example' },
            operationalExcellence: { visibility: { decisionsFor: 'PT0.001S' } },
          },
        }),
        mockServices.database.factory({
          knex: await databases.init(databaseId),
        }),
      ],
    });
    stop = () => backend.stop();
    api = DocumentedApi.of(backend.server);
    await eventually(async () => {
      const { totalItems } = await openCount();
      if (totalItems !== 1) throw new Error(`${totalItems} tickets are open`);
    });
  });

  afterAll(() => stop());

  beforeEach(() => {
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
    tracker.script.length = 0;
  });

  const call = <T = JsonObject>(request: ApiRequest) =>
    api.call<T>({ authorization: alice, ...request });

  async function openCount() {
    const { body } = await call<Page<TicketItem>>({
      path: '/services/component/default/payments/tickets',
    });
    return body;
  }

  const submission = (given: JsonObject = {}) => ({
    key: randomUUID(),
    entityRef: PAYMENTS,
    title: 'Fail over without hands',
    description: 'It took *hours*.',
    goal: null,
    priority: null,
    origin: null,
    alternativeTo: null,
    ...given,
  });

  const submit = (body: JsonObject, authorization = alice) =>
    call<Improvement & { error: { message: string } }>({
      method: 'post',
      path: '/improvements',
      body,
      authorization,
    });

  it('files an improvement at once, which then counts', async () => {
    const before = await openCount();
    const given = submission({
      goal: {
        measure: 'Minutes until traffic moves',
        from: '120',
        to: '5',
        by: '2027-01-31T00:00:00.000Z',
      },
      origin: { kind: 'incident', url: 'https://incidents.example/7?a=<b>' },
      priority: 'high',
    });
    const { body, status } = await submit(given);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      entityRef: PAYMENTS,
      entityTitle: 'payments',
      title: given.title,
      filedBy: 'user:default/alice',
      tracker: { title: 'Fake tracker', scope: 'acme' },
      delivery: { state: 'filed', attempts: 1, reason: null },
      stage: 'open',
      ticket: {
        key: expect.stringMatching(/^acme#\d+$/),
        url: expect.stringMatching(/^https:\/\/tracker\.example\//),
        state: 'open',
      },
      alternatives: [],
      environment: null,
      evaluation: null,
    });
    const after = await openCount();
    expect(after.totalItems).toBe(before.totalItems + 1);
    expect(after.items.map(({ key }) => key)).toContain(body.ticket?.key);
    const { body: shown } = await call<Service>({
      path: '/services/component/default/payments',
    });
    expect(shown.backlog.openCount).toBe(after.totalItems);

    expect(tracker.requests.at(-1)).toMatchObject({
      scopeKey: 'acme',
      container: 'acme',
      entityRef: PAYMENTS,
      priority: 'high',
      description: [
        'It took *hours*.',
        '## Goal',
        '- **What is measured:** Minutes until traffic moves\n- **Before:** 120\n- **Target:** 5\n- **By:** 2027-01-31',
        '---',
        'It came of an incident: <https://incidents.example/7?a=%3Cb%3E>',
        `Filed by \`user:default/alice\` for [\`${PAYMENTS}\`](<https://portal.example/catalog/default/component/payments>).`,
      ].join('\n\n'),
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'improvement-create',
        meta: { entityRef: PAYMENTS },
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledWith({
      meta: { id: body.id, delivery: 'filed' },
    });
  });

  it('takes the same submission once, however often it comes', async () => {
    const given = submission({ title: 'Only once' });
    const before = tracker.requests.length;
    const answers = await Promise.all([
      submit(given),
      submit(given),
      submit(given),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(tracker.requests.length).toBe(before + 1);

    const other = await submit({ ...given, title: 'Something else' });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/^The key was already used/);
    // Another caller may use the same key.
    const another = await submit({ ...given, entityRef: SEARCH }, bob);
    expect(another.status).toBe(201);
  });

  it('tells why a tracker refused, and files what was corrected', async () => {
    tracker.script.push('refused');
    const { body, status } = await submit(submission({ title: 'Refused' }));
    expect(status).toBe(202);
    expect(body).toMatchObject({
      delivery: {
        state: 'rejected',
        reason: 'severity: This field is required',
        nextAttemptAt: null,
      },
      ticket: null,
      stage: 'filing',
    });

    const correction = {
      title: 'Corrected',
      description: 'With a severity',
      goal: null,
      priority: 'low',
      origin: null,
    };
    const resend = () =>
      call<Improvement>({
        method: 'post',
        path: `/improvements/${body.id}/resend`,
        body: correction,
      });
    const resent = await resend();
    expect(resent).toMatchObject({
      status: 200,
      body: {
        id: body.id,
        title: 'Corrected',
        priority: 'low',
        delivery: { state: 'filed', attempts: 2, reason: null },
      },
    });
    // A double click.
    expect((await resend()).body.ticket).toEqual(resent.body.ticket);
    const late = await call<{ error: { message: string } }>({
      method: 'post',
      path: `/improvements/${body.id}/resend`,
      body: { ...correction, title: 'Too late' },
    });
    expect(late.status).toBe(409);
    expect(late.body.error.message).toBe(
      `The improvement is filed as ${resent.body.ticket?.key}; change it in its tracker`,
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'improvement-resend',
        meta: { id: body.id },
      }),
    );
  });

  it.each([
    ['forbidden', 'The project is archived'],
    ['gone', 'There is no such project'],
  ] as const)('tells that it is %s', async (behaviour, reason) => {
    tracker.script.push(behaviour);
    const { body } = await submit(submission());
    expect(body.delivery).toMatchObject({ state: 'rejected', reason });
  });

  it.each([
    ['down', 'the connection was refused'],
    ['unauthorized', 'The token has expired'],
  ] as const)(
    'keeps what waits for a tracker that is %s',
    async (is, reason) => {
      tracker.script.push(is);
      const { body, status } = await submit(submission());
      expect(status).toBe(202);
      expect(body.delivery).toEqual({
        state: 'queued',
        attempts: 1,
        nextAttemptAt: expect.stringMatching(/Z$/),
        reason,
      });
      expect(body.stage).toBe('filing');
    },
  );

  describe('what is not allowed', () => {
    it('hides services that a caller may not see, as if there were none', async () => {
      const answers = await Promise.all([
        submit(submission(), bob),
        submit(submission({ entityRef: 'component:default/nowhere' })),
      ]);
      expect(
        answers.map(({ body, status }) => [status, body.error.message]),
      ).toEqual([
        [
          404,
          `There is no service ${PAYMENTS}, or you may not see it in the catalog`,
        ],
        [
          404,
          'There is no service component:default/nowhere, or you may not see it in the catalog',
        ],
      ]);
      expect(auditEvent.fail).toHaveBeenCalledTimes(2);
    });

    it('needs the permission for that service', async () => {
      policy.become((permission, caller) =>
        permission === CREATE ? deny : usual(permission, caller),
      );
      const { body, status } = await submit(submission());
      expect(status).toBe(403);
      expect(body.error.message).toBe(
        `You lack the permission ${CREATE} for ${PAYMENTS}; ask its owners, or those who run this portal`,
      );
      expect(auditEvent.fail).toHaveBeenCalledTimes(1);
    });

    it('hides improvements of hidden services, by whatever way', async () => {
      const { body } = await submit(submission({ title: 'Hidden' }));
      const path = `/improvements/${body.id}`;
      for (const request of [
        { path },
        {
          method: 'post' as const,
          path: `${path}/resend`,
          body: {
            title: 'x',
            description: '',
            goal: null,
            priority: null,
            origin: null,
          },
        },
        { path: '/services/component/default/payments/trackers' },
        {
          path: '/services/component/default/payments/similar-tickets',
          query: { q: 'retry' },
        },
      ]) {
        const { status } = await call({ ...request, authorization: bob });
        expect([request.path, status]).toEqual([request.path, 404]);
      }
      const { body: page } = await call<Page<Improvement>>({
        path: '/improvements',
        authorization: bob,
      });
      expect(new Set(page.items.map(({ entityRef }) => entityRef))).toEqual(
        new Set(page.items.length ? [SEARCH] : []),
      );
      expect(page.totalItems).toBe(page.items.length);
    });

    it.each([
      '/improvements',
      '/improvements/gone',
      '/services/component/default/payments/trackers',
    ])('answers 401 and 403 to %s', async path => {
      const { status } = await call({
        path,
        authorization: mockCredentials.none.header(),
      });
      expect(status).toBe(401);
      policy.become(() => deny);
      expect((await call({ path })).status).toBe(403);
    });
  });

  describe('bad input', () => {
    it.each<[string, JsonObject, string]>([
      ['no title', { title: ' ' }, 'Invalid body property title'],
      [
        'a title of control characters',
        { title: '\u0000\u0007' },
        'Invalid body property title: expected more than control characters',
      ],
      [
        'a long title',
        { title: 'x'.repeat(256) },
        'Invalid body property title',
      ],
      [
        'a long description',
        { description: 'x'.repeat(20_001) },
        'Invalid body property description',
      ],
      [
        'a link that runs something',
        {
          origin: {
            kind: 'other',
            url: 'data:text/html,<script>alert(1)</script>',
          },
        },
        'expected an http or https address',
      ],
      ['a short key', { key: 'x' }, 'Invalid body property key'],
      ['who filed it', { filedBy: 'user:default/eve' }, 'filedBy'],
      [
        'a tracker of another service',
        { trackerId: 'nope' },
        'Invalid body property trackerId: the service does not have this tracker',
      ],
      [
        'an alternative to nothing',
        { alternativeTo: 'nope' },
        'Invalid body property alternativeTo: expected the id of an improvement of the same service',
      ],
      [
        'what is no reference',
        { entityRef: 'payments' },
        'Invalid body property entityRef: expected an entity reference',
      ],
    ])('refuses %s', async (_, given, message) => {
      const before = tracker.requests.length;
      const { body, status } = await submit(submission(given));
      expect(status).toBe(400);
      expect(body.error.message).toContain(message);
      expect(tracker.requests).toHaveLength(before);
    });

    it('says how much is too much', async () => {
      const { body, status } = await submit(
        submission({ description: 'x'.repeat(10 * 1024 * 1024) }),
      );
      expect(status).toBe(413);
      expect(body.error.message).toBe(
        'The body is larger than the limit of 256kb',
      );
    });

    it.each([
      ['the longest texts', 'ü'.repeat(255), '漢'.repeat(20_000)],
      ['emoji and right to left', '👩🏽‍🚒 مرحبا שלום', '\u202eevil\u2066 ‫ok'],
      [
        'control characters',
        'a\u0000b\nc\u2028d',
        'a\u0000b\r\n\tc\u0007\ud83d',
      ],
      ['markup', '<script>alert(1)</script> [x](javascript:y)', '</details>'],
    ])('files %s', async (_, title, description) => {
      const { body, status } = await submit(submission({ title, description }));
      expect(status).toBe(201);
      const request = tracker.requests.at(-1)!;
      expect(request.title).not.toMatch(/[\p{Cc}\p{Zl}\u202e]/u);
      expect(request.description).not.toMatch(/(?![\n\t])\p{Cc}|\u202e/u);
      expect(request.title).toBe(body.title);
      expect(
        (await call<ImprovementDetail>({ path: `/improvements/${body.id}` }))
          .body.description,
      ).toBe(body.description);
    });
  });

  it('lists improvements page by page, newest first', async () => {
    const { body: all } = await call<Page<Improvement>>({
      path: '/improvements',
      query: { limit: 200 },
    });
    expect(all.items.length).toBeGreaterThan(5);
    expect(all.totalItems).toBe(all.items.length);
    const ages = all.items.map(({ createdAt }) => createdAt);
    expect(ages).toEqual([...ages].sort().reverse());

    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await call<Page<Improvement>>({
        path: '/improvements',
        query: { limit: 3, ...(cursor && { cursor }) },
      });
      expect(body.totalItems).toBe(all.totalItems);
      ids.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(ids).toEqual(all.items.map(({ id }) => id));
  });

  it.each<[Record<string, string>, (item: Improvement) => boolean]>([
    [{ entityRef: SEARCH }, item => item.entityRef === SEARCH],
    [{ owner: 'Group:default/Team-B' }, item => item.entityRef === SEARCH],
    [{ delivery: 'queued' }, item => item.delivery.state === 'queued'],
    [{ stage: 'filing' }, item => item.delivery.state !== 'filed'],
    [{ stage: 'open' }, item => item.stage === 'open'],
  ])('filters by %j', async (query, matches) => {
    const all = await call<Page<Improvement>>({
      path: '/improvements',
      query: { limit: 200 },
    });
    const some = await call<Page<Improvement>>({
      path: '/improvements',
      query: { limit: 200, ...query },
    });
    expect(some.body.items.map(({ id }) => id)).toEqual(
      all.body.items.filter(matches).map(({ id }) => id),
    );
    expect(some.body.items).not.toHaveLength(0);
    expect(some.body.totalItems).toBe(some.body.items.length);
  });

  it('names the trackers of a service', async () => {
    const trackersOf = async (name: string) =>
      (
        await call<TrackerList>({
          path: `/services/component/default/${name}/trackers`,
        })
      ).body.items;
    expect(await trackersOf('payments')).toEqual([
      {
        id: expect.any(String),
        title: 'Fake tracker',
        scope: 'acme',
        url: 'https://tracker.example/acme',
        builtIn: false,
      },
    ]);
    expect(await trackersOf('mail')).toEqual([]);
    const [{ id: trackerId }] = await trackersOf('payments');
    expect((await submit(submission({ trackerId }))).status).toBe(201);
    const none = await submit(
      submission({ entityRef: 'component:default/mail' }),
    );
    expect(none.status).toBe(400);
    expect(none.body.error.message).toMatch(/^The service has no tracker/);
  });

  it.each([
    ['retry on timeouts', ['Retry on time-outs of the bank']],
    ['BANK RETRY', ['Retry on time-outs of the bank']],
    ['über 100%', ['Über 100% der Zeit_zone']],
    ['ÜBER ZEIT_ZONE', ['Über 100% der Zeit_zone']],
    ['%%%', []],
    ['___', []],
    ['', []],
    ['\u0000', []],
    ['nothing of the kind', []],
  ])('finds open tickets that look like %j', async (q, titles) => {
    const { body } = await call<SimilarTicketList>({
      path: '/services/component/default/payments/similar-tickets',
      query: { q },
    });
    expect(body.items.map(({ title }) => title)).toEqual(titles);
  });
});
