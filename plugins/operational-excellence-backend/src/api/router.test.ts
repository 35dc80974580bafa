import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import {
  Service,
  serviceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Environments } from '../environments';
import { Evaluations } from '../evaluations';
import { Calendars, Exercises } from '../exercises';
import { Findings } from '../findings';
import { Improvements } from '../improvements';
import { Initiatives } from '../initiatives';
import { Readiness } from '../readiness';
import { SavedViews } from '../savedViews';
import { Lessons } from '../lessons';
import { PolicyPreviews } from '../policies';
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
import { startApi } from './__testUtils__/startApi';
import { Waivers } from '../waivers';
import {
  GuardrailReader,
  HistoryReader,
  RollupReader,
  ServiceReader,
  SourceReader,
  TimeReader,
} from './readers';

const NOW = '2026-07-01T08:00:00.000Z';
const alice = mockCredentials.user.header('user:default/alice');

const READS: ApiRequest[] = [
  { path: '/services' },
  { path: '/services.csv' },
  { path: '/services/facets' },
  { path: '/rollups', query: { by: 'owner' } },
  { path: '/history', query: { from: '2026-06-01', to: '2026-06-30' } },
  { path: '/history/movers' },
  { path: '/services/component/default/payments' },
  { path: '/services/component/default/payments/tickets' },
  { path: '/services/component/default/payments/time' },
  { path: '/experiments' },
  { path: '/experiment-templates' },
  { path: '/safety-levers' },
  { path: '/sources' },
  { path: '/sources/github%3Agithub.com/scopes' },
  { path: '/sources/github%3Agithub.com/problems' },
  { path: '/unmapped-services' },
];
const SYNC: ApiRequest = {
  method: 'post',
  path: '/sources/github%3Agithub.com/sync',
};

