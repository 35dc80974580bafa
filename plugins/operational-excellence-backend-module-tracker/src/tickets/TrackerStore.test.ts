import {
  databases,
  newTicket,
  NOW,
  pastTicket,
  trackerDatabase,
} from '../__testUtils__';
import { TrackerStore } from './TrackerStore';
import { TrackerTicket } from './TrackerTicket';

const act = { by: 'user:default/mira', now: NOW };

describe.each(databases.eachSupportedId())('TrackerStore, %p', databaseId => {
  async function setup() {
    const db = await trackerDatabase(databaseId);
    return { db, store: TrackerStore.create({ db }) };
  }

  it('keeps what was created', async () => {
    const { store } = await setup();
    const { ticket, created } = await store.create(
      newTicket({
        labels: ['tech-debt'],
        priority: 'high',
        description: '# Why\n\nQueues pile up unseen.',
      }),
      act,
    );
    expect(created).toBe(true);
    await expect(store.find(ticket.id)).resolves.toEqual({
      id: ticket.id,
      entityRef: 'component:default/payments',
      title: 'Alert on the age of the settlement queue',
      description: '# Why\n\nQueues pile up unseen.',
      state: 'open',
      improvement: true,
      labels: ['tech-debt'],
      priority: 'high',
      assignee: null,
      createdAt: NOW,
      startedAt: null,
      closedAt: null,
      updatedAt: NOW,
      createdBy: 'user:default/mira',
      version: 1,
    } satisfies TrackerTicket);
    await expect(store.find(ticket.id + 1)).resolves.toBeUndefined();
  });

  describe('idempotency keys', () => {
    it('make one ticket of several requests, also of simultaneous ones', async () => {
      const { db, store } = await setup();
      const results = await Promise.all(
        Array.from({ length: 5 }, () =>
          store.create(newTicket(), { ...act, idempotencyKey: 'form-1' }),
        ),
      );
      expect(new Set(results.map(({ ticket }) => ticket.id)).size).toBe(1);
      expect(results.filter(({ created }) => created)).toHaveLength(1);
      await expect(db('tracker_tickets').pluck('title')).resolves.toHaveLength(
        1,
      );
      await expect(db('tracker_ticket_events').pluck('kind')).resolves.toEqual([
        'created',
      ]);
    });

    it('cannot be used for another ticket', async () => {
      const { store } = await setup();
      await store.create(newTicket(), { ...act, idempotencyKey: 'form-1' });
      await expect(
        store.create(newTicket({ title: 'Something else' }), {
          ...act,
          idempotencyKey: 'form-1',
        }),
      ).rejects.toThrow('The idempotency key was already used');
    });

    it('belong to who used them', async () => {
      const { store } = await setup();
      const mine = await store.create(newTicket(), {
        ...act,
        idempotencyKey: 'form-1',
      });
      const theirs = await store.create(newTicket(), {
        by: 'user:default/jonas',
        now: NOW,
        idempotencyKey: 'form-1',
      });
      expect(theirs.created).toBe(true);
      expect(theirs.ticket.id).not.toBe(mine.ticket.id);
      await expect(
        store.findCreated('user:default/mira', 'form-1'),
      ).resolves.toEqual(mine.ticket);
      await expect(
        store.findCreated('user:default/mira', 'form-2'),
      ).resolves.toBeUndefined();
    });

    it('still find the ticket after it was changed', async () => {
      const { store } = await setup();
      const { ticket } = await store.create(newTicket(), {
        ...act,
        idempotencyKey: 'form-1',
      });
      await store.update(ticket, { title: 'Renamed' }, act);
      const again = await store.create(newTicket(), {
        ...act,
        idempotencyKey: 'form-1',
      });
      expect(again).toMatchObject({
        created: false,
        ticket: { id: ticket.id, title: 'Renamed' },
      });
    });
  });

  it('keeps the story of a ticket that is reopened', async () => {
    const { store } = await setup();
    const { ticket } = await store.create(newTicket(), act);
    const at = (minutes: number) => ({
      by: 'user:default/jonas',
      now: NOW + minutes * 60_000,
    });
    const started = await store.transition(ticket, 'start', at(1));
    const closed = await store.transition(started, 'close', at(2));
    const reopened = await store.transition(closed, 'reopen', at(3));
    expect(reopened).toMatchObject({
      state: 'open',
      createdAt: NOW,
      startedAt: null,
      closedAt: null,
      updatedAt: NOW + 3 * 60_000,
      version: 4,
    });
    await expect(store.find(ticket.id)).resolves.toEqual(reopened);
    const events = await store.events(ticket.id);
    expect(events.map(({ kind, by }) => [kind, by])).toEqual([
      ['created', 'user:default/mira'],
      ['started', 'user:default/jonas'],
      ['closed', 'user:default/jonas'],
      ['reopened', 'user:default/jonas'],
    ]);
  });

  it('names what an update changed, and lets a change of nothing pass', async () => {
    const { store } = await setup();
    const { ticket } = await store.create(newTicket(), act);
    const same = await store.update(ticket, { title: ticket.title }, act);
    expect(same.version).toBe(1);
    const updated = await store.update(
      ticket,
      { title: ticket.title, labels: ['reliability'], assignee: 'mira' },
      act,
    );
    expect(updated).toMatchObject({
      labels: ['reliability'],
      assignee: 'mira',
      version: 2,
    });
    const events = await store.events(ticket.id);
    expect(events.at(-1)).toMatchObject({
      kind: 'updated',
      fields: ['labels', 'assignee'],
    });
  });

  it('lets only one of two acts on the same state through', async () => {
    const { store } = await setup();
    const { ticket } = await store.create(newTicket(), act);
    const results = await Promise.allSettled([
      store.transition(ticket, 'close', act),
      store.update(ticket, { title: 'Another title' }, act),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await expect(store.events(ticket.id)).resolves.toHaveLength(2);
    await expect(
      store.transition({ ...ticket, version: 2 }, 'start', {
        ...act,
        ifVersion: 1,
      }),
    ).rejects.toThrow('changed by somebody else');
  });

  it('imports a past once', async () => {
    const { db, store } = await setup();
    const past = [
      pastTicket({ externalKey: 'OLD-1', closedAt: NOW - 5 }),
      pastTicket({ externalKey: 'OLD-2' }),
    ];
    const first = await store.import(past, act);
    expect(first.map(({ created }) => created)).toEqual([true, true]);
    const second = await store.import(
      [...past, pastTicket({ externalKey: 'OLD-3' })],
      act,
    );
    expect(second.map(({ created }) => created)).toEqual([false, false, true]);
    expect(second[0].key).toBe(first[0].key);
    await expect(
      db('tracker_ticket_events').orderBy('id').pluck('kind'),
    ).resolves.toEqual(['imported', 'closed', 'imported', 'imported']);
  });

  it('imports 500 tickets at once', async () => {
    const { store } = await setup();
    const past = Array.from({ length: 500 }, (_, index) =>
      pastTicket({ externalKey: `OLD-${index}`, startedAt: NOW - 10 }),
    );
    const imported = await store.import(past, act);
    expect(imported.every(({ created }) => created)).toBe(true);
    await expect(store.idsAfter(0, 1_000)).resolves.toHaveLength(500);
  });

  describe('lists', () => {
    async function setupList() {
      const { store } = await setup();
      // Three tickets share an instant: the id decides among them.
      await store.import(
        [30, 10, 20, 20, 20, 40].map((createdAt, index) =>
          pastTicket({
            externalKey: `OLD-${index}`,
            createdAt,
            closedAt: index === 5 ? 50 : null,
          }),
        ),
        act,
      );
      await store.create(
        newTicket({ entityRef: 'component:default/web' }),
        act,
      );
      return store;
    }
    const query = {
      entityRefs: ['component:default/payments'],
      states: [],
      sort: 'createdAt' as const,
      limit: 2,
    };

    it.each([
      ['createdAt' as const, [10, 20, 20, 20, 30, 40]],
      ['-createdAt' as const, [40, 30, 20, 20, 20, 10]],
    ])('page by page, sorted by %s', async (sort, expected) => {
      const store = await setupList();
      const seen: TrackerTicket[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ ...query, sort, cursor });
        expect(page.totalItems).toBe(6);
        seen.push(...page.tickets);
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen.map(({ createdAt }) => createdAt)).toEqual(expected);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
    });

    it('hold what was asked for', async () => {
      const store = await setupList();
      const done = await store.list({ ...query, states: ['done'] });
      expect(done).toMatchObject({
        totalItems: 1,
        tickets: [{ closedAt: 50 }],
      });
      const none = await store.list({ ...query, entityRefs: [] });
      expect(none).toEqual({ tickets: [], totalItems: 0 });
    });

    it('refuse a cursor of another query', async () => {
      const store = await setupList();
      const { nextCursor } = await store.list(query);
      await expect(
        store.list({ ...query, sort: '-updatedAt', cursor: nextCursor }),
      ).rejects.toThrow('does not belong to this query');
      await expect(store.list({ ...query, cursor: '%%%' })).rejects.toThrow(
        'The cursor cannot be read',
      );
    });
  });
});
