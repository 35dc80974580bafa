import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { testTicket, TestStore } from '../database/__testUtils__/TestStore';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { StoredTicketPage, TicketStore } from './TicketStore';

const NOW = Date.parse('2026-07-01T08:00:00Z');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('TicketStore on %s', databaseId => {
  const tickets = TicketStore.create();
  let db: Knex;
  let store: TestStore;
  let scopeId: number;
  let payments: number;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    scopeId = await store.addScope({ key: 'acme/payments' });
    payments = await store.addService({ name: 'payments' });
    await store.nameScope(payments, scopeId);
  });

  const storePage = (page: Partial<StoredTicketPage>) =>
    db.transaction(tx =>
      tickets.storePage(tx, {
        sourceId: 'tracker:test',
        scopeId,
        tickets: [],
        ...page,
      }),
    );

  const stored = (externalId: string) =>
    db('tickets').where({ external_id: externalId }).first();

  it('stores what a ticket says and matches it to its services', async () => {
    const touched = await storePage({
      tickets: [
        testTicket({
          externalId: '1',
          title: 'Nul \0 and half \ud83d a smile',
          url: 'data:text/html,<script>alert(1)</script>',
          labels: ['ops', 'debt'],
          facets: ['b', 'a', 'b'],
          closedAt: null,
        }),
      ],
    });

    expect(touched).toEqual([payments]);
    expect(await store.ticketMatches()).toEqual([[payments, '1']]);
    expect(await stored('1')).toMatchObject({
      title: 'Nul \ufffd and half \ufffd a smile',
      url: null,
      labels: '["ops","debt"]',
      facets: '["a","b"]',
    });
  });

  it('touches nobody when a page says nothing new', async () => {
    const page = {
      tickets: [
        testTicket({ externalId: '1', title: '\0', startedAt: 5 }),
        testTicket({ externalId: '2', state: 'done', closedAt: 6 }),
      ],
    };
    await storePage(page);
    expect(await storePage(page)).toEqual([]);
  });

  it('touches nobody when only the words of a ticket change', async () => {
    await storePage({ tickets: [testTicket({ externalId: '1' })] });
    const touched = await storePage({
      tickets: [testTicket({ externalId: '1', title: 'Say it better' })],
    });
    expect(touched).toEqual([]);
    expect(await stored('1')).toMatchObject({ title: 'Say it better' });
  });

  it('takes the newest of several versions in a page', async () => {
    await storePage({
      tickets: [
        testTicket({ externalId: '1', title: 'first', updatedAt: 5 }),
        testTicket({ externalId: '1', title: 'last', updatedAt: 5 }),
        testTicket({ externalId: '1', title: 'stale', updatedAt: 4 }),
      ],
    });
    expect(await stored('1')).toMatchObject({ title: 'last' });
  });

  it('drops a version that is older than the stored one', async () => {
    await storePage({
      tickets: [testTicket({ externalId: '1', updatedAt: 9, title: 'new' })],
    });
    const touched = await storePage({
      tickets: [
        testTicket({
          externalId: '1',
          updatedAt: 8,
          title: 'stale',
          container: 'elsewhere',
        }),
      ],
    });
    expect(touched).toEqual([]);
    expect(await stored('1')).toMatchObject({
      title: 'new',
      container: 'main',
    });
  });

  it('takes another classification of the same version', async () => {
    await storePage({ tickets: [testTicket({ externalId: '1' })] });
    const touched = await storePage({
      tickets: [testTicket({ externalId: '1', improvement: false })],
    });
    expect(touched).toEqual([payments]);
  });

  it('matches by container and all facets', async () => {
    const checkout = await store.addService({ name: 'checkout' });
    await store.nameScope(checkout, scopeId, {
      container: 'SHOP',
      allOf: ['component:Checkout', 'label:x'],
    });
    await store.nameScope(checkout, scopeId, {
      container: 'SHOP',
      allOf: ['label:x'],
    });
    const shop = await store.addService({ name: 'shop' });
    await store.nameScope(shop, scopeId, {
      container: 'SHOP',
      allOf: ['component:"Shop" [a]'],
    });

    await storePage({
      tickets: [
        testTicket({
          externalId: '1',
          container: 'SHOP',
          facets: ['label:x', 'component:Checkout', 'label:y'],
        }),
        testTicket({
          externalId: '2',
          container: 'SHOP',
          facets: ['component:Checkout', 'component:"Shop" [a]'],
        }),
        testTicket({ externalId: '3', container: 'shop' }),
      ],
    });
    expect(await store.ticketMatches()).toEqual([
      [checkout, '1'],
      [shop, '2'],
    ]);
  });

  it('touches the old and the new services of a ticket that moves', async () => {
    const checkout = await store.addService({ name: 'checkout' });
    await store.nameScope(checkout, scopeId, {
      container: 'other',
      allOf: ['label:x'],
    });
    await storePage({ tickets: [testTicket({ externalId: '1' })] });

    const moved = testTicket({
      externalId: '1',
      container: 'other',
      facets: ['label:x'],
    });
    expect(await storePage({ tickets: [moved] })).toEqual([payments, checkout]);
    expect(await store.ticketMatches()).toEqual([[checkout, '1']]);

    const stripped = { ...moved, facets: [] };
    expect(await storePage({ tickets: [stripped] })).toEqual([checkout]);
    expect(await store.ticketMatches()).toEqual([]);
  });

  it('moves a ticket to the scope that it was last seen through', async () => {
    const other = await store.addScope({ key: 'acme/other' });
    const checkout = await store.addService({ name: 'checkout' });
    await store.nameScope(checkout, other);
    await storePage({ tickets: [testTicket({ externalId: '1' })] });

    const touched = await storePage({
      scopeId: other,
      tickets: [testTicket({ externalId: '1' })],
    });
    expect(touched).toEqual([payments, checkout]);
    expect(await store.ticketMatches()).toEqual([[checkout, '1']]);

    // What the first scope has lost is not lost altogether.
    expect(await storePage({ removed: ['1'] })).toEqual([]);
    expect(await stored('1')).toMatchObject({ scope_id: other });
  });

  it('keeps tickets of two sources with the same id apart', async () => {
    const other = await store.addScope({ sourceId: 'other', key: 'x' });
    await storePage({ tickets: [testTicket({ externalId: '1' })] });
    await storePage({
      sourceId: 'other',
      scopeId: other,
      tickets: [testTicket({ externalId: '1' })],
    });
    expect(await db('tickets').orderBy('id').pluck('source_id')).toEqual([
      'tracker:test',
      'other',
    ]);
  });

  it('removes what left the scope, unless the page has it as well', async () => {
    await storePage({
      tickets: [
        testTicket({ externalId: '1' }),
        testTicket({ externalId: '2' }),
      ],
    });
    const touched = await storePage({
      tickets: [testTicket({ externalId: '2' })],
      removed: ['1', '2', 'never seen'],
    });
    expect(touched).toEqual([payments]);
    expect(await store.ticketMatches()).toEqual([[payments, '2']]);
    expect(await tickets.externalIds(db, scopeId, { now: NOW })).toEqual(
      new Set(['2']),
    );
  });

  it('spares for a while what was filed and is not listed yet', async () => {
    const filed = { updatedAt: 0, createdAt: NOW };
    await storePage({
      tickets: [
        testTicket({ externalId: 'filed', ...filed }),
        testTicket({ externalId: 'read', createdAt: NOW, updatedAt: NOW }),
      ],
    });
    const at = (now: number) => tickets.externalIds(db, scopeId, { now });
    expect(await at(NOW + 60_000)).toEqual(new Set(['read']));
    expect(await at(NOW + 3_600_000)).toEqual(new Set(['filed', 'read']));
  });

  it('takes a page of more rows than a statement has variables', async () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      testTicket({ externalId: String(n) }),
    );
    expect(await storePage({ tickets: many })).toEqual([payments]);
    expect((await tickets.externalIds(db, scopeId, { now: NOW })).size).toBe(
      5000,
    );

    const gone = await db.transaction(tx =>
      tickets.remove(tx, {
        scopeId,
        externalIds: many.slice(1).map(({ externalId }) => externalId),
      }),
    );
    expect(gone).toEqual([payments]);
    expect(await store.ticketMatches()).toEqual([[payments, '0']]);
  });

  it('renews the matches of services whose matchers changed', async () => {
    const checkout = await store.addService({ name: 'checkout' });
    await storePage({
      tickets: [
        testTicket({ externalId: '1' }),
        testTicket({ externalId: '2', facets: ['label:x'] }),
        testTicket({ externalId: '3', container: 'other' }),
      ],
    });
    await db('service_scopes').delete();
    await store.nameScope(payments, scopeId, { container: 'other' });
    await store.nameScope(checkout, scopeId, { allOf: ['label:x'] });

    await db.transaction(tx => tickets.rematch(tx, [checkout]));
    expect(await store.ticketMatches()).toEqual([
      [payments, '1'],
      [payments, '2'],
      [checkout, '2'],
    ]);
    await db.transaction(tx => tickets.rematch(tx, [payments]));
    expect(await store.ticketMatches()).toEqual([
      [payments, '3'],
      [checkout, '2'],
    ]);
  });

  it('stores a page in a constant number of statements', async () => {
    const count = async (size: number, from: number) => {
      let statements = 0;
      const onQuery = () => (statements += 1);
      db.on('query', onQuery);
      await storePage({
        tickets: Array.from({ length: size }, (_, n) =>
          testTicket({ externalId: String(from + n) }),
        ),
      });
      db.removeListener('query', onQuery);
      return statements;
    };
    expect(await count(900, 1000)).toBe(await count(10, 0));
  });
});
