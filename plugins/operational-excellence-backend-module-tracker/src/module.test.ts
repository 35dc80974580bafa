import {
  coreServices,
  createBackendPlugin,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  operationalExcellenceSyncExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import express from 'express';
import request from 'supertest';
import trackerModule from '.';

const PAYMENTS = 'component:default/payments';
const LEDGER = 'component:default/ledger';
const SECRET = 'component:default/secret';

const mira = mockCredentials.user.header('user:default/mira');
const guest = mockCredentials.user.header('user:default/guest');

/** A catalog that hides one of its entities from the guest. */
const catalog = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ httpRouter, httpAuth }) {
        httpRouter.use(catalogRouter(httpAuth));
      },
    });
  },
});

function catalogRouter(httpAuth: HttpAuthService) {
  const router = express.Router();
  router.post('/entities/by-refs', express.json(), (req, res, next) => {
    httpAuth
      .credentials(req, { allow: ['user', 'service'] })
      .then(({ principal }) => {
        const isGuest =
          principal.type === 'user' &&
          principal.userEntityRef === 'user:default/guest';
        const visible = isGuest ? [PAYMENTS] : [PAYMENTS, LEDGER, SECRET];
        const { entityRefs } = req.body as { entityRefs: string[] };
        res.json({
          items: entityRefs.map(ref =>
            visible.includes(ref) ? { kind: 'Component' } : null,
          ),
        });
      })
      .catch(next);
  });
  return router;
}

