import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CalendarFeed,
  CalendarFeedList,
  DAY_MS,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const ENTITIES = [
  component('payments', {
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  }),
  component('search'),
  component('team', { kind: 'Group' }),
];
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');
/** Somebody without a token. */
const nobody = mockCredentials.none.header();
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('calendars on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  /** Bob sees only search. */
  const policy = new FakePolicy((permission, caller) =>
    permission === 'catalog.entity.read' && caller === 'user:default/bob'
      ? conditional()
      : allow,
  );
  const { catalog } = fakeCatalog({
    entities: ENTITIES,
    readableBy: caller =>
      caller === 'user:default/bob' ? [SEARCH] : [PAYMENTS, SEARCH],
  });
  let db: Knex;
  let api: DocumentedApi;
  let stop: () => Promise<void>;

  const start = (config?: JsonObject) =>
    startPlugin({ auditor, catalog, db, policy, sources: [], config });

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    db = await databases.init(databaseId);
    ({ api, stop } = await start());
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/search',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
    for (const [title, entityRef] of [
      ['Pay nothing', PAYMENTS],
      ['Find nothing', SEARCH],
    ]) {
      const { status } = await call({
        method: 'post',
        path: '/exercises',
        body: {
          key: `key-${entityRef.replace(/\W/g, '-')}`,
          kind: 'tabletop',
          title,
          entityRefs: [entityRef],
          plannedStart: toIsoInstant(Date.now() + DAY_MS),
          plannedEnd: toIsoInstant(Date.now() + 2 * DAY_MS),
        },
      });
      if (status !== 201) throw new Error(`${status}`);
    }
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('calendar_feeds').delete();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const createFeed = (body: JsonObject = {}, authorization = alice) =>
    call<CalendarFeed & { error: { message: string } }>({
      method: 'post',
      path: '/calendar-feeds',
      body,
      authorization,
    });

  /** Opens an address as somebody does who knows nothing else. */
  const open = (url: string) =>
    api.call<string>({
      path: url.replace(/^.*(?=\/calendar\/)/, ''),
      authorization: nobody,
    });

  const feeds = async (authorization = alice) =>
    (await call<CalendarFeedList>({ path: '/calendar-feeds', authorization }))
      .body.items;

  const titlesIn = (calendar: string) =>
    [...calendar.matchAll(/^SUMMARY:Tabletop: (.*)\r$/gm)]
      .map(match => match[1])
      .sort();

  it('are downloaded as far as they are visible', async () => {
    const download = async (
      query: Record<string, string>,
      authorization = alice,
    ) => {
      const { body, status } = await call<string>({
        path: '/exercises.ics',
        query,
        authorization,
      });
      expect(status).toBe(200);
      return titlesIn(body);
    };
    expect(await download({})).toEqual(['Find nothing', 'Pay nothing']);
    expect(await download({ entityRef: SEARCH })).toEqual(['Find nothing']);
    expect(await download({ owner: 'group:default/team' })).toEqual([
      'Pay nothing',
    ]);
    expect(await download({}, bob)).toEqual(['Find nothing']);
    expect(await download({ entityRef: PAYMENTS }, bob)).toEqual([]);
    expect(
      (await call({ path: '/exercises.ics', authorization: nobody })).status,
    ).toBe(401);
  });

  it('open by their secrets, until these are revoked', async () => {
    const { body: feed, status } = await createFeed();
    expect(status).toBe(201);
    expect(feed).toEqual({
      id: expect.any(String),
      url: expect.stringMatching(
        /^http:.*\/api\/operational-excellence\/calendar\/[\w-]{43}\.ics$/,
      ),
      expiresAt: expect.any(String),
    });
    const lasts = Date.parse(feed.expiresAt) - Date.now();
    expect(Math.round(lasts / DAY_MS)).toBe(365);
    const opened = await open(feed.url);
    expect([opened.status, titlesIn(opened.body)]).toEqual([
      200,
      ['Find nothing', 'Pay nothing'],
    ]);

    // Only the digest of the secret is kept, and nobody is told the secret.
    const secret = /([\w-]+)\.ics$/.exec(feed.url)![1];
    const [row] = await db('calendar_feeds');
    expect(row.secret_digest).toBe(
      createHash('sha256').update(secret).digest('hex'),
    );
    expect(
      JSON.stringify([
        row,
        ...auditor.createEvent.mock.calls.map(([{ meta }]) => meta),
        auditEvent.success.mock.calls,
      ]),
    ).not.toContain(secret);
    expect(await feeds()).toEqual([
      {
        id: feed.id,
        entityRef: null,
        owner: null,
        createdAt: expect.any(String),
        expiresAt: feed.expiresAt,
      },
    ]);

    const revoke = (id: string, authorization = alice) =>
      call({ method: 'delete', path: `/calendar-feeds/${id}`, authorization });
    expect(await feeds(bob)).toEqual([]);
    expect((await revoke(feed.id, bob)).status).toBe(404);
    expect((await open(feed.url)).status).toBe(200);
    expect((await revoke(feed.id)).status).toBe(204);
    expect((await open(feed.url)).status).toBe(404);
    expect((await revoke(feed.id)).status).toBe(404);
    expect(await feeds()).toEqual([]);
  });

  it('open nothing once their time is over, or by any other secret', async () => {
    const { body: feed } = await createFeed();
    await db('calendar_feeds').update({ expires_at: Date.now() - 1 });
    const over = await open(feed.url);
    expect(over.status).toBe(404);
    expect(await open('/calendar/nothing.ics')).toEqual({
      status: 404,
      body: {
        ...(over.body as unknown as JsonObject),
        request: expect.anything(),
      },
    });
    expect(await feeds()).toEqual([]);
  });

  it('show what their creators could see', async () => {
    const { body: all } = await createFeed({}, bob);
    expect(titlesIn((await open(all.url)).body)).toEqual(['Find nothing']);
    const { body: ofTeam } = await createFeed({ owner: 'Group:team' }, bob);
    expect(titlesIn((await open(ofTeam.url)).body)).toEqual([]);
    const { body: one } = await createFeed({ entityRef: SEARCH }, bob);
    expect(titlesIn((await open(one.url)).body)).toEqual(['Find nothing']);
    for (const entityRef of [PAYMENTS, 'component:default/nothing']) {
      expect((await createFeed({ entityRef }, bob)).status).toBe(404);
    }
    expect((await createFeed({ entityRef: '::' })).status).toBe(400);
    expect(await feeds(bob)).toMatchObject([
      { id: one.id, entityRef: SEARCH },
      { id: ofTeam.id, owner: 'group:default/team' },
      { id: all.id },
    ]);
  });

  it('are made by users, and not by the dozen', async () => {
    const service = mockCredentials.service.header();
    expect((await createFeed({}, service)).status).toBe(403);
    for (let n = 0; n < 20; n++) {
      expect((await createFeed()).status).toBe(201);
    }
    const { body, status } = await createFeed();
    expect([status, body.error.message]).toEqual([
      409,
      'You have 20 calendars already; revoke one that is not used any more',
    ]);
    expect((await createFeed({}, bob)).status).toBe(201);
  });

  it('can be switched off, with those that exist', async () => {
    const { body: feed } = await createFeed();
    const off = await start({ calendar: { feeds: false } });
    try {
      const asAlice = { authorization: alice, path: '/calendar-feeds' };
      const answers = [
        await off.api.call({ ...asAlice, method: 'post', body: {} }),
        await off.api.call(asAlice),
        await off.api.call({
          path: feed.url.replace(/^.*(?=\/calendar\/)/, ''),
        }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    } finally {
      await off.stop();
    }
  });

  it('leave everything else to who has a token', async () => {
    for (const path of ['/calendar-feeds', '/exercises', '/services']) {
      expect((await call({ path, authorization: nobody })).status).toBe(401);
    }
  });
});
