import { ResponseError } from '@backstage/errors';
import type {
  EvaluationRequest,
  InitiativeSubmission,
  ReadinessAnswerChange,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceApi } from './OperationalExcellenceApi';
import { OperationalExcellenceClient } from './OperationalExcellenceClient';

const BASE_URL = 'https://portal.example.com/api/operational-excellence';
const ANSWER = { items: [], totalItems: 0 };

const WORDING = {
  title: 'Time out sooner',
  description: '',
  goal: null,
  priority: null,
  origin: null,
};
const SUBMISSION = {
  ...WORDING,
  key: '00000000-0000-4000-8000-000000000000',
  entityRef: 'component:default/payments',
  alternativeTo: null,
};
const EVALUATION: EvaluationRequest = {
  verdict: 'met',
  measured: '2 s',
  evidence: [],
  note: null,
  stillPriority: null,
  reason: null,
};

function json(status: number, body: unknown) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}

function clientThatGets(response: () => Response) {
  const fetch = jest.fn<
    Promise<Response>,
    [input: string | URL | Request, init?: RequestInit]
  >(async () => response());
  const client: OperationalExcellenceApi = new OperationalExcellenceClient({
    discoveryApi: {
      getBaseUrl: async pluginId =>
        `https://portal.example.com/api/${pluginId}`,
    },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

const LINK = { sourceId: 'aws-fis', experimentId: 'EXP1' };

const READINESS_ANSWER: ReadinessAnswerChange = {
  version: 0,
  value: 'no',
  note: null,
  evidence: [],
};
const WAIVER = {
  entityRef: 'component:default/payments',
  measure: 'gameDay',
  reason: 'Replaced in May',
  until: '2027-01-31T22:59:59.999Z',
} as const;
const SAVED_VIEW = { title: 'Mine', search: 'state=ok', shared: false };

const INITIATIVE: InitiativeSubmission = {
  key: 'initiative',
  title: 'Tier 1 is tested',
  description: null,
  filter: { tier: ['1'] },
  goal: { kind: 'in-order', measure: 'gameDay' },
  dueOn: '2027-03-31',
};

describe('OperationalExcellenceClient', () => {
  it.each<
    [string, (client: OperationalExcellenceApi) => Promise<unknown>, string]
  >([
    ['services', client => client.getServices({}), '/services'],
    [
      'services with several values of a filter',
      client =>
        client.getServices({
          tier: ['1', '2'],
          owner: ['group:default/a'],
          sort: '-backlogAge',
          limit: 50,
        }),
      '/services?tier=1&tier=2&owner=group%3Adefault%2Fa&sort=-backlogAge&limit=50',
    ],
    [
      'services without what is not set',
      client =>
        client.getServices({ q: '', state: [], measure: undefined, tier: '1' }),
      '/services?tier=1',
    ],
    [
      'services with a text that is not safe in a URL',
      client => client.getServices({ q: 'a&b=c d#e' }),
      '/services?q=a%26b%3Dc+d%23e',
    ],
    [
      'facets',
      client => client.getServiceFacets({ measure: 'gameDay' }),
      '/services/facets?measure=gameDay',
    ],
    [
      'groups of services',
      client =>
        client.getRollups({
          by: 'owner',
          parent: 'root',
          tier: ['1', '2'],
          without: ['system'],
          sort: '-attention',
        }),
      '/rollups?by=owner&parent=root&tier=1&tier=2&without=system&sort=-attention',
    ],
    ['saved views', client => client.getSavedViews(), '/views'],
    [
      'a service',
      client => client.getService('component:default/payments'),
      '/services/component/default/payments',
    ],
    [
      'the tickets of a service',
      client =>
        client.getTickets('component:default/payments', {
          class: 'improvement',
          state: 'not-done',
        }),
      '/services/component/default/payments/tickets?class=improvement&state=not-done',
    ],
    [
      'experiments',
      client =>
        client.getExperiments({ service: 'component:default/payments' }),
      '/experiments?service=component%3Adefault%2Fpayments',
    ],
    ['sources', client => client.getSources(), '/sources'],
    [
      'the scopes of a source with slashes and colons in its id',
      client =>
        client.getSourceScopes('github:git.example.com/ghe', { health: 'ok' }),
      '/sources/github%3Agit.example.com%2Fghe/scopes?health=ok',
    ],
    [
      'the problems of a source',
      client => client.getSourceProblems('jira:acme', { limit: 20 }),
      '/sources/jira%3Aacme/problems?limit=20',
    ],
    [
      'unmapped services',
      client => client.getUnmappedServices({ kind: 'experiment', q: '' }),
      '/unmapped-services?kind=experiment',
    ],
    [
      'the trackers of a service',
      client => client.getTrackers('component:default/payments'),
      '/services/component/default/payments/trackers',
    ],
    [
      'tickets that look alike',
      client =>
        client.getSimilarTickets('component:default/payments', 'a&b time out'),
      '/services/component/default/payments/similar-tickets?q=a%26b+time+out',
    ],
    [
      'improvements',
      client =>
        client.getImprovements({
          entityRef: 'component:default/payments',
          stage: ['evaluation-due', 'not-met'],
        }),
      '/improvements?entityRef=component%3Adefault%2Fpayments&stage=evaluation-due&stage=not-met',
    ],
    [
      'an improvement',
      client => client.getImprovement('a/b'),
      '/improvements/a%2Fb',
    ],
    [
      'exercises',
      client => client.getExercises({ stage: ['planned', 'missed'] }),
      '/exercises?stage=planned&stage=missed',
    ],
    ['an exercise', client => client.getExercise('a/b'), '/exercises/a%2Fb'],
    [
      'experiments that an exercise may have had',
      client => client.getExperimentSuggestions('a/b'),
      '/exercises/a%2Fb/experiment-suggestions',
    ],
    [
      'the calendars of the reader',
      client => client.getCalendarFeeds(),
      '/calendar-feeds',
    ],
    [
      'environments',
      client => client.getEnvironments({ stage: 'active' }),
      '/environments?stage=active',
    ],
    [
      'waivers',
      client =>
        client.getWaivers({ state: 'active', owner: ['group:default/a'] }),
      '/waivers?state=active&owner=group%3Adefault%2Fa',
    ],
    [
      'the history of a group',
      client =>
        client.getHistory({
          by: 'owner',
          key: 'group:default/a',
          from: '2026-01-01',
          to: '2026-01-31',
        }),
      '/history?by=owner&key=group%3Adefault%2Fa&from=2026-01-01&to=2026-01-31',
    ],
    [
      'who got better or worse',
      client => client.getMovers({ by: 'system', days: 30 }),
      '/history/movers?by=system&days=30',
    ],
    [
      'initiatives',
      client => client.getInitiatives({ state: ['running', 'overdue'] }),
      '/initiatives?state=running&state=overdue',
    ],
    [
      'an initiative',
      client => client.getInitiative('a/b'),
      '/initiatives/a%2Fb',
    ],
    ['policies', client => client.getPolicies(), '/policies'],
    [
      'a preview of policies',
      client => client.getPolicyPreview('a/b'),
      '/policy-previews/a%2Fb',
    ],
    [
      'the services that a preview says would change',
      client =>
        client.getPolicyPreviewServices('a/b', { from: 'ok', to: 'overdue' }),
      '/policy-previews/a%2Fb/services?from=ok&to=overdue',
    ],
    [
      'readiness templates',
      client =>
        client.getReadinessTemplates({
          entityRef: 'component:default/payments',
        }),
      '/readiness-templates?entityRef=component%3Adefault%2Fpayments',
    ],
    [
      'readiness tests',
      client =>
        client.getReadinessTests({ state: ['open', 'finished'], limit: 20 }),
      '/readiness-tests?state=open&state=finished&limit=20',
    ],
    [
      'a readiness test',
      client => client.getReadinessTest('a/b'),
      '/readiness-tests/a%2Fb',
    ],
    [
      'what changed between two readiness tests',
      client => client.getReadinessDifference('a/b', 'c&d'),
      '/readiness-tests/a%2Fb/difference?from=c%26d',
    ],
    [
      'the time of a service',
      client => client.getTimeReport('component:default/payments'),
      '/services/component/default/payments/time',
    ],
    [
      'the time of an owner',
      client => client.getOwnerTimeReport('group:default/team-a'),
      '/time?owner=group%3Adefault%2Fteam-a',
    ],
  ])('gets %s', async (_, call, path) => {
    const { client, fetch } = clientThatGets(() => json(200, ANSWER));
    await expect(call(client)).resolves.toEqual(ANSWER);
    expect(fetch).toHaveBeenCalledTimes(1);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(`${BASE_URL}${path}`);
    expect(init?.method ?? 'GET').toBe('GET');
  });

  it('can be aborted', async () => {
    const { client, fetch } = clientThatGets(() => json(200, ANSWER));
    const { signal } = new AbortController();
    await client.getServices({}, { signal });
    await client.getServiceFacets({}, { signal });
    await client.getService('component:default/a', { signal });
    await client.getTickets('component:default/a', {}, { signal });
    await client.getExperiments({}, { signal });
    await client.getSources({ signal });
    await client.getSourceScopes('aws-fis', {}, { signal });
    await client.getSourceProblems('aws-fis', {}, { signal });
    await client.getUnmappedServices({}, { signal });
    await client.getTrackers('component:default/a', { signal });
    await client.getSimilarTickets('component:default/a', 'b', { signal });
    await client.getImprovements({}, { signal });
    await client.getImprovement('a', { signal });
    await client.getTimeReport('component:default/a', { signal });
    await client.getOwnerTimeReport('group:default/a', { signal });
    expect(fetch.mock.calls.map(([, init]) => init?.signal)).toEqual(
      Array(15).fill(signal),
    );
  });

  it.each([
    ['a source', undefined, {}],
    ['a scope', { scope: 'acme/payments' }, { scope: 'acme/payments' }],
  ])('asks %s to run', async (_, request, body) => {
    const { client, fetch } = clientThatGets(() => json(202, { scopes: 3 }));
    await expect(
      client.syncSource('github:git.example.com/ghe', request),
    ).resolves.toEqual({ scopes: 3 });
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(`${BASE_URL}/sources/github%3Agit.example.com%2Fghe/sync`);
    expect(init?.method).toBe('POST');
    expect(new Headers(init?.headers).get('content-type')).toBe(
      'application/json',
    );
    expect(JSON.parse(String(init?.body))).toEqual(body);
  });

  it.each<
    [
      string,
      (client: OperationalExcellenceApi) => Promise<unknown>,
      string,
      unknown,
    ]
  >([
    [
      'files an improvement',
      client => client.fileImprovement(SUBMISSION),
      '/improvements',
      SUBMISSION,
    ],
    [
      'sends an improvement again',
      client => client.resendImprovement('a/b', WORDING),
      '/improvements/a%2Fb/resend',
      WORDING,
    ],
    [
      'evaluates an improvement',
      client => client.evaluateImprovement('a/b', EVALUATION),
      '/improvements/a%2Fb/evaluation',
      EVALUATION,
    ],
  ])('%s', async (_, call, path, body) => {
    const { client, fetch } = clientThatGets(() => json(202, { id: 'a/b' }));
    await expect(call(client)).resolves.toEqual({ id: 'a/b' });
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(`${BASE_URL}${path}`);
    expect(init?.method).toBe('POST');
    expect(new Headers(init?.headers).get('content-type')).toBe(
      'application/json',
    );
    expect(JSON.parse(String(init?.body))).toEqual(body);
  });

  it.each<
    [
      string,
      (client: OperationalExcellenceApi) => Promise<unknown>,
      string,
      string,
      unknown,
    ]
  >([
    [
      'changes an exercise',
      client => client.changeExercise('a/b', { version: 2, title: 'New' }),
      'PATCH',
      '/exercises/a%2Fb',
      { version: 2, title: 'New' },
    ],
    [
      'starts an exercise',
      client => client.moveExercise('a/b', { to: 'running', version: 2 }),
      'POST',
      '/exercises/a%2Fb/transition',
      { to: 'running', version: 2 },
    ],
    [
      'writes into the log of an exercise',
      client => client.logInExercise('a/b', { key: '12345678', text: 'Off' }),
      'POST',
      '/exercises/a%2Fb/log',
      { key: '12345678', text: 'Off' },
    ],
    [
      'approves an exercise',
      client =>
        client.decideOnExercise('a/b', {
          version: 2,
          decision: 'approved',
          comment: null,
        }),
      'POST',
      '/exercises/a%2Fb/approval',
      { version: 2, decision: 'approved', comment: null },
    ],
    [
      'links an experiment',
      client => client.linkExperiment('a/b', LINK),
      'POST',
      '/exercises/a%2Fb/experiments',
      LINK,
    ],
    [
      'takes the link of an experiment away',
      client => client.unlinkExperiment('a/b', LINK),
      'DELETE',
      '/exercises/a%2Fb/experiments',
      LINK,
    ],
    [
      'grants a waiver',
      client => client.grantWaiver(WAIVER),
      'POST',
      '/waivers',
      WAIVER,
    ],
    [
      'begins a readiness test',
      client =>
        client.beginReadinessTest({
          key: '00000000-0000-4000-8000-000000000000',
          entityRef: 'component:default/payments',
          template: 'production-readiness',
        }),
      'POST',
      '/readiness-tests',
      {
        key: '00000000-0000-4000-8000-000000000000',
        entityRef: 'component:default/payments',
        template: 'production-readiness',
      },
    ],
    [
      'answers an item of a readiness test',
      client => client.answerReadinessItem('a/b', 'c/d', READINESS_ANSWER),
      'PUT',
      '/readiness-tests/a%2Fb/answers/c%2Fd',
      READINESS_ANSWER,
    ],
    [
      'takes an answer of a readiness test back',
      client => client.withdrawReadinessAnswer('a/b', 'c/d', 3),
      'DELETE',
      '/readiness-tests/a%2Fb/answers/c%2Fd?version=3',
      undefined,
    ],
    [
      'finishes a readiness test',
      client =>
        client.finishReadinessTest('a/b', { version: 2, summary: null }),
      'POST',
      '/readiness-tests/a%2Fb/finish',
      { version: 2, summary: null },
    ],
    [
      'signs off a readiness test',
      client =>
        client.signOffReadinessTest('a/b', {
          version: 2,
          decision: 'returned',
          comment: 'Restore it',
        }),
      'POST',
      '/readiness-tests/a%2Fb/sign-off',
      { version: 2, decision: 'returned', comment: 'Restore it' },
    ],
    [
      'discards a readiness test',
      client => client.discardReadinessTest('a/b', { version: 2 }),
      'POST',
      '/readiness-tests/a%2Fb/discard',
      { version: 2 },
    ],
    [
      'saves a view',
      client => client.saveView(SAVED_VIEW),
      'POST',
      '/views',
      SAVED_VIEW,
    ],
    [
      'changes a saved view',
      client => client.changeSavedView('a/b', SAVED_VIEW),
      'PUT',
      '/views/a%2Fb',
      SAVED_VIEW,
    ],
    [
      'removes a saved view',
      client => client.removeSavedView('a/b'),
      'DELETE',
      '/views/a%2Fb',
      undefined,
    ],
    [
      'starts an initiative',
      client => client.createInitiative(INITIATIVE),
      'POST',
      '/initiatives',
      INITIATIVE,
    ],
    [
      'changes an initiative',
      client => client.changeInitiative('a/b', { version: 2, title: 'All' }),
      'PATCH',
      '/initiatives/a%2Fb',
      { version: 2, title: 'All' },
    ],
    [
      'closes an initiative',
      client => client.closeInitiative('a/b', { version: 2, note: null }),
      'POST',
      '/initiatives/a%2Fb/close',
      { version: 2, note: null },
    ],
    [
      'tries other policies',
      client => client.previewPolicies({ policies: [{ id: 'a' }] }),
      'POST',
      '/policy-previews',
      { policies: [{ id: 'a' }] },
    ],
    [
      'ends a waiver',
      client => client.endWaiver('a/b'),
      'DELETE',
      '/waivers/a%2Fb',
      undefined,
    ],
    [
      'makes a calendar',
      client => client.createCalendarFeed({ owner: 'group:default/a' }),
      'POST',
      '/calendar-feeds',
      { owner: 'group:default/a' },
    ],
    [
      'takes a calendar back',
      client => client.revokeCalendarFeed('a/b'),
      'DELETE',
      '/calendar-feeds/a%2Fb',
      undefined,
    ],
  ])('%s', async (_, call, method, path, body) => {
    const { client, fetch } = clientThatGets(() => json(200, ANSWER));
    await expect(call(client)).resolves.toEqual(ANSWER);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(`${BASE_URL}${path}`);
    expect(init?.method).toBe(method);
    expect(init?.body && JSON.parse(String(init.body))).toEqual(body);
  });

  it('takes services as CSV as they are', async () => {
    const csv = 'Service\r\n"Pay, ments"\r\n';
    const { client, fetch } = clientThatGets(() => new Response(csv));
    const { signal } = new AbortController();
    const blob = await client.getServicesCsv(
      { state: ['overdue', 'never'], sort: '-title', cursor: undefined },
      { signal },
    );
    expect(blob.size).toBe(csv.length);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(
      `${BASE_URL}/services.csv?state=overdue&state=never&sort=-title`,
    );
    expect(init?.signal).toBe(signal);
  });

  it('takes an answer without a body', async () => {
    const { client } = clientThatGets(
      () => new Response(null, { status: 204 }),
    );
    await expect(client.revokeCalendarFeed('a')).resolves.toBeUndefined();
  });

  it.each([403, 404, 500])(
    'throws what the backend says with status %d',
    async status => {
      const { client } = clientThatGets(() =>
        json(status, {
          error: { name: 'SomeError', message: 'the database is away' },
          response: { statusCode: status },
        }),
      );
      const calls = [
        () => client.getService('component:default/payments'),
        () => client.syncSource('aws-fis'),
        () => client.getServicesCsv({}),
      ];
      for (const call of calls) {
        const error = await call().catch(thrown => thrown);
        expect(error).toBeInstanceOf(ResponseError);
        expect(error.statusCode).toBe(status);
        expect(error.cause.message).toBe('the database is away');
      }
    },
  );

  it('throws a ResponseError where a proxy answers with HTML', async () => {
    const { client } = clientThatGets(
      () => new Response('<html>Bad gateway</html>', { status: 502 }),
    );
    const error = await client.getSources().catch(thrown => thrown);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error.statusCode).toBe(502);
  });

  it('passes on that the network failed', async () => {
    const { client } = clientThatGets(() => {
      throw new TypeError('Failed to fetch');
    });
    await expect(client.getSources()).rejects.toThrow('Failed to fetch');
  });
});