describe('createRouter', () => {
  const policy = new FakePolicy(() => allow);
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const services: jest.Mocked<ServiceReader> = {
    list: jest.fn(),
    csv: jest.fn(),
    facets: jest.fn(),
    get: jest.fn(),
    tickets: jest.fn(),
    experiments: jest.fn(),
  };
  const sources: jest.Mocked<SourceReader> = {
    list: jest.fn(),
    scopes: jest.fn(),
    problems: jest.fn(),
    unmapped: jest.fn(),
  };
  const improvements: jest.Mocked<Improvements> = {
    submit: jest.fn(),
    resend: jest.fn(),
    list: jest.fn(),
    get: jest.fn(),
    trackers: jest.fn(),
    similarTickets: jest.fn(),
  };
  const initiatives: jest.Mocked<Initiatives> = {
    list: jest.fn(),
    get: jest.fn(),
    create: jest.fn(),
    change: jest.fn(),
    close: jest.fn(),
  };
  const savedViews: jest.Mocked<SavedViews> = {
    list: jest.fn(),
    add: jest.fn(),
    change: jest.fn(),
    remove: jest.fn(),
    isShared: jest.fn(),
  };
  const evaluations: jest.Mocked<Evaluations> = { evaluate: jest.fn() };
  const calendars: jest.Mocked<Calendars> = {
    download: jest.fn(),
    createFeed: jest.fn(),
    feeds: jest.fn(),
    revokeFeed: jest.fn(),
    open: jest.fn(),
  };
  const exercises: jest.Mocked<Exercises> = {
    list: jest.fn(),
    get: jest.fn(),
    create: jest.fn(),
    change: jest.fn(),
    transition: jest.fn(),
    log: jest.fn(),
    decide: jest.fn(),
    link: jest.fn(),
    unlink: jest.fn(),
    suggestions: jest.fn(),
    import: jest.fn(),
  };
  const environments: jest.Mocked<Environments> = {
    list: jest.fn(),
    report: jest.fn(),
    remove: jest.fn(),
    choose: jest.fn(),
  };
  const findings: jest.Mocked<Findings> = {
    list: jest.fn(),
    get: jest.fn(),
    create: jest.fn(),
    change: jest.fn(),
    retest: jest.fn(),
  };
  const lessons: jest.Mocked<Lessons> = { list: jest.fn() };
  const policyPreviews: jest.Mocked<PolicyPreviews> = {
    policies: jest.fn(),
    start: jest.fn(),
    get: jest.fn(),
    services: jest.fn(),
  };
  const guardrails: jest.Mocked<GuardrailReader> = {
    templates: jest.fn(),
    safetyLevers: jest.fn(),
  };
  const history: jest.Mocked<HistoryReader> = {
    history: jest.fn(),
    movers: jest.fn(),
  };
  const readiness: jest.Mocked<Readiness> = {
    templates: jest.fn(),
    list: jest.fn(),
    get: jest.fn(),
    difference: jest.fn(),
    begin: jest.fn(),
    answer: jest.fn(),
    withdraw: jest.fn(),
    finish: jest.fn(),
    signOff: jest.fn(),
    discard: jest.fn(),
    report: jest.fn(),
    import: jest.fn(),
  };
  const rollups: jest.Mocked<RollupReader> = { list: jest.fn() };
  const time: jest.Mocked<TimeReader> = {
    ofService: jest.fn(),
    ofOwner: jest.fn(),
  };
  const waivers: jest.Mocked<Waivers> = {
    grant: jest.fn(),
    revoke: jest.fn(),
    list: jest.fn(),
  };
  const syncRequests = { request: jest.fn() };
  let api: DocumentedApi;

  beforeAll(async () => {
    const { catalog } = fakeCatalog({
      entities: [component('payments')],
      readableBy: () => ['component:default/payments'],
    });
    api = await startApi({
      auditor,
      catalog,
      environments,
      calendars,
      evaluations,
      exercises,
      findings,
      guardrails,
      history,
      improvements,
      initiatives,
      lessons,
      policyPreviews,
      policy,
      readiness,
      rollups,
      savedViews,
      services,
      sources,
      syncRequests,
      time,
      waivers,
    });
  });

  beforeEach(() => {
    jest.clearAllMocks();
    policy.become(() => allow);
    policy.requests.length = 0;
    const emptyPage = { items: [], totalItems: 0, asOf: NOW };
    services.list.mockResolvedValue(emptyPage);
    services.csv.mockImplementation(async function* lines() {
      yield 'entityRef\r\n';
    });
    rollups.list.mockResolvedValue(emptyPage);
    history.history.mockResolvedValue({
      by: 'all',
      key: null,
      title: null,
      points: [],
      asOf: NOW,
    });
    history.movers.mockResolvedValue({
      improved: [],
      worsened: [],
      from: null,
      to: null,
      asOf: NOW,
    });
    services.get.mockResolvedValue(undefined);
    services.tickets.mockResolvedValue(emptyPage);
    services.experiments.mockResolvedValue(emptyPage);
    guardrails.templates.mockResolvedValue(emptyPage);
    guardrails.safetyLevers.mockResolvedValue({ items: [] });
    services.facets.mockResolvedValue({
      state: [{ state: 'overdue', count: 2 }],
      owner: [],
      system: [],
      domain: [],
      tier: [],
      type: [],
      lifecycle: [],
      more: [],
    });
    time.ofService.mockResolvedValue({
      weeks: [],
      openCount: 0,
      closed90d: 0,
      allClosed90d: 0,
      improvementShare90d: null,
      policyShare: null,
      daysToClear: 0,
      starvedSince: null,
      asOf: NOW,
    });
    sources.list.mockResolvedValue({ items: [], asOf: NOW });
    sources.scopes.mockResolvedValue(emptyPage);
    sources.problems.mockResolvedValue(emptyPage);
    sources.unmapped.mockResolvedValue(emptyPage);
    syncRequests.request.mockResolvedValue(3);
    auditor.createEvent.mockResolvedValue(auditEvent);
  });

  function call(request: ApiRequest) {
    return api.call({ authorization: alice, ...request });
  }

  async function messageOf(request: ApiRequest) {
    const { body } = await call(request);
    return (body.error as { message: string }).message;
  }

  describe('credentials and permissions', () => {
    it.each([...READS, SYNC, { path: '/openapi.json' }])(
      'answers 401 to $path without a token',
      async request => {
        const { status } = await call({
          ...request,
          authorization: mockCredentials.none.header(),
        });
        expect(status).toBe(401);
      },
    );

    it.each([
      ...READS.map(({ path, query }) => ({
        path,
        query,
        method: 'get' as const,
        permission: /^\/(sources|unmapped-services)/.test(path)
          ? 'operational-excellence.source.read'
          : 'operational-excellence.service.read',
      })),
      { ...SYNC, permission: 'operational-excellence.source.sync' },
    ])(
      'answers 403 to $method $path without $permission, and reads nothing',
      async ({ permission, ...request }) => {
        policy.become(asked => (asked === permission ? deny : allow));
        const { status, body } = await call(request);
        expect(status).toBe(403);
        expect(body.error).toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining(permission),
        });
        for (const read of Object.values({ ...services, ...sources })) {
          expect(read).not.toHaveBeenCalled();
        }
        expect(rollups.list).not.toHaveBeenCalled();
        expect(history.history).not.toHaveBeenCalled();
        expect(history.movers).not.toHaveBeenCalled();
        expect(syncRequests.request).not.toHaveBeenCalled();
      },
    );

    it.each([...READS, SYNC])(
      'answers 503 to $path where the permission backend fails',
      async request => {
        policy.become(() => {
          throw new Error('connect ECONNREFUSED 127.0.0.1:7007');
        });
        const { status, body } = await call(request);
        expect(status).toBe(503);
        expect(JSON.stringify(body)).not.toContain('7007');
      },
    );

    it.each(READS)('asks one permission request for $path', async request => {
      await call(request);
      expect(policy.requests).toEqual([
        {
          caller: 'user:default/alice',
          permissions: [
            expect.stringMatching(/^operational-excellence\./),
            'catalog.entity.read',
          ],
        },
      ]);
    });

    it.each(READS)('lets services call $path', async request => {
      services.get.mockResolvedValue(undefined);
      const { status } = await call({
        ...request,
        authorization: mockCredentials.service.header(),
      });
      expect(status).toBe(
        request.path === '/services/component/default/payments' ? 404 : 200,
      );
      expect(policy.requests[0].caller).toBe('external:test-service');
    });

    it.each([
      ['everything', allow, { kind: 'all' }],
      ['nothing', deny, { kind: 'only', entityRefs: new Set() }],
      [
        'what the catalog shows',
        conditional(),
        { kind: 'only', entityRefs: new Set(['component:default/payments']) },
      ],
    ])('reads %s where the catalog decides so', async (_, entities, seen) => {
      policy.become(asked =>
        asked === 'catalog.entity.read' ? entities : allow,
      );
      for (const request of READS) await call(request);
      const [csv, list, facets, get, tickets, experiments] = [
        services.csv.mock.lastCall?.[1],
        services.list.mock.lastCall?.[1],
        services.facets.mock.lastCall?.[1],
        services.get.mock.lastCall?.[1],
        services.tickets.mock.lastCall?.[2],
        services.experiments.mock.lastCall?.[1],
      ];
      expect([csv, list, facets, get, tickets, experiments]).toEqual(
        Array(6).fill(seen),
      );
      expect(rollups.list.mock.lastCall?.[1]).toEqual(seen);
      expect(history.history.mock.lastCall?.[1]).toEqual(seen);
      expect(history.movers.mock.lastCall?.[1]).toEqual(seen);
      expect(time.ofService.mock.lastCall?.[1]).toEqual(seen);
      expect(sources.list).toHaveBeenCalledWith(seen);
      expect(sources.scopes.mock.lastCall?.[2]).toEqual(seen);
      expect(sources.problems.mock.lastCall?.[2]).toEqual(seen);
      expect(sources.unmapped.mock.lastCall?.[1]).toEqual(seen);
    });
  });

  describe('parameters', () => {
    const known = Object.keys(serviceQuerySchema.shape).join(', ');

    it('fills in what is left out', async () => {
      await call({ path: '/services' });
      expect(services.list.mock.lastCall?.[0]).toEqual({
        limit: 50,
        sort: 'state',
      });
    });

    it('takes one value as well as several', async () => {
      await call({
        path: '/services',
        query: { state: 'overdue', tier: ['1', '2'], limit: 200 },
      });
      expect(services.list.mock.lastCall?.[0]).toMatchObject({
        state: ['overdue'],
        tier: ['1', '2'],
        limit: 200,
      });
    });

    it('takes as many values as documented, and no more', async () => {
      const owners = Array.from(
        { length: 101 },
        (_, i) => `group:default/${i}`,
      );
      await call({ path: '/services', query: { owner: owners.slice(0, 100) } });
      expect(services.list.mock.lastCall?.[0].owner).toEqual(
        owners.slice(0, 100),
      );
      await expect(
        messageOf({ path: '/services', query: { owner: owners } }),
      ).resolves.toMatch(/^Invalid query parameter owner: .*100.*, given \[/);
    });

    it('takes brackets in a value for nothing but brackets', async () => {
      await call({ path: '/services', query: { q: 'a[b]=c&d' } });
      expect(services.list.mock.lastCall?.[0].q).toBe('a[b]=c&d');
    });

    it.each<[ApiRequest['query'], string]>([
      [
        { limit: 'many' },
        'Invalid query parameter limit: Invalid input: expected number, received NaN, given "many"',
      ],
      [
        { limit: 201 },
        'Invalid query parameter limit: Too big: expected number to be <=200, given "201"',
      ],
      [
        { limit: '2.5' },
        'Invalid query parameter limit: Invalid input: expected int, received number, given "2.5"',
      ],
      [
        { measure: 'age' },
        'Invalid query parameter measure: Invalid option: expected one of "backlog"|"gameDay"|"readinessTest", given "age"',
      ],
      [
        { state: ['ok', 'fine'] },
        'Invalid query parameter state.1: Invalid option: expected one of "failing"|"overdue"|"never"|"unknown"|"not-configured"|"due-soon"|"ok"|"waived"|"not-required", given "fine"',
      ],
      [
        { q: ['a', 'b'] },
        'Invalid query parameter q: Invalid input: expected string, received array, given ["a","b"]',
      ],
      [
        { owner: '' },
        'Invalid query parameter owner.0: Too small: expected string to have >=1 characters, given ""',
      ],
      [
        { 'owner[]': 'group:default/a' },
        `Unknown query parameter owner[]; known are ${known}`,
      ],
      [
        { constructor: 'a' },
        `Unknown query parameter constructor; known are ${known}`,
      ],
    ])('refuses %j', async (query, message) => {
      const { status, body } = await call({ path: '/services', query });
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ name: 'InputError', message });
      expect(services.list).not.toHaveBeenCalled();
    });

    it('repeats no more than a little of what was given', async () => {
      const message = await messageOf({
        path: '/services',
        query: { q: 'x'.repeat(5000) },
      });
      expect(message.length).toBeLessThan(300);
    });

    it.each(READS.filter(({ path }) => path !== '/services'))(
      'refuses an unknown parameter of $path',
      async ({ path }) => {
        await expect(
          messageOf({ path, query: { nope: '1' } }),
        ).resolves.toMatch(/^Unknown query parameter nope; known are/);
      },
    );
  });

  describe('one service', () => {
    it('is found by its parts in any case', async () => {
      await call({ path: '/services/Component/Default/Payments' });
      expect(services.get.mock.lastCall?.[0]).toBe(
        'component:default/payments',
      );
    });

    it.each(['', '/tickets'])(
      'answers 404 to a service that is not there, by %s',
      async rest => {
        services.get.mockResolvedValue(undefined);
        services.tickets.mockResolvedValue(undefined);
        const { status, body } = await call({
          path: `/services/component/default/gone${rest}`,
        });
        expect(status).toBe(404);
        expect(body.error).toMatchObject({
          name: 'NotFoundError',
          message:
            'There is no service component:default/gone, or you may not see it in the catalog',
        });
      },
    );
  });

  describe('sources', () => {
    it('are named by percent-encoded ids', async () => {
      await call({
        path: '/sources/jira%3Ahttps%3A%2F%2Facme%2F%C3%A4/scopes',
      });
      expect(sources.scopes.mock.lastCall?.[0]).toBe('jira:https://acme/ä');
    });

    it.each(['scopes', 'problems'] as const)(
      'answer 404 for %s where there is none of that id',
      async list => {
        sources[list].mockResolvedValue(undefined);
        const { status, body } = await call({ path: `/sources/nope/${list}` });
        expect(status).toBe(404);
        expect(body.error).toMatchObject({ name: 'NotFoundError' });
      },
    );

    it('tell which services name none of a kind, of trackers if not said', async () => {
      await call({ path: '/unmapped-services' });
      expect(sources.unmapped.mock.lastCall?.[0]).toEqual({
        kind: 'ticket',
        limit: 50,
      });
      await call({
        path: '/unmapped-services',
        query: { kind: 'experiment', q: 'pay', limit: 5 },
      });
      expect(sources.unmapped.mock.lastCall?.[0]).toEqual({
        kind: 'experiment',
        q: 'pay',
        limit: 5,
      });
      await expect(
        messageOf({ path: '/unmapped-services', query: { kind: 'all' } }),
      ).resolves.toMatch(/^Invalid query parameter kind: /);
    });

    it('refuse an id that is not encoded as it should be', async () => {
      const { status } = await call({ path: '/sources/%E0%A4%A/scopes' });
      expect(status).toBe(400);
    });
  });

  describe('sync', () => {
    it('makes a source due and says how many scopes that are', async () => {
      await expect(call(SYNC)).resolves.toEqual({
        status: 202,
        body: { scopes: 3 },
      });
      expect(syncRequests.request).toHaveBeenCalledWith({
        sourceId: 'github:github.com',
      });
    });

    it('makes one scope due', async () => {
      await call({ ...SYNC, body: { scope: 'acme/payments' } });
      expect(syncRequests.request).toHaveBeenCalledWith({
        sourceId: 'github:github.com',
        scopeKey: 'acme/payments',
      });
    });

    it('leaves a trace of who asked and how it went', async () => {
      await call(SYNC);
      expect(auditor.createEvent).toHaveBeenCalledWith({
        eventId: 'source-sync',
        severityLevel: 'medium',
        request: expect.objectContaining({ method: 'POST' }),
        meta: { sourceId: 'github:github.com' },
      });
      expect(auditEvent.success).toHaveBeenCalledTimes(1);
      expect(auditEvent.fail).not.toHaveBeenCalled();
    });

    it.each<[string, number, () => void]>([
      ['denied', 403, () => policy.become(() => deny)],
      [
        'not found',
        404,
        () =>
          syncRequests.request.mockRejectedValue(
            new NotFoundError('There is no source github:github.com'),
          ),
      ],
    ])('leaves a trace of what was %s', async (_, expected, arrange) => {
      arrange();
      const { status } = await call(SYNC);
      expect(status).toBe(expected);
      expect(auditEvent.fail).toHaveBeenCalledWith({
        error: expect.any(Error),
      });
      expect(auditEvent.success).not.toHaveBeenCalled();
    });

    it.each<[unknown, Record<string, string>, string]>([
      [
        { scopes: ['a'] },
        {},
        'Invalid body: Unrecognized key: "scopes", given {"scopes":["a"]}',
      ],
      [
        { scope: 1 },
        {},
        'Invalid body property scope: Invalid input: expected string, received number, given 1',
      ],
      [
        'scope=a',
        { 'content-type': 'application/x-www-form-urlencoded' },
        'Expected a body of type application/json, given application/x-www-form-urlencoded',
      ],
    ])('refuses the body %j', async (body, headers, message) => {
      await expect(
        messageOf({ ...SYNC, headers, body: body as ApiRequest['body'] }),
      ).resolves.toBe(message);
      expect(syncRequests.request).not.toHaveBeenCalled();
    });
  });

  it('serves the document that describes it', async () => {
    const { body } = await call({ path: '/openapi.json' });
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Operational excellence' },
    });
  });

  describe('the test client', () => {
    it('notices what an answer has beyond the document', async () => {
      services.list.mockResolvedValue({
        items: [],
        totalItems: 0,
        asOf: NOW,
        secret: 'x',
      } as Awaited<ReturnType<ServiceReader['list']>>);
      await expect(call({ path: '/services' })).rejects.toThrow(
        'listServices answered 200 as is not documented:  must NOT have additional properties',
      );
    });

    it('notices what an item lacks', async () => {
      services.list.mockResolvedValue({
        items: [{ entityRef: 'component:default/a' } as Service],
        totalItems: 1,
        asOf: NOW,
      });
      await expect(call({ path: '/services' })).rejects.toThrow(
        "/items/0 must have required property 'title'",
      );
    });

    it('notices a status that is not documented', async () => {
      services.list.mockRejectedValue(new Error('unexpected'));
      await expect(call({ path: '/services' })).rejects.toThrow(
        'listServices answered 500, which is not documented',
      );
    });
  });
});
