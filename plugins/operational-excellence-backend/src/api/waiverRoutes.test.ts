import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  Page,
  Service,
  toIsoInstant,
  Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
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

const GRANT = 'operational-excellence.waiver.grant';
const ENTITIES = [
  component('payments', {
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  }),
  component('search'),
  component('team', { kind: 'Group' }),
];
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = Waiver & { error: { message: string } };

describe.each(databases.eachSupportedId())('waivers on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  let db: Knex;
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
        path: '/services/component/default/payments',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('waivers').delete();
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const inDays = (days: number) => toIsoInstant(Date.now() + days * DAY_MS);

  const grant = (given: JsonObject = {}, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: '/waivers',
      authorization,
      body: {
        entityRef: PAYMENTS,
        measure: 'gameDay',
        reason: 'Replaced in May',
        until: inDays(30),
        ...given,
      },
    });

  const revoke = (id: string, authorization = alice) =>
    call<Answer>({ method: 'delete', path: `/waivers/${id}`, authorization });

  const list = async (
    query: Record<string, string | number | string[]> = {},
    authorization = alice,
  ) =>
    (await call<Page<Waiver>>({ path: '/waivers', query, authorization })).body;

  const gameDay = async () =>
    (await call<Service>({ path: '/services/component/default/payments' })).body
      .gameDay;

  it('are granted and revoked, and the state follows at once', async () => {
    const until = inDays(30);
    const { body, status } = await grant({ entityRef: 'payments', until });
    // The kind is a part of the reference.
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^Invalid body property entityRef/);

    const granted = await grant({ entityRef: 'Component:Payments', until });
    expect(granted.status).toBe(201);
    expect(granted.body).toEqual({
      id: expect.any(String),
      entityRef: PAYMENTS,
      entityTitle: 'payments',
      measure: 'gameDay',
      reason: 'Replaced in May',
      approver: 'user:default/alice',
      createdAt: expect.any(String),
      until,
      revokedAt: null,
      revokedBy: null,
    });
    expect(await gameDay()).toMatchObject({
      state: 'waived',
      waivedUntil: until,
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'waiver-grant',
        meta: {
          entityRef: 'Component:Payments',
          measure: 'gameDay',
          until,
        },
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledWith({
      meta: { id: granted.body.id },
    });

    const revoked = await revoke(granted.body.id);
    expect(revoked).toEqual({
      status: 200,
      body: {
        ...granted.body,
        revokedAt: expect.any(String),
        revokedBy: 'user:default/alice',
      },
    });
    expect(await gameDay()).toMatchObject({
      underlyingState: null,
      waivedUntil: null,
    });
    // Once more is no mistake, and changes nothing.
    expect(await revoke(granted.body.id)).toEqual(revoked);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'waiver-revoke',
        meta: { id: granted.body.id },
      }),
    );
  });

  it('are kept when their time is over', async () => {
    const { body } = await grant();
    await db('waivers').update({ until: Date.now() - 1 });
    const over = await revoke(body.id);
    expect(over.status).toBe(409);
    expect(over.body.error.message).toMatch(
      /^The waiver ended by itself at .*Z; there is nothing to revoke$/,
    );
    expect(await list()).toMatchObject({
      totalItems: 1,
      items: [{ id: body.id, revokedAt: null }],
    });
  });

  it('are listed page by page, newest first, as far as they are visible', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      const entityRef = n === 3 ? SEARCH : PAYMENTS;
      ids.unshift((await grant({ entityRef })).body.id);
    }
    // At the same instant, ids decide.
    await db('waivers').update({ created_at: 7 });
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

    const ofSearch = [expect.objectContaining({ entityRef: SEARCH })];
    expect((await list({ entityRef: SEARCH })).items).toEqual(ofSearch);
    expect((await list({}, bob)).items).toEqual(ofSearch);
    expect((await list({ entityRef: PAYMENTS }, bob)).items).toEqual([]);
    expect((await list({ entityRef: [PAYMENTS, SEARCH] })).totalItems).toBe(5);
  });

  it('are listed by what has become of them, and by who owns the service', async () => {
    const idOf = async (given: JsonObject) => (await grant(given)).body.id;
    const later = await idOf({ until: inDays(40) });
    const soon = await idOf({ until: inDays(13) });
    const ofSearch = await idOf({ entityRef: SEARCH, until: inDays(20) });
    const revoked = await idOf({ until: inDays(5) });
    await revoke(revoked);
    const over = await idOf({ until: inDays(6) });
    await db('waivers').where({ id: over }).update({ until: 7 });

    const idsOf = async (query: Record<string, string | string[]>) => {
      const { items, totalItems } = await list({ sort: 'until', ...query });
      expect(totalItems).toBe(items.length);
      return items.map(({ id }) => id);
    };
    expect(await idsOf({ state: 'active' })).toEqual([soon, ofSearch, later]);
    expect(await idsOf({ state: 'ending-soon' })).toEqual([soon]);
    expect(await idsOf({ state: 'ended' })).toEqual([over, revoked]);
    expect(await idsOf({ owner: 'Group:Default/Team' })).toEqual([
      over,
      revoked,
      soon,
      later,
    ]);
    expect(
      await idsOf({ owner: 'group:default/team', state: 'active' }),
    ).toEqual([soon, later]);
    expect(await idsOf({ owner: 'group:default/nobody' })).toEqual([]);

    const first = await list({ sort: 'until', state: 'active', limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([soon, ofSearch]);
    const rest = await list({
      sort: 'until',
      state: 'active',
      limit: 2,
      cursor: first.nextCursor!,
    });
    expect(rest.items.map(({ id }) => id)).toEqual([later]);
    expect(rest.nextCursor).toBeUndefined();
  });

  it.each([
    ['["-createdAt",7,5]', /does not|belongs to a list that is not sorted/],
    ['["-createdAt","x","y"]', /belongs to a list that is not sorted/],
    ['nonsense', /^The cursor is not one that this list gave/],
  ])('refuse the cursor %s', async (text, message) => {
    const cursor = Buffer.from(text).toString('base64url');
    const { body, status } = await call<Answer>({
      path: '/waivers',
      query: { cursor },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it.each([
    [{ until: '2020-01-01T00:00:00.000Z' }, /^A waiver must end in the future/],
    [{ until: 'tomorrow' }, /^Invalid body property until: /],
    [{ measure: 'luck' }, /^Invalid body property measure: /],
    [{ reason: ' \n ' }, /^Invalid body property reason: /],
    [{ reason: '\u0000' }, /^Invalid body property reason: /],
    [{ entityRef: '::' }, /^Invalid body property entityRef: /],
    [{ approver: 'user:default/boss' }, /approver/],
  ])('say what is wrong with %j', async (given, message) => {
    const { body, status } = await grant(given);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(await list()).toMatchObject({ totalItems: 0 });
  });

  it('are not for everybody', async () => {
    const { body: waiver } = await grant();
    const hidden = await grant({}, bob);
    expect(hidden.status).toBe(404);
    const unknown = 'component:default/nothing';
    expect(await grant({ entityRef: unknown }, bob)).toMatchObject({
      status: 404,
      body: {
        error: {
          message: hidden.body.error.message.replace(PAYMENTS, unknown),
        },
      },
    });
    const notMine = await revoke(waiver.id, bob);
    expect(notMine.status).toBe(404);
    expect(await revoke('nope', bob)).toMatchObject({
      status: 404,
      body: {
        error: {
          message: notMine.body.error.message.replace(waiver.id, 'nope'),
        },
      },
    });

    policy.become((permission, caller) =>
      permission === GRANT ? deny : usual(permission, caller),
    );
    for (const { body, status } of [await grant(), await revoke(waiver.id)]) {
      expect(status).toBe(403);
      expect(body.error.message).toContain(
        `You lack the permission ${GRANT} for ${PAYMENTS}`,
      );
    }
    expect((await list()).items).toEqual([waiver]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(6);
    expect(auditEvent.success).toHaveBeenCalledTimes(1);
  });
});
