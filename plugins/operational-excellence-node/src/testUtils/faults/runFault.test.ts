import { behaviours, MisbehavingUpstream, ReceivedRequest } from '../upstream';
import { FAULTS } from './faults';
import { FaultSubject } from './FaultSubject';
import { runFault } from './runFault';
import { UpstreamProtocol } from './UpstreamProtocol';

const PAGE_SIZE = 2;
/** Long enough for a busy machine to look before it is over. */
const TOLERANCE_MS = 1_000;

interface Item {
  id: number;
  open: boolean;
}

const protocol: UpstreamProtocol = {
  isList: ({ url }) => url.pathname === '/items',
  promisesMore: ({ body }) => JSON.parse(body).more,
  rowsOf: body => (body as { items: Record<string, unknown>[] }).items,
  withRows: (answer, items) => ({
    ...answer,
    body: JSON.stringify({
      items,
      more: items.length > 0 && JSON.parse(answer.body).more,
    }),
  }),
  instants: [],
  badKey: behaviours.json({}, { status: 401 }),
};

/** What a portal makes of items that it read, and when. */
type Believes = (
  before: Item[] | undefined,
  read: Item[] | 'failed',
) => Item[] | undefined;

/** A portal of a few lines, as careful or as careless as a test wants it. */
class TinyPortal {
  readonly items: Item[] = [];
  #stored: Item[] | undefined;
  #checkedAt: number | null = null;

  static async start(believes: Believes, toleranceMs = TOLERANCE_MS) {
    const portal = new TinyPortal(
      believes,
      toleranceMs,
      await MisbehavingUpstream.start(),
      await MisbehavingUpstream.start(),
    );
    for (let index = 0; index < 5; index++) portal.#add();
    portal.server.always((request, response) =>
      portal.#page(request, response),
    );
    return portal;
  }

  private constructor(
    private readonly believes: Believes,
    private readonly toleranceMs: number,
    private readonly server: MisbehavingUpstream,
    private readonly upstream: MisbehavingUpstream,
  ) {}

  async close() {
    await this.server.close();
    await this.upstream.close();
  }

  subject(): FaultSubject {
    return {
      upstream: this.upstream,
      serverUrl: this.server.url(),
      protocol,
      toleranceMs: TOLERANCE_MS,
      begin: () => this.#sync(),
      sync: () => this.#sync(),
      read: async () => {
        const isFresh =
          this.#checkedAt !== null &&
          this.#checkedAt + this.toleranceMs > Date.now();
        const stored = this.#stored ?? [];
        return {
          figures: isFresh ? countOf(stored) : 'unknown',
          checkedAt: this.#checkedAt,
          rows: stored.map(({ id }) => String(id)),
        };
      },
      truth: () => ({
        figures: countOf(this.items),
        rows: this.items.map(({ id }) => String(id)),
      }),
      change: async onStep => {
        this.#add();
        onStep();
        this.#add();
        onStep();
        this.items.find(({ open }) => open)!.open = false;
        onStep();
      },
      changeOne: async () => this.#add(),
    };
  }

  #add() {
    this.items.push({ id: this.items.length, open: true });
  }

  #page({ url }: ReceivedRequest, response: Parameters<typeof respond>[1]) {
    const from = Number(url.searchParams.get('from') ?? 0);
    const items = this.items.slice(from, from + PAGE_SIZE);
    respond({ items, more: from + PAGE_SIZE < this.items.length }, response);
  }

  async #sync() {
    const read = await this.#read().catch(() => 'failed' as const);
    const believed = this.believes(this.#stored, read);
    if (!believed) return;
    this.#stored = believed;
    this.#checkedAt = Date.now();
  }

  async #read(): Promise<Item[]> {
    const items: Item[] = [];
    for (;;) {
      const response = await fetch(
        this.upstream.url(`/items?from=${items.length}`),
      );
      if (!response.ok) throw new Error(`It answered ${response.status}`);
      const page = (await response.json()) as { items: Item[]; more: boolean };
      items.push(...page.items);
      if (!page.more) return items;
    }
  }
}

function respond(
  body: object,
  response: Parameters<ReturnType<typeof behaviours.json>>[1],
) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function countOf(items: Item[]) {
  return { open: items.filter(({ open }) => open).length };
}

function fault(id: string) {
  return FAULTS.find(known => known.id === id)!;
}

describe('runFault', () => {
  let portal: TinyPortal;
  afterEach(() => portal.close());

  const careful: Believes = (_, read) => (read === 'failed' ? undefined : read);
  const run = (id: string) =>
    runFault(portal.subject(), fault(id), { seed: 1 });

  it('finds nothing wrong with a portal that believes no failure', async () => {
    portal = await TinyPortal.start(careful);
    expect(await run('error-500')).toMatchObject({
      fault: 'error-500',
      truth: 2,
      unknown: 1,
      wrong: [],
      requests: 3,
      runs: 3,
      recoveredAfter: 1,
    });
  });

  it('finds an unreachable upstream that is shown as an empty backlog', async () => {
    portal = await TinyPortal.start((_, read) =>
      read === 'failed' ? [] : read,
    );
    const { wrong } = await run('error-500');
    expect(wrong).toEqual([
      expect.stringMatching(/^shows what is not true: \{"open":0\}/),
      expect.stringMatching(/^has lost what still exists/),
    ]);
  });

  it('finds a failure that passes as a fresh answer', async () => {
    portal = await TinyPortal.start((before, read) =>
      read === 'failed' ? before : read,
    );
    const { wrong } = await run('html');
    expect(wrong).toEqual([
      expect.stringMatching(/^shows what is not true: \{"open":5\}/),
    ]);
  });

  it('finds figures that are believed for ever', async () => {
    portal = await TinyPortal.start(careful, 60_000);
    const { wrong } = await run('truncated-json');
    expect(wrong).toEqual([
      expect.stringMatching(/^is believed for longer than its tolerance/),
    ]);
  });

  it('finds a page that was missing and not missed', async () => {
    portal = await TinyPortal.start(careful);
    const { wrong } = await run('empty-page');
    expect(wrong[0]).toMatch(/^shows what is not true: \{"open":2\}/);
  });

  it('finds a storm of requests', async () => {
    portal = await TinyPortal.start(careful);
    const subject = portal.subject();
    const { wrong, requests, bound } = await runFault(
      {
        ...subject,
        sync: async () => {
          await subject.sync();
          const failed = await fetch(subject.upstream.url('/items'));
          for (let n = 0; !failed.ok && n < 200; n++) {
            await fetch(subject.upstream.url('/items'));
          }
        },
      },
      fault('error-500'),
      { seed: 1 },
    );
    expect(requests).toBeGreaterThan(bound);
    expect(wrong).toEqual([
      expect.stringMatching(/^\d+ requests in 3 runs, more than \d+$/),
    ]);
  });
});
