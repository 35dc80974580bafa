import { UpdateWalk } from './UpdateWalk';

const START = Date.UTC(2026, 0, 1);
const PER_PAGE = 10;

interface Issue {
  id: number;
  updatedAt: string;
}

interface Next {
  page: number;
}

interface Listing {
  issues: Issue[];
  next: Next | undefined;
}

interface Row {
  id: number;
  updatedAt: number;
}

/** A list of issues that turns pages by number, and changes between them. */
class ChangingList {
  readonly rows: Row[];
  asked = 0;

  constructor(
    rows: Row[],
    private readonly beforeAnswer: (list: ChangingList) => void = () => {},
  ) {
    this.rows = rows;
  }

  static of(
    count: number,
    everyMs: number,
    change?: (l: ChangingList) => void,
  ) {
    const rows = Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      updatedAt: START + index * everyMs,
    }));
    return new ChangingList(rows, change);
  }

  touch(id: number) {
    const last = Math.max(...this.rows.map(row => row.updatedAt));
    this.rows.find(row => row.id === id)!.updatedAt = last + 1000;
  }

  list = async ({
    since,
    next,
  }: {
    since?: string;
    next?: Next;
  }): Promise<Listing> => {
    this.asked += 1;
    if (this.asked > 500) throw new Error('The walk has no end');
    this.beforeAnswer(this);
    const page = Number(next?.page ?? 1);
    const rows = this.rows
      .filter(row => since === undefined || row.updatedAt >= Date.parse(since))
      .sort((a, b) => a.updatedAt - b.updatedAt || a.id - b.id);
    const end = page * PER_PAGE;
    return {
      issues: rows.slice(end - PER_PAGE, end).map(issueOf),
      next: end < rows.length ? { page: page + 1 } : undefined,
    };
  };
}

function issueOf({ id, updatedAt }: Row): Issue {
  return { id, updatedAt: new Date(updatedAt).toISOString() };
}

async function walked(
  list: IssueListing,
  start?: string,
): Promise<{ ids: number[]; positions: (string | undefined)[] }> {
  const walk = UpdateWalk.create<Issue, Next, Listing>({
    sourceId: 'gitlab:gitlab.com',
    title: 'acme/payments',
    updatedAtOf: issue => issue.updatedAt,
    list,
  });
  const ids: number[] = [];
  const positions: (string | undefined)[] = [];
  for await (const page of walk.pages(start)) {
    ids.push(...page.issues.map(({ id }) => id));
    positions.push(page.position);
  }
  return { ids, positions };
}

type IssueListing = (from: { since?: string; next?: Next }) => Promise<Listing>;

const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1);

describe('UpdateWalk', () => {
  it('gives each issue once', async () => {
    for (const count of [0, 1, 9, 10, 11, 57]) {
      const { ids } = await walked(ChangingList.of(count, 1000).list);
      expect(ids).toEqual(upTo(count));
    }
  });

  it('starts where it is told', async () => {
    const start = new Date(START + 30_000).toISOString();
    const { ids } = await walked(ChangingList.of(57, 1000).list, start);
    expect(ids).toEqual(upTo(57).slice(30));
  });

  it('misses nothing that moves up while it reads', async () => {
    let touched = 0;
    // Each time the first one of the list goes to its end.
    const list = ChangingList.of(57, 1000, changing => {
      if (touched < 20) changing.touch((touched += 1));
    });
    const { ids } = await walked(list.list);
    expect([...new Set(ids)].sort((a, b) => a - b)).toEqual(upTo(57));
  });

  it('misses none of many issues of one instant, while they change', async () => {
    let touched = 0;
    const rows = [
      ...upTo(45).map(id => ({ id, updatedAt: START })),
      ...upTo(15).map(n => ({ id: 45 + n, updatedAt: START + n * 1000 })),
    ];
    const list = new ChangingList(rows, changing => {
      if (changing.asked % 2 === 0 && touched < 5) {
        changing.touch((touched += 1));
      }
    });
    const { ids } = await walked(list.list);
    expect([...new Set(ids)].sort((a, b) => a - b)).toEqual(upTo(60));
  });

  it('has no position that passes over what is still to come', async () => {
    const list = ChangingList.of(57, 1000);
    const { positions } = await walked(list.list);
    for (const position of positions.slice(0, -1)) {
      const { ids } = await walked(ChangingList.of(57, 1000).list, position);
      expect(ids.at(-1)).toBe(57);
    }
    expect(positions.at(-1)).toBe(new Date(START + 55_000).toISOString());
  });

  it('is not led behind by an issue that changes within its page', async () => {
    const honest = ChangingList.of(25, 1000);
    const { positions } = await walked(async from => {
      const list = await honest.list(from);
      if (from.since !== undefined) return list;
      // The last one of the page shows an update that moves it to the end.
      const issues = list.issues.map(issue =>
        issue.id === PER_PAGE
          ? { ...issue, updatedAt: new Date(START + 60_000).toISOString() }
          : issue,
      );
      return { ...list, issues };
    });
    expect(positions[0]).toBe(new Date(START + 8_000).toISOString());
  });

  it.each<[string, IssueListing, string]>([
    [
      'pages that repeat themselves',
      async () => ({
        ...(await ChangingList.of(10, 0).list({})),
        next: { page: 2 },
      }),
      'repeat themselves',
    ],
    [
      'issues from before what was asked for',
      async () => ({
        ...(await ChangingList.of(10, 1000).list({})),
        next: { page: 2 },
      }),
      'names one of',
    ],
    [
      'an empty page that was announced',
      async from =>
        from.since === undefined
          ? ChangingList.of(25, 1000).list({})
          : ChangingList.of(0, 1000).list({}),
      'a page of issues that there must be is empty',
    ],
  ])('does not believe %s', async (_, list, message) => {
    const start =
      message === 'names one of'
        ? new Date(START + 60_000).toISOString()
        : undefined;
    await expect(walked(list, start)).rejects.toMatchObject({
      kind: 'invalid-response',
      message: expect.stringContaining(message),
    });
  });
});
