import {
  Behaviour,
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';

const SECOND = 1000;

/** An issue as GitHub writes it, as far as we look at it. */
export interface IssueJson {
  id: number;
  number: number;
  title: string;
  state: 'open' | 'closed';
  html_url: string;
  repository_url: string;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  labels: { name: string }[];
  assignee: { login: string } | null;
  type?: { name: string } | null;
  body?: string | null;
  user?: { login: string } | null;
}

/** The answer to an issue being updated at an instant. */
export function issueJson(
  number: number,
  updatedAt: number,
  rest: Partial<IssueJson> = {},
): IssueJson {
  return {
    id: 1000 + number,
    number,
    title: `Issue ${number}`,
    state: 'open',
    html_url: `https://github.com/acme/payments/issues/${number}`,
    repository_url: 'https://api.github.com/repos/acme/payments',
    created_at: '2020-01-01T00:00:00Z',
    updated_at: githubInstant(updatedAt),
    closed_at: null,
    labels: [],
    assignee: null,
    ...rest,
  };
}

/** GitHub writes whole seconds. */
export function githubInstant(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * The issues of one repository, listed as GitHub documents it: by update, at or
 * after `since`, by pages that are counted. They change while they are read.
 */
export class IssueServer {
  static async start(): Promise<IssueServer> {
    return new IssueServer(await MisbehavingUpstream.start());
  }

  readonly issues = new Map<number, IssueJson>();
  /** What happens right after a list was answered. */
  afterList: () => void = () => {};
  private clock = Date.parse('2026-01-01T00:00:00Z');

  private constructor(readonly upstream: MisbehavingUpstream) {
    upstream.always((request, response) => this.list(request, response));
  }

  get apiBaseUrl(): string {
    return this.upstream.url('').replace(/\/$/, '');
  }

  /** Creates issues, all at the same second. */
  create(count: number): IssueJson[] {
    this.clock += SECOND;
    return Array.from({ length: count }, () => {
      const issue = issueJson(this.issues.size + 1, this.clock);
      this.issues.set(issue.number, issue);
      return issue;
    });
  }

  /** Lets a second pass between each. */
  createOneByOne(count: number): IssueJson[] {
    return Array.from({ length: count }, () => this.create(1)[0]);
  }

  /** Changes an issue, an hour later. */
  touch(number: number): void {
    this.clock += 3600 * SECOND;
    const issue = this.issues.get(number);
    if (!issue) throw new Error(`No issue ${number}`);
    this.issues.set(number, {
      ...issue,
      title: `${issue.title}, changed`,
      updated_at: githubInstant(this.clock),
    });
  }

  remove(number: number): void {
    if (!this.issues.delete(number)) throw new Error(`No issue ${number}`);
  }

  private readonly list: Behaviour = async (request, response) => {
    const { searchParams } = request.url;
    const since = searchParams.get('since') ?? '';
    const perPage = Number(searchParams.get('per_page') ?? 30);
    const page = Number(searchParams.get('page') ?? 1);
    const found = [...this.issues.values()]
      .filter(issue => issue.updated_at >= since)
      .sort(
        (a, b) =>
          a.updated_at.localeCompare(b.updated_at) || a.number - b.number,
      );
    const next = new URL(request.url);
    next.searchParams.set('page', String(page + 1));
    await behaviours.json(found.slice((page - 1) * perPage, page * perPage), {
      headers:
        found.length > page * perPage
          ? { link: `<${next}>; rel="next", <${next}>; rel="last"` }
          : {},
    })(request, response);
    this.afterList();
  };
}