async function setup(options: { deny?: string[] } = {}) {
  const sources: TicketSource[] = [];
  const requestSync = jest.fn(async () => {});
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const permissions: PermissionsService = {
    authorize: async queries =>
      queries.map(({ permission }) => ({
        result: options.deny?.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async queries =>
      queries.map(() => ({ result: AuthorizeResult.ALLOW })),
  };

  const plugin = createBackendPlugin({
    pluginId: 'operational-excellence',
    register(env) {
      env.registerExtensionPoint(
        operationalExcellenceTicketSourcesExtensionPoint,
        { addTicketSource: (...added) => sources.push(...added) },
      );
      env.registerExtensionPoint(operationalExcellenceSyncExtensionPoint, {
        requestSync,
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const { server } = await startTestBackend({
    features: [
      plugin,
      catalog,
      trackerModule,
      auditor.factory,
      mockServices.permissions.mock(permissions).factory,
    ],
  });
  return {
    api: request(server),
    base: '/api/operational-excellence/tracker',
    auditor,
    event,
    requestSync,
    sources,
  };
}

describe('the module of the built-in tracker', () => {
  it('connects the tracker as a source', async () => {
    const { sources } = await setup();
    expect(sources.map(({ id }) => id)).toEqual(['tracker']);
  });

  it('takes a ticket through its life', async () => {
    const { api, base, requestSync } = await setup();
    const created = await api
      .post(`${base}/tickets`)
      .set('Authorization', mira)
      .send({
        entityRef: 'Component:Payments',
        title: '  Alert on the age of the settlement queue ',
        description: 'Seen on **Friday**.\n',
        labels: ['reliability', 'reliability'],
        priority: 'high',
      });
    expect(created.status).toBe(201);
    expect(created.headers.etag).toBe('"1"');
    expect(created.body).toEqual({
      key: 'OPX-1',
      entityRef: PAYMENTS,
      title: 'Alert on the age of the settlement queue',
      description: 'Seen on **Friday**.\n',
      state: 'open',
      improvement: true,
      labels: ['reliability'],
      priority: 'high',
      assignee: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      startedAt: null,
      closedAt: null,
      updatedAt: created.body.createdAt,
      createdBy: 'user:default/mira',
      version: 1,
    });
    expect(requestSync).toHaveBeenCalledTimes(1);
    expect(requestSync).toHaveBeenCalledWith({
      sourceId: 'tracker',
      scopeKey: 'tracker',
    });

    const act = (name: string) =>
      api.post(`${base}/tickets/OPX-1/${name}`).set('Authorization', mira);
    expect((await act('start')).body).toMatchObject({ state: 'in-progress' });
    expect((await act('close')).body).toMatchObject({ state: 'done' });
    const again = await act('close');
    expect(again.status).toBe(409);
    expect(again.body.error.message).toBe(
      'OPX-1 is done; only a ticket that is open or in progress can be closed',
    );
    expect((await act('reopen')).body).toMatchObject({
      state: 'open',
      createdAt: created.body.createdAt,
      closedAt: null,
    });
    expect(requestSync).toHaveBeenCalledTimes(4);

    const patched = await api
      .patch(`${base}/tickets/opx-1`)
      .set('Authorization', mira)
      .send({ title: 'Alert on the settlement queue', priority: null });
    expect(patched.body).toMatchObject({
      title: 'Alert on the settlement queue',
      priority: null,
      labels: ['reliability'],
      version: 5,
    });

    const read = await api
      .get(`${base}/tickets/OPX-1`)
      .set('Authorization', mira);
    expect(read.body.events.map(({ kind }: { kind: string }) => kind)).toEqual([
      'created',
      'started',
      'closed',
      'reopened',
      'updated',
    ]);
    expect(read.body.events[4]).toMatchObject({
      by: 'user:default/mira',
      fields: ['title', 'priority'],
    });
  });

  it('makes one ticket of repeated requests with one idempotency key', async () => {
    const { api, base } = await setup();
    const post = (title: string) =>
      api
        .post(`${base}/tickets`)
        .set('Authorization', mira)
        .set('Idempotency-Key', 'form-7')
        .send({ entityRef: PAYMENTS, title });
    const first = await post('Rotate the signing keys');
    const second = await post('Rotate the signing keys');
    const third = await post('Something else');
    expect([first.status, second.status, third.status]).toEqual([
      201, 200, 409,
    ]);
    expect(second.body).toEqual(first.body);
  });

  it('refuses what changed meanwhile', async () => {
    const { api, base } = await setup();
    const create = () =>
      api
        .post(`${base}/tickets`)
        .set('Authorization', mira)
        .send({ entityRef: PAYMENTS, title: 'Rotate the signing keys' });
    const { headers, body } = await create();
    const change = (tag: string, title: string) =>
      api
        .patch(`${base}/tickets/${body.key}`)
        .set('Authorization', mira)
        .set('If-Match', tag)
        .send({ title });
    expect((await change(headers.etag, 'A')).status).toBe(200);
    expect((await change(headers.etag, 'B')).status).toBe(409);
    expect((await change('latest', 'C')).status).toBe(400);
  });

  describe('refuses', () => {
    it.each([
      ['no title', { entityRef: PAYMENTS }, /title: /],
      ['a blank title', { entityRef: PAYMENTS, title: ' ' }, /title: must not/],
      [
        'a title of two lines',
        { entityRef: PAYMENTS, title: 'one\r\ntwo' },
        /title: must be one line without control characters/,
      ],
      [
        'text that turns around what follows it',
        { entityRef: PAYMENTS, title: 'safe\u202egnp.exe' },
        /title: must be one line/,
      ],
      [
        'control characters in a description',
        { entityRef: PAYMENTS, title: 'x', description: 'a\u0000b' },
        /description: must not hold control characters/,
      ],
      [
        'a title that is too long',
        { entityRef: PAYMENTS, title: 'x'.repeat(301) },
        /title: must not be longer than 300 characters/,
      ],
      [
        'a reference without a kind',
        { entityRef: 'payments', title: 'x' },
        /entityRef: must be an entity reference, such as/,
      ],
      [
        'somebody else as creator',
        { entityRef: PAYMENTS, title: 'x', createdBy: 'user:default/ceo' },
        /createdBy/,
      ],
      [
        'an entity that the catalog does not know',
        { entityRef: 'component:default/nowhere', title: 'x' },
        /The catalog shows you no entity component:default\/nowhere/,
      ],
    ])('%s', async (_, body, message) => {
      const { api, base } = await setup();
      const response = await api
        .post(`${base}/tickets`)
        .set('Authorization', mira)
        .send(body);
      expect(response.status).toBe(400);
      expect(response.body.error.name).toBe('InputError');
      expect(response.body.error.message).toMatch(message);
    });

    it('a body that is no JSON, or too large', async () => {
      const { api, base } = await setup();
      const post = () =>
        api
          .post(`${base}/tickets`)
          .set('Authorization', mira)
          .set('Content-Type', 'application/json');
      const broken = await post().send('{"title": ');
      expect(broken.status).toBe(400);
      expect(broken.body.error.message).toMatch(/^The body is not JSON: /);
      const large = await post().send(
        JSON.stringify({ description: 'x'.repeat(300_000) }),
      );
      expect(large.status).toBe(413);
      expect(large.body.error).toMatchObject({
        name: 'PayloadTooLargeError',
        message: 'The body is larger than the limit of 256kb',
      });
    });

    it('callers without credentials', async () => {
      const { api, base } = await setup();
      const response = await api
        .get(`${base}/tickets?entityRef=${PAYMENTS}`)
        .set('Authorization', mockCredentials.none.header());
      expect(response.status).toBe(401);
    });

    it.each([
      ['get', '/tickets?entityRef=component:default/payments', 'service.read'],
      ['get', '/tickets/OPX-1', 'service.read'],
      ['post', '/tickets', 'tracker.create'],
      ['patch', '/tickets/OPX-1', 'tracker.update'],
      ['post', '/tickets/OPX-1/start', 'tracker.update'],
      ['post', '/tickets/OPX-1/close', 'tracker.update'],
      ['post', '/tickets/OPX-1/reopen', 'tracker.update'],
      ['post', '/import', 'tracker.import'],
    ] as const)('to %s %s without permission', async (method, path, name) => {
      const permission = `operational-excellence.${name}`;
      const { api, base } = await setup({ deny: [permission] });
      const past = {
        ...{ entityRef: PAYMENTS, title: 'x' },
        ...{ externalKey: 'OLD-1', createdAt: '2026-01-01T00:00:00Z' },
      };
      const bodies: Record<string, object> = {
        '/tickets': { entityRef: PAYMENTS, title: 'x' },
        '/tickets/OPX-1': { title: 'x' },
        '/import': { tickets: [past] },
      };
      const response = await api[method](`${base}${path}`)
        .set('Authorization', mira)
        .send(method === 'get' ? undefined : bodies[path]);
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(permission);
    });
  });

  it('shows callers only tickets of entities that they may read', async () => {
    const { api, base } = await setup();
    for (const entityRef of [PAYMENTS, SECRET]) {
      await api
        .post(`${base}/tickets`)
        .set('Authorization', mira)
        .send({ entityRef, title: `About ${entityRef}` })
        .expect(201);
    }
    const list = (authorization: string) =>
      api
        .get(`${base}/tickets`)
        .query({ entityRef: [PAYMENTS, SECRET] })
        .set('Authorization', authorization);
    expect((await list(mira)).body).toMatchObject({ totalItems: 2 });
    expect((await list(guest)).body).toEqual({
      items: [expect.objectContaining({ key: 'OPX-1' })],
      totalItems: 1,
      asOf: expect.stringMatching(/Z$/),
    });

    const hidden = (path: string) =>
      api.post(`${base}/tickets/${path}`).set('Authorization', guest);
    const missing = await hidden('OPX-99/close');
    const secret = await hidden('OPX-2/close');
    expect([missing.status, secret.status]).toEqual([404, 404]);
    expect(secret.body.error.message).toBe('There is no ticket OPX-2');
    await api
      .get(`${base}/tickets/OPX-2`)
      .set('Authorization', guest)
      .expect(404);
    await api
      .post(`${base}/tickets`)
      .set('Authorization', guest)
      .send({ entityRef: SECRET, title: 'x' })
      .expect(400);
  });

  it('lists by state, page by page', async () => {
    const { api, base } = await setup();
    for (const title of ['one', 'two', 'three']) {
      await api
        .post(`${base}/tickets`)
        .set('Authorization', mira)
        .send({ entityRef: PAYMENTS, title })
        .expect(201);
    }
    await api
      .post(`${base}/tickets/OPX-2/start`)
      .set('Authorization', mira)
      .expect(200);
    const list = (query: object) =>
      api
        .get(`${base}/tickets`)
        .query({ entityRef: PAYMENTS, sort: 'createdAt', ...query })
        .set('Authorization', mira);
    const titles = (body: { items: { title: string }[] }) =>
      body.items.map(({ title }) => title);

    const first = (await list({ limit: 2 })).body;
    expect(titles(first)).toEqual(['one', 'two']);
    const second = (await list({ limit: 2, cursor: first.nextCursor })).body;
    expect(titles(second)).toEqual(['three']);
    expect(second).not.toHaveProperty('nextCursor');
    expect(titles((await list({ state: 'in-progress' })).body)).toEqual([
      'two',
    ]);
    const unfiltered = await api
      .get(`${base}/tickets`)
      .set('Authorization', mira);
    expect(unfiltered.status).toBe(400);
    expect(unfiltered.body.error.message).toMatch(/entityRef/);
  });

  describe('imports', () => {
    const post =
      ({ api, base }: Awaited<ReturnType<typeof setup>>) =>
      (tickets: object[]) =>
        api
          .post(`${base}/import`)
          .set('Authorization', mockCredentials.service.header())
          .send({ tickets });
    const old = {
      entityRef: PAYMENTS,
      title: 'Replace the home-grown retry loop',
      externalKey: 'OLD-1',
      createdAt: '2024-03-01T08:00:00Z',
      startedAt: '2024-03-05T08:00:00+01:00',
      closedAt: '2024-03-06T08:00:00Z',
    };

    it('a past, once', async () => {
      const context = await setup();
      const send = post(context);
      const first = await send([old]);
      expect(first.body).toEqual({
        tickets: [{ externalKey: 'OLD-1', key: 'OPX-1', created: true }],
      });
      const second = await send([old]);
      expect(second.body.tickets[0]).toMatchObject({ created: false });
      expect(context.requestSync).toHaveBeenCalledTimes(1);

      const { body } = await context.api
        .get(`${context.base}/tickets/OPX-1`)
        .set('Authorization', mira);
      expect(body).toMatchObject({
        state: 'done',
        createdAt: '2024-03-01T08:00:00.000Z',
        startedAt: '2024-03-05T07:00:00.000Z',
        closedAt: '2024-03-06T08:00:00.000Z',
        createdBy: 'external:test-service',
      });
    });

    it.each([
      [
        'a future',
        [{ ...old, closedAt: '2999-01-01T00:00:00Z' }],
        /tickets\[0\] \("OLD-1"\): closedAt lies in the future/,
      ],
      [
        'a wrong order',
        [
          old,
          { ...old, externalKey: 'OLD-2', createdAt: '2025-01-01T00:00:00Z' },
        ],
        /tickets\[1\] \("OLD-2"\): startedAt lies before createdAt/,
      ],
      ['a key twice', [old, old], /the external key occurs twice/],
      [
        'what is no instant',
        [{ ...old, createdAt: 'yesterday' }],
        /tickets\.0\.createdAt: must be an ISO 8601 instant/,
      ],
      [
        'more than 500 tickets',
        Array.from({ length: 501 }, () => old),
        /tickets: must not hold more than 500 tickets/,
      ],
      [
        'entities that do not exist',
        [{ ...old, entityRef: 'component:default/nowhere' }],
        /no entity component:default\/nowhere/,
      ],
    ])('nothing with %s', async (_, tickets, message) => {
      const context = await setup();
      const response = await post(context)(tickets);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(message);
      const { body } = await context.api
        .get(`${context.base}/tickets?entityRef=${PAYMENTS}`)
        .set('Authorization', mira);
      expect(body.totalItems).toBe(0);
    });
  });

  it('leaves a trace of acts, also of those that fail', async () => {
    const { api, base, auditor, event } = await setup();
    await api
      .post(`${base}/tickets`)
      .set('Authorization', mira)
      .send({ entityRef: PAYMENTS, title: 'Rotate the signing keys' });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'tracker-ticket-create',
        meta: { entityRef: PAYMENTS },
      }),
    );
    expect(event.success).toHaveBeenLastCalledWith({
      meta: { key: 'OPX-1', created: true },
    });
    await api
      .post(`${base}/tickets/OPX-1/reopen`)
      .set('Authorization', mira)
      .expect(409);
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'tracker-ticket-reopen',
        meta: { key: 'OPX-1' },
      }),
    );
    expect(event.fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'ConflictError' }),
    });
  });

  it('keeps a ticket even when the figures cannot follow at once', async () => {
    const { api, base, requestSync } = await setup();
    requestSync.mockRejectedValueOnce(new Error('database is locked'));
    const { status } = await api
      .post(`${base}/tickets`)
      .set('Authorization', mira)
      .send({ entityRef: PAYMENTS, title: 'Rotate the signing keys' });
    expect(status).toBe(201);
  });
});
