import { ANNOTATION_TRACKER } from 'backstage-plugin-operational-excellence-common';
import { TicketPage } from 'backstage-plugin-operational-excellence-node';
import {
  databases,
  newTicket,
  NOW,
  pastTicket,
  trackerDatabase,
} from '../__testUtils__';
import { TrackerStore } from '../tickets';
import { TrackerSource } from './TrackerSource';

const MINUTE = 60_000;
const scope = { key: 'tracker', containers: ['component:default/payments'] };
const { signal } = new AbortController();

async function all(pages: AsyncIterable<TicketPage>): Promise<TicketPage[]> {
  const read: TicketPage[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

const titles = (pages: TicketPage[]) =>
  pages.flatMap(({ tickets }) => tickets.map(({ title }) => title));

describe.each(databases.eachSupportedId())('TrackerSource, %p', databaseId => {
  async function setup() {
    const db = await trackerDatabase(databaseId);
    const clock = { now: NOW };
    const store = TrackerStore.create({ db });
    const source = TrackerSource.create({
      store,
      improvementLabels: ['tech-debt'],
      pageSize: 2,
      now: () => clock.now,
    });
    const write = (title: string, overrides = {}) =>
      store.create(newTicket({ title, ...overrides }), {
        by: 'user:default/mira',
        now: clock.now,
      });
    const read = async (cursor?: string) => {
      const pages = await all(source.changes(scope, { cursor, signal }));
      return { titles: titles(pages), cursor: pages.at(-1)!.cursor, pages };
    };
    return { clock, source, store, write, read };
  }

  it('pages everything, then only what changed', async () => {
    const { clock, store, write, read } = await setup();
    const { ticket } = await write('one');
    await write('two');
    clock.now += MINUTE;
    await write('three');

    clock.now += 10 * MINUTE;
    const first = await read();
    expect(first.titles).toEqual(['one', 'two', 'three']);
    expect(first.pages.map(({ requests }) => requests)).toEqual([1, 1]);

    clock.now += MINUTE;
    const second = await read(first.cursor);
    expect(second.titles).toEqual([]);
    expect(second.pages).toHaveLength(1);

    await store.transition(ticket, 'close', { by: 'x', now: clock.now });
    clock.now += 10 * MINUTE;
    const third = await read(second.cursor);
    expect(third.titles).toEqual(['one']);
    expect(third.pages[0].tickets[0]).toMatchObject({
      externalId: String(ticket.id),
      key: `OPX-${ticket.id}`,
      state: 'done',
      createdAt: NOW,
      closedAt: NOW + 12 * MINUTE,
      container: 'component:default/payments',
    });
  });

  it('moves on from an empty tracker', async () => {
    const { clock, write, read } = await setup();
    const empty = await read();
    expect(empty.pages).toHaveLength(1);
    clock.now += MINUTE;
    await write('one');
    await expect(read(empty.cursor)).resolves.toMatchObject({
      titles: ['one'],
    });
  });

  it('finds what was committed late', async () => {
    const { clock, store, write, read } = await setup();
    await write('in time');
    clock.now += 1_000;
    const first = await read();
    // A transaction that began before the page was read, and ended after it.
    await store.create(newTicket({ title: 'late' }), {
      by: 'user:default/mira',
      now: clock.now - 2_000,
    });
    clock.now += 60 * MINUTE;
    const { titles: found } = await read(first.cursor);
    expect(found).toContain('late');
  });

  it('goes on after each page as if the run had ended there', async () => {
    const { clock, write, read } = await setup();
    for (const title of ['a', 'b', 'c', 'd', 'e']) {
      await write(title);
      clock.now += MINUTE;
    }
    clock.now += 60 * MINUTE;
    const { pages } = await read();
    expect(pages).toHaveLength(3);
    for (const [index, { cursor }] of pages.entries()) {
      const rest = await read(cursor);
      expect(rest.titles).toEqual(titles(pages.slice(index + 1)));
    }
  });

  it('reads everything again once another rule classes improvements', async () => {
    const { clock, store, write, read } = await setup();
    await write('labelled', { improvement: false, labels: ['Hygiene'] });
    clock.now += 60 * MINUTE;
    const { cursor, pages } = await read();
    expect(pages[0].tickets[0].improvement).toBe(false);

    const reconfigured = TrackerSource.create({
      store,
      improvementLabels: ['hygiene'],
    });
    const again = await all(reconfigured.changes(scope, { cursor, signal }));
    expect(again[0].tickets[0]).toMatchObject({
      title: 'labelled',
      improvement: true,
    });
  });

  it('classes improvements by flag or label', async () => {
    const { write, read } = await setup();
    await write('flagged', { improvement: true });
    await write('labelled', { improvement: false, labels: ['Tech-Debt'] });
    await write('neither', { improvement: false, labels: ['bug'] });
    const { pages } = await read();
    expect(
      pages.flatMap(({ tickets }) =>
        tickets.map(({ title, improvement }) => [title, improvement]),
      ),
    ).toEqual([
      ['flagged', true],
      ['labelled', true],
      ['neither', false],
    ]);
  });

  it('names all that exists', async () => {
    const { source, store } = await setup();
    await store.import(
      Array.from({ length: 5 }, (_, index) =>
        pastTicket({ externalKey: `OLD-${index}` }),
      ),
      { by: 'user:default/mira', now: NOW },
    );
    const ids: string[] = [];
    for await (const page of source.reconcile(scope, { signal })) {
      ids.push(...page);
    }
    const { pages } = { pages: await all(source.changes(scope, { signal })) };
    expect(ids).toEqual(
      pages.flatMap(({ tickets }) => tickets.map(t => t.externalId)),
    );
    expect(ids).toHaveLength(5);
  });

  it('files a ticket once, and finds it again', async () => {
    const { source, read } = await setup();
    const request = {
      scopeKey: 'tracker',
      container: 'component:default/payments',
      entityRef: 'component:default/payments',
      title: 'Rehearse the failover of the ledger',
      description: '',
      labels: [],
      priority: 'high',
    };
    const options = { idempotencyKey: 'finding-1', signal };
    await expect(
      source.findFiled('finding-1', scope, { signal }),
    ).resolves.toBeUndefined();
    const filed = await source.file(request, options);
    await expect(source.file(request, options)).resolves.toEqual(filed);
    await expect(
      source.findFiled('finding-1', scope, { signal }),
    ).resolves.toEqual(filed);
    const { pages } = await read();
    expect(pages.flatMap(({ tickets }) => tickets)).toMatchObject([
      {
        externalId: filed.externalId,
        improvement: true,
        priority: 'high',
        container: 'component:default/payments',
      },
    ]);
    await expect(
      source.file(
        { ...request, title: 'two\nlines' },
        { idempotencyKey: 'finding-2', signal },
      ),
    ).rejects.toThrow('title: must be one line');
  });

  it('stops when it is told to', async () => {
    const { source } = await setup();
    const stopped = AbortSignal.abort(new Error('shutting down'));
    await expect(
      all(source.changes(scope, { signal: stopped })),
    ).rejects.toThrow('shutting down');
  });

  it('belongs to every service, and is named only by annotation', async () => {
    const { source } = await setup();
    const service = (annotations: Record<string, string>) => ({
      entityRef: 'component:default/payments',
      title: 'Payments',
      annotations,
    });
    expect(source.scopesFor(service({}))).toMatchObject([
      {
        key: 'tracker',
        matcher: { container: 'component:default/payments' },
        implicit: true,
      },
    ]);
    expect(
      source.scopesFor(service({ [ANNOTATION_TRACKER]: 'built-in' })),
    ).toMatchObject([{ key: 'tracker', implicit: false }]);
    expect(() =>
      source.scopesFor(service({ [ANNOTATION_TRACKER]: 'jira' })),
    ).toThrow(
      'The annotation operational-excellence/tracker is "jira"; expected "built-in", or no such annotation',
    );
  });
});
