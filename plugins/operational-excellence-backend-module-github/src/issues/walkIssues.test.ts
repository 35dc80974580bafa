import { behaviours } from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  createSource,
  githubInstant,
  issueJson,
  IssueServer,
  readExisting,
  readPages,
  readTickets,
} from '../__testUtils__';

const { json } = behaviours;

/** A source of numbers that look random and are the same each time. */
function randomNumbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('walkIssues', () => {
  let server: IssueServer;
  beforeEach(async () => {
    server = await IssueServer.start();
  });
  afterEach(() => server.upstream.close());

  const source = () => createSource({ apiBaseUrl: server.apiBaseUrl });
  const idOf = (issue: { id: number }) => `acme/payments:${issue.id}`;
  const idsOfServer = () => [...server.issues.values()].map(idOf).sort();

  /** Every few requests some issues change, as long as there are changes left. */
  function changeWhileRead(seed: number, changes: number) {
    const random = randomNumbers(seed);
    let left = changes;
    server.afterList = () => {
      for (let i = random(4); i > 0 && left > 0; i--) {
        left -= 1;
        const numbers = [...server.issues.keys()];
        server.touch(numbers[random(numbers.length)]);
      }
    };
  }

  it('asks for the oldest changes first, with all states', async () => {
    await readPages(source());
    const [{ url, headers, method }] = server.upstream.received;
    expect(method).toBe('GET');
    expect(url.pathname).toBe('/repos/acme/payments/issues');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      state: 'all',
      sort: 'updated',
      direction: 'asc',
      per_page: '100',
    });
    expect(headers).toMatchObject({
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    });
  });

  it.each([1, 2, 3, 4, 5])(
    'misses no issue of a list that changes while it is read (%i)',
    async seed => {
      server.createOneByOne(180);
      server.create(150);
      server.createOneByOne(120);
      changeWhileRead(seed, 40);

      const pages = await readPages(source());
      const seen = new Map(
        pages.flatMap(page => page.tickets).map(t => [t.externalId, t]),
      );
      expect([...seen.keys()].sort()).toEqual(idsOfServer());
      // The change that comes last is seen as well, now or in the next run.
      server.afterList = () => {};
      const later = await readTickets(source(), {
        cursor: pages.at(-1)!.cursor,
      });
      for (const ticket of later) seen.set(ticket.externalId, ticket);
      for (const issue of server.issues.values()) {
        expect(seen.get(idOf(issue))!.title).toBe(issue.title);
      }
    },
  );

  it('can go on from any page of a list that changes', async () => {
    server.createOneByOne(150);
    server.create(260);
    server.createOneByOne(90);
    changeWhileRead(6, 30);
    const pages = await readPages(source());
    server.afterList = () => {};
    for (let last = 0; last < pages.length; last++) {
      const seen = pages
        .slice(0, last + 1)
        .flatMap(page => page.tickets.map(t => t.externalId));
      const { cursor } = pages[last];
      const rest = await readTickets(source(), { cursor });
      const all = new Set([...seen, ...rest.map(t => t.externalId)]);
      expect([...all].sort()).toEqual(idsOfServer());
    }
  });

  it.each([7, 8, 9])(
    'names all that exists although it changes, and issues vanish (%i)',
    async seed => {
      server.createOneByOne(150);
      server.create(230);
      server.createOneByOne(50);
      const random = randomNumbers(seed);
      changeWhileRead(seed, 20);
      const touch = server.afterList;
      let vanishing = 5;
      server.afterList = () => {
        touch();
        const numbers = [...server.issues.keys()];
        if (vanishing-- > 0) server.remove(numbers[random(numbers.length)]);
      };
      const existing = await readExisting(source());
      // May name what has just vanished, must not leave out what is there.
      expect(existing).toEqual(expect.arrayContaining(idsOfServer()));
    },
  );

  it('asks for little more than there are pages', async () => {
    server.createOneByOne(1000);
    const pages = await readPages(source());
    expect(server.upstream.received).toHaveLength(11);
    expect(pages.map(page => page.tickets.length)).toEqual([
      100, 98, 98, 98, 98, 98, 98, 98, 98, 98, 18,
    ]);
  });

  it('gives each page another cursor, also where one instant fills pages', async () => {
    server.create(450);
    const pages = await readPages(source());
    const cursors = pages.map(page => page.cursor);
    expect(new Set(cursors).size).toBe(cursors.length);
    expect(pages.flatMap(page => page.tickets)).toHaveLength(450);
  });

  it('does not skip from an issue that changed while its page was put together', async () => {
    const at = (minute: number) => Date.UTC(2026, 0, 1, 0, minute);
    const first = Array.from({ length: 100 }, (_, i) => issueJson(i, at(i)));
    // At its old place, with the instant of its change.
    first[99] = issueJson(99, at(5000));
    const rest = [issueJson(100, at(100)), issueJson(99, at(5000))];
    server.upstream.next(json(first, { headers: { link: '<x>; rel="next"' } }));
    server.upstream.next(json([...first.slice(98), ...rest]));
    const tickets = await readTickets(source());
    expect(server.upstream.received[1].url.searchParams.get('since')).toBe(
      githubInstant(at(98)),
    );
    expect(tickets.map(t => t.externalId)).toContain('acme/payments:1100');
  });

  it('takes from a link nothing but its query', async () => {
    server.create(100);
    const issues = [...server.issues.values()];
    const link =
      '<https://evil.example/repositories/1/issues?per_page=100&after=Y3Vyc29y&page=2>; rel="next"';
    server.upstream.next(
      json(issues, { headers: { link } }),
      json(issues, { headers: { link } }),
      json([issueJson(101, Date.UTC(2026, 1, 1))]),
      json(issues, { headers: { link } }),
      json([issueJson(101, Date.UTC(2026, 1, 1))]),
    );
    const tickets = await readTickets(source());
    expect(tickets).toHaveLength(101);
    expect(server.upstream.received[2].url.href).toBe(
      `${server.apiBaseUrl}/repos/acme/payments/issues?per_page=100&after=Y3Vyc29y&page=2`,
    );
  });

  it('fails where pages repeat themselves', async () => {
    server.create(100);
    server.upstream.always(
      json([...server.issues.values()], {
        headers: { link: '<x?page=2>; rel="next"' },
      }),
    );
    await expect(readPages(source())).rejects.toMatchObject({
      kind: 'invalid-response',
      message: expect.stringContaining('repeat themselves'),
    });
  });

  it.each(['changes', 'reconcile'] as const)(
    'fails where a page that was promised is empty, in %s',
    async reading => {
      server.createOneByOne(150);
      server.afterList = () => server.upstream.always(json([]));
      const read = reading === 'changes' ? readTickets : readExisting;
      await expect(read(source())).rejects.toThrow(
        'a page of issues that there must be is empty',
      );
    },
  );

  it('fails where the server does not heed since', async () => {
    const old = issueJson(1, Date.UTC(2020, 0, 1));
    server.upstream.always(json([old]));
    const cursor = (await readPages(source())).at(-1)!.cursor;
    const later = cursor.replace('2020-01-01', '2026-01-01');
    await expect(readPages(source(), { cursor: later })).rejects.toMatchObject({
      kind: 'invalid-response',
      message: expect.stringContaining('2020-01-01T00:00:00Z'),
    });
  });
});
