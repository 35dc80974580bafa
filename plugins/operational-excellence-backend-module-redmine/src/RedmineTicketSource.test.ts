import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  ServiceDescriptor,
  Ticket,
  TicketMatcher,
} from 'backstage-plugin-operational-excellence-node';
import {
  behaviours,
  MisbehavingUpstream,
  passOn,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { RedmineServer } from 'upstream-servers';
import {
  API_KEY,
  createSource,
  createSources,
  readExisting,
  readPages,
  readTickets,
  verify,
} from './__testUtils__';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function belongs(ticket: Ticket, matchers: TicketMatcher[]): boolean {
  return matchers.some(
    ({ container, allOf = [] }) =>
      container === ticket.container &&
      allOf.every(facet => ticket.facets.includes(facet)),
  );
}

describe('RedmineTicketSource', () => {
  let now: number;
  let server: RedmineServer;
  beforeEach(async () => {
    now = Date.now();
    server = await RedmineServer.start({ now: () => now });
    server.store.addProject({ identifier: 'payments', name: 'Payments' });
    server.store.addProject({ identifier: 'checkout', name: 'Checkout' });
    server.store.addUser({ login: 'backstage', apiKey: API_KEY });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await server.close();
  });

  const source = (
    entry: JsonObject = {},
    logger?: Parameters<typeof createSource>[1],
  ) => createSource({ baseUrl: server.url, ...entry }, logger);
  const service = (
    annotation?: string,
    entityRef = 'component:default/pay',
  ): ServiceDescriptor => ({
    entityRef,
    title: 'Pay',
    annotations:
      annotation === undefined ? {} : { 'redmine.org/project': annotation },
  });
  const add = (project = 'payments', more: object = {}) =>
    server.store.addIssue({ project, subject: 'Issue', ...more }).id;
  const numbersOf = (pages: { tickets: Ticket[] }[]) => [
    ...new Set(
      pages.flatMap(page => page.tickets.map(t => Number(t.externalId))),
    ),
  ];
  /** Lets time pass, for Redmine and for us. */
  function pass(ms: number) {
    now += ms;
    jest.useFakeTimers({
      now: Date.now() + ms,
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'setInterval',
        'clearTimeout',
        'clearInterval',
        'clearImmediate',
        'performance',
        'queueMicrotask',
        'hrtime',
      ],
    });
  }
  const lastCursor = (pages: { cursor: string }[]) => pages.at(-1)!.cursor;

  describe('reading', () => {
    it('takes 202 requests for the first 20,000 issues, and a few for each later run', async () => {
      server.store.generateIssues({
        count: 20_000,
        firstAt: now - 30_000 * MINUTE,
        everyMs: MINUTE,
      });
      const subject = source();
      await verify(subject);
      const pages = await readPages(subject, {
        containers: ['payments', 'checkout'],
      });
      expect(server.requestCount).toBeLessThanOrEqual(20_000 / 100 + 2);
      expect(pages).toHaveLength(200);
      const ids = pages.flatMap(page => page.tickets.map(t => t.externalId));
      expect(new Set(ids).size).toBe(20_000);

      pass(10 * MINUTE);
      server.store.changeIssue(77, { trackerId: 1 });
      const before = server.requestCount;
      const later = await readPages(subject, { cursor: lastCursor(pages) });
      expect(numbersOf(later)).toEqual([77]);
      expect(server.requestCount - before).toBe(2);
    }, 30_000);

    it('reads more than a thousand issues that were changed at one instant, each once', async () => {
      server.store.generateIssues({
        count: 1500,
        firstAt: now - 24 * HOUR,
        everyMs: 1,
      });
      const first = await readPages(source());
      pass(10 * MINUTE);
      for (let id = 1; id <= 1200; id++) {
        server.store.changeIssue(id, { priorityId: 3 });
      }
      const pages = await readPages(source(), { cursor: lastCursor(first) });
      const ids = pages.flatMap(page => page.tickets.map(t => t.externalId));
      expect(ids).toHaveLength(1200);
      expect(new Set(ids).size).toBe(1200);
      expect(pages).toHaveLength(12);

      // They are not read for ever, though nothing newer comes.
      pass(2 * HOUR);
      const quiet = await readPages(source(), { cursor: lastCursor(pages) });
      pass(2 * HOUR);
      const before = server.requestCount;
      await readPages(source(), { cursor: lastCursor(quiet) });
      expect(server.requestCount - before).toBe(3);
    }, 30_000);

    it('misses nothing where a proxy is ahead of the clock of Redmine', async () => {
      const id = add();
      pass(10 * MINUTE);
      const upstream = await MisbehavingUpstream.start();
      try {
        upstream.always(
          passOn(server.url, answer => ({
            ...answer,
            headers: {
              ...answer.headers,
              date: new Date(now + 50 * MINUTE).toUTCString(),
            },
          })),
        );
        const behind = source({ baseUrl: upstream.url() });
        const { cursor } = (await readPages(behind)).at(-1)!;
        pass(MINUTE);
        server.store.closeIssue(id);
        pass(10 * MINUTE);
        const tickets = await readTickets(behind, { cursor });
        expect(tickets.get(id)?.state).toBe('done');
      } finally {
        await upstream.close();
      }
    });

    it('misses nothing that changes while it reads', async () => {
      for (let id = 1; id <= 450; id++) add();
      pass(HOUR);
      let page = 0;
      const tickets = new Map<string, Ticket>();
      const note = (given: { tickets: Ticket[] }) =>
        given.tickets.forEach(ticket => tickets.set(ticket.externalId, ticket));
      const pages = await readPages(source(), {
        onPage: given => {
          note(given);
          page += 1;
          // Behind the position, ahead of it, and what moves everything up.
          server.store.closeIssue(page);
          if (page <= 4) {
            server.store.closeIssue(451 - page);
            server.store.deleteIssue(50 + page);
            add();
          }
        },
      });
      pass(10 * MINUTE);
      (await readPages(source(), { cursor: lastCursor(pages) })).forEach(note);
      const { issues } = server.store.issues.select(
        { matches: () => true, name: 'all', compare: 'id' },
        { offset: 0, limit: 1000 },
      );
      for (const issue of issues) {
        expect([issue.id, tickets.get(String(issue.id))?.state]).toEqual([
          issue.id,
          server.store.isClosed(issue) ? 'done' : 'open',
        ]);
      }
      expect(issues).toHaveLength(450);
    });

    it('goes on with a walk that was cut off long ago, and reads what changed since', async () => {
      for (let id = 1; id <= 250; id++) add();
      pass(3 * HOUR);
      const [first] = await readPages(source());
      pass(24 * HOUR);
      server.store.closeIssue(5);
      const rest = await readTickets(source(), { cursor: first.cursor });
      expect(rest.size).toBe(151);
      expect(rest.get(5)?.state).toBe('done');
    });

    it('asks a Redmine before 5.0 for its statuses, once', async () => {
      await server.close();
      server = await RedmineServer.start({ statusTellsClosed: false });
      server.store.addProject({ identifier: 'payments' });
      server.store.addUser({ login: 'backstage', apiKey: API_KEY });
      const ids = [add(), add(), add()];
      server.store.closeIssue(ids[0]);
      server.store.closeIssue(ids[1]);
      server.store.reopenIssue(ids[1]);
      const tickets = await readTickets(source());
      expect(ids.map(id => tickets.get(id)?.state)).toEqual([
        'done',
        'open',
        'open',
      ]);
      expect(tickets.get(ids[1])?.closedAt).toBeNull();
      expect(
        server.requests.filter(({ path }) => path === '/issue_statuses.json'),
      ).toHaveLength(1);
    });

    it('finds what changed after the clock of Redmine was set back', async () => {
      const id = add();
      const { cursor } = (await readPages(source())).at(-1)!;
      pass(10 * MINUTE);
      now -= 3 * HOUR;
      server.store.closeIssue(id);
      const tickets = await readTickets(source(), { cursor });
      expect(tickets.get(id)?.state).toBe('done');
    });

    it('reads everything anew when the rules changed', async () => {
      const id = add('payments', { trackerId: 2 });
      const { cursor } = (await readPages(source())).at(-1)!;
      pass(HOUR);
      expect((await readTickets(source(), { cursor })).size).toBe(1);
      const changed = source({ improvement: { trackers: ['Feature'] } });
      const tickets = await readTickets(changed, { cursor });
      expect(tickets.get(id)?.improvement).toBe(true);
    });

    it.each(['', 'null', '{"rules":', '{"since":"yesterday"}'])(
      'starts at the beginning where %p is no cursor',
      async cursor => {
        add();
        expect((await readTickets(source(), { cursor })).size).toBe(1);
      },
    );

    it('reads private issues as the user sees them', async () => {
      add('payments', { isPrivate: true });
      expect((await readTickets(source())).size).toBe(1);
      server.store.users[0].seesPrivateIssues = false;
      server.store.users[0].id = 99;
      expect((await readTickets(source())).size).toBe(0);
    });
  });

  describe('projects', () => {
    it('that the user did not see before are read from their beginning', async () => {
      server.store.setMemberships('backstage', ['payments']);
      add('payments');
      const hidden = add('checkout');
      const first = await readPages(source());
      expect(first.flatMap(page => page.tickets)).toHaveLength(1);
      pass(24 * HOUR);
      const { cursor } = (
        await readPages(source(), { cursor: lastCursor(first) })
      ).at(-1)!;
      server.store.setMemberships('backstage', ['payments', 'checkout']);
      pass(24 * HOUR);
      const tickets = await readTickets(source(), { cursor });
      expect([...tickets.keys()]).toContain(hidden);
    });

    it('that are many at once are read by reading everything', async () => {
      add('payments');
      const first = await readPages(source());
      for (let n = 0; n < 30; n++) {
        server.store.addProject({ identifier: `p-${n}` });
        server.store.addIssue({ project: `p-${n}`, subject: 'Issue' });
      }
      pass(HOUR);
      const before = server.requestCount;
      const subject = source();
      const tickets = await readTickets(subject, { cursor: lastCursor(first) });
      expect(tickets.size).toBe(31);
      expect(server.requestCount - before).toBe(3);
    });

    it('that do not exist are told, with the one that was meant', async () => {
      add('payments');
      const pages = await readPages(source(), {
        containers: ['paymets', 'payments', 'entity:*'],
      });
      expect(pages.flatMap(page => page.missing ?? [])).toEqual([
        {
          container: 'paymets',
          message:
            'There is no project paymets, or the user of the API key does not see it',
          suggestion: 'payments',
        },
      ]);
      const [, other] = createSources([
        { baseUrl: server.url },
        { id: 'labs', baseUrl: server.url },
      ]);
      const named = await readPages(other, { containers: ['chekout', 'zzz'] });
      expect(
        named.flatMap(page => page.missing ?? []).map(m => m.suggestion),
      ).toEqual(['labs/checkout', undefined]);
    });

    it('that are closed show their issues still', async () => {
      const id = add('checkout');
      server.store.changeProject('checkout', { status: 'closed' });
      const pages = await readPages(source(), { containers: ['checkout'] });
      expect(pages.flatMap(page => page.tickets)).toMatchObject([
        { externalId: String(id), container: 'checkout' },
      ]);
      expect(pages.flatMap(page => page.missing ?? [])).toEqual([]);
    });

    it('that are archived are no longer there', async () => {
      add('checkout');
      server.store.changeProject('checkout', { status: 'archived' });
      const pages = await readPages(source(), { containers: ['checkout'] });
      expect(pages.flatMap(page => page.tickets)).toEqual([]);
      expect(pages.at(-1)!.missing).toMatchObject([{ container: 'checkout' }]);
    });

    it('that hide their issues are told, instead of being taken for empty', async () => {
      add('payments');
      add('checkout');
      server.store.changeProject('checkout', { tracksIssues: false });
      const pages = await readPages(source(), {
        containers: ['checkout', 'payments'],
      });
      expect(pages.at(-1)!.missing).toEqual([
        {
          container: 'checkout',
          message: expect.stringContaining('shows no issues'),
        },
      ]);
    });

    it('can be limited to some', async () => {
      server.store.addProject({ identifier: 'ui', parentId: 1 });
      const inside = add('payments');
      add('checkout');
      add('ui');
      const limited = () => source({ projects: ['payments', 'gone'] });
      const first = await readPages(limited(), {
        containers: ['payments', 'checkout'],
      });
      expect(numbersOf(first)).toEqual([inside]);
      expect(first.at(-1)!.missing).toEqual([
        {
          container: 'checkout',
          message:
            'The project checkout is not read: add it to operationalExcellence.sources.redmine[0].projects',
        },
      ]);
      expect(await readExisting(limited())).toEqual([String(inside)]);

      pass(10 * MINUTE);
      server.store.moveIssue(inside, 'checkout');
      const created = add('payments');
      const later = await readPages(limited(), { cursor: lastCursor(first) });
      expect(later.flatMap(page => page.removed ?? [])).toContain(
        String(inside),
      );
      expect(numbersOf(later)).toEqual([created]);
    });

    it('are suggested by the name of a service', async () => {
      const subject = source();
      const like = (name: string, title = name) => ({
        entityRef: `component:default/${name}`,
        title,
        annotations: {},
      });
      expect(subject.suggestionsFor(like('payments'))).toEqual([]);
      await verify(subject);
      const suggestion = {
        annotation: 'redmine.org/project',
        value: 'payments',
      };
      expect(subject.suggestionsFor(like('payments'))).toEqual([suggestion]);
      expect(subject.suggestionsFor(like('pay', 'Payments'))).toEqual([
        suggestion,
      ]);
      expect(subject.suggestionsFor(like('other'))).toEqual([]);
    });
  });

  describe('services', () => {
    it('are named by the project or the custom field of an issue, which counts once', async () => {
      const { id: field } = server.store.addCustomField({ name: 'Service' });
      const naming = (ref: string) => ({ customFields: { [field]: ref } });
      const plain = add('payments');
      const both = add('payments', naming('component:default/pay'));
      const elsewhere = add('checkout', naming('pay'));
      const other = add('payments', naming('component:default/other'));
      const subject = source({ entityField: 'Service' });
      const tickets = await readTickets(subject);
      const of = (...args: Parameters<typeof service>) => {
        const matchers = subject
          .scopesFor(service(...args))
          .map(({ matcher }) => matcher);
        return [...tickets]
          .filter(([, ticket]) => belongs(ticket, matchers))
          .map(([id]) => id);
      };
      expect(of('payments')).toEqual([plain, both, elsewhere, other]);
      expect(of('payments', 'component:default/third')).toEqual([
        plain,
        both,
        other,
      ]);
      expect(of()).toEqual([both, elsewhere]);
      expect(of(undefined, 'component:default/other')).toEqual([other]);
      expect(
        subject.scopesFor(service()).map(({ implicit }) => implicit),
      ).toEqual([true]);
      expect(source().scopesFor(service())).toEqual([]);
    });

    it('are looked for in vain where no issue has the field, which is said once', async () => {
      const logger = mockServices.logger.mock();
      add();
      const subject = source({ entityField: 'Servce' }, logger);
      await readPages(subject);
      await readPages(subject);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('has the custom field Servce'),
      );
    });

    it('can be spread over several instances side by side', async () => {
      const other = await RedmineServer.start();
      try {
        other.store.addProject({ identifier: 'payments' });
        other.store.addUser({ login: 'portal', apiKey: 'another-key' });
        other.store.addIssue({ project: 'payments', subject: 'In labs' });
        add('payments', { subject: 'In acme' });
        const sources = createSources([
          { id: 'acme', baseUrl: server.url },
          { id: 'labs', baseUrl: other.url, apiKey: 'another-key' },
        ]);
        expect(sources.map(({ id }) => id)).toEqual([
          'redmine:acme',
          'redmine:labs',
        ]);
        const titles = await Promise.all(
          sources.map(async subject => {
            await verify(subject);
            return [...(await readTickets(subject)).values()].map(
              ({ title }) => title,
            );
          }),
        );
        expect(titles).toEqual([['In acme'], ['In labs']]);
        const both = service('payments, labs/payments');
        expect(
          sources.map(subject =>
            subject.scopesFor(both).map(({ matcher }) => matcher.container),
          ),
        ).toEqual([['payments'], ['payments']]);
      } finally {
        await other.close();
      }
    });
  });

  describe('credentials', () => {
    const wrong = { apiKey: 'wrong' };

    it('that are wrong are refused, though Redmine answers with an empty list', async () => {
      add();
      await expect(verify(source(wrong))).rejects.toMatchObject({
        kind: 'unauthorized',
        message:
          'redmine:acme: GET /users/current.json answered 401: Redmine refuses the API key: check operationalExcellence.sources.redmine[0].apiKey; it may be wrong or reset, or its user locked (Unauthorized)',
      });
      await expect(readPages(source(wrong))).rejects.toMatchObject({
        kind: 'unauthorized',
      });
      await expect(readExisting(source(wrong))).rejects.toMatchObject({
        kind: 'unauthorized',
      });
    });

    it('are of no use where the API is switched off', async () => {
      server.restEnabled = false;
      await expect(verify(source())).rejects.toThrow(
        'an administrator has to switch on "Enable REST web service"',
      );
    });

    it('are of no use where the user sees no project', async () => {
      server.store.setMemberships('backstage', []);
      await expect(verify(source())).rejects.toMatchObject({
        kind: 'forbidden',
        detail: expect.stringContaining('sees no project'),
      });
    });

    it('that are revoked while issues are read end the run', async () => {
      server.store.changeProject('checkout', { isPublic: true });
      for (let id = 1; id <= 300; id++) add(id % 2 ? 'payments' : 'checkout');
      const subject = source();
      await verify(subject);
      const pages: unknown[] = [];
      await expect(
        readPages(subject, {
          onPage: page => {
            pages.push(page);
            server.store.users[0].apiKey = 'another';
          },
        }),
      ).rejects.toMatchObject({ kind: 'unauthorized' });
      expect(pages).toHaveLength(1);
    });

    it('go to no other address than the configured one', async () => {
      const upstream = await MisbehavingUpstream.start();
      try {
        upstream.always(
          behaviours.redirect(`${server.url}/users/current.json`),
        );
        await expect(
          verify(source({ baseUrl: upstream.url('/redmine/') })),
        ).rejects.toMatchObject({ kind: 'invalid-response' });
        expect(upstream.received[0].url.pathname).toBe(
          '/redmine/users/current.json',
        );
        expect(upstream.received[0].headers['x-redmine-api-key']).toBe(API_KEY);
        expect(server.requestCount).toBe(0);
      } finally {
        await upstream.close();
      }
    });
  });

  describe('answers that cannot be right', () => {
    let upstream: MisbehavingUpstream;
    beforeEach(async () => {
      upstream = await MisbehavingUpstream.start();
      for (let id = 1; id <= 250; id++) add();
    });
    afterEach(() => upstream.close());

    /** What the server answers, changed on its way. */
    function distorted(
      change: (list: {
        page: number;
        issues: { id: number }[];
        total_count: number;
      }) => object,
    ) {
      let page = 0;
      upstream.always(
        passOn(server.url, (answer, { url }) => {
          if (url.pathname !== '/issues.json') return answer;
          page += 1;
          const list = JSON.parse(answer.body);
          const body = JSON.stringify({
            ...list,
            ...change({ ...list, page }),
          });
          return { ...answer, body };
        }),
      );
      return source({ baseUrl: upstream.url() });
    }

    it('are refused: a page that comes twice', async () => {
      let first: { id: number }[] = [];
      const subject = distorted(({ page, issues }) => {
        if (page === 1) first = issues;
        return { issues: page === 2 ? first : issues };
      });
      await expect(readPages(subject)).rejects.toMatchObject({
        kind: 'invalid-response',
        detail: expect.stringContaining(
          'asked for issues from #101 on, by ascending id, it names #1',
        ),
      });
    });

    it('are refused: fewer issues than it counts', async () => {
      const subject = distorted(({ page, issues }) => ({
        issues: page >= 2 ? issues.slice(0, 40) : issues,
      }));
      await expect(readPages(subject)).rejects.toMatchObject({
        kind: 'invalid-response',
        detail: 'it counts 150 issues and names 40, with 100 to a page',
      });
    });

    it('are asked for again: a page left out, once', async () => {
      const subject = distorted(({ page, issues, total_count }) =>
        page === 2
          ? { issues: issues.slice(50), total_count: total_count - 100 }
          : { issues },
      );
      expect((await readTickets(subject)).size).toBe(250);
    });

    it('are refused: an issue without an instant', async () => {
      const subject = distorted(({ issues }) => ({
        issues: issues.map(issue => ({ ...issue, updated_on: 'yesterday' })),
      }));
      await expect(readPages(subject)).rejects.toMatchObject({
        kind: 'invalid-response',
      });
    });

    it('are read to their end: a count that is too low', async () => {
      const subject = distorted(() => ({ total_count: 3 }));
      expect((await readTickets(subject)).size).toBe(250);
    });
  });
});
