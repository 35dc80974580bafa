import githubModule from 'backstage-plugin-operational-excellence-backend-module-github';
import {
  behaviours,
  MisbehavingUpstream,
  Row,
  Truth,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import { GithubServer } from 'upstream-servers';
import { FaultyUpstream, FaultyVendor, TOLERANCE } from '../FaultyVendor';
import { backlogTruth } from '../backlogTruth';

const TOKEN = 'ghp_of_the_fault_suite';
const REPOSITORY = 'acme/payments';
const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** What is there at first: two full pages and a half. */
const ISSUES = 250;
/** What changes at a time: more than a page. */
const TOUCHED = 110;

const protocol: UpstreamProtocol = {
  isList: ({ url }) => url.pathname.endsWith('/issues'),
  promisesMore: ({ headers }) =>
    String(headers.link ?? '').includes('rel="next"'),
  rowsOf: body => body as Row[],
  withRows: (answer, rows) => {
    const { etag: _, link, ...headers } = answer.headers;
    return {
      ...answer,
      headers: { ...headers, ...(rows.length > 0 && link && { link }) },
      body: JSON.stringify(rows),
    };
  },
  instants: ['created_at', 'updated_at', 'closed_at'],
  badKey: behaviours.json({ message: 'Bad credentials' }, { status: 401 }),
};

/** A repository with some years of issues, of which the last week's are read again and again. */
function fill(server: GithubServer) {
  server.addRepository(REPOSITORY);
  for (let index = 0; index < ISSUES; index++) {
    const createdAt =
      Math.floor(Date.now() / 1000) * 1000 - (400 - index) * DAY_MS;
    const isClosed = index % 3 === 0;
    server.create(REPOSITORY, {
      title: `Issue ${index}`,
      labels: index % 5 === 0 ? ['improvement'] : ['bug'],
      state: isClosed ? 'closed' : 'open',
      isPullRequest: index % 7 === 3,
      createdAt,
      closedAt: isClosed ? createdAt + DAY_MS : null,
      updatedAt: createdAt + DAY_MS,
    });
  }
}

class GithubRepository {
  #next = 0;

  constructor(private readonly server: GithubServer) {}

  truth(): Truth {
    return backlogTruth(
      this.server
        .issues(REPOSITORY)
        .filter(
          ({ labels, isPullRequest }) =>
            labels.includes('improvement') && !isPullRequest,
        )
        .map(({ number, createdAt, closedAt }) => ({
          key: `${REPOSITORY}#${number}`,
          createdAt,
          closedAt,
        })),
    );
  }

  /**
   * A new improvement, others closed, and many rows that figures do not depend
   * on. GitHub orders by whole seconds, so that one must pass between the steps.
   */
  async change(onStep: () => void): Promise<void> {
    this.#close();
    onStep();
    await sleep(SECOND_MS);
    const bugs = this.server
      .issues(REPOSITORY)
      .filter(({ labels }) => labels.includes('bug'))
      .slice(0, TOUCHED);
    for (const { number } of bugs) {
      this.server.update(REPOSITORY, number, {
        title: `Bug, seen ${Date.now()}`,
      });
    }
    await this.changeOne();
    onStep();
    await sleep(SECOND_MS);
    this.#close();
    onStep();
  }

  async changeOne(): Promise<void> {
    this.server.create(REPOSITORY, {
      title: `Improvement ${(this.#next += 1)}`,
      labels: ['improvement'],
    });
  }

  /** Closes the oldest improvement that is open. */
  #close() {
    const [oldest] = this.server
      .issues(REPOSITORY)
      .filter(
        ({ labels, state, isPullRequest }) =>
          labels.includes('improvement') && state === 'open' && !isPullRequest,
      );
    this.server.update(REPOSITORY, oldest.number, { state: 'closed' });
  }
}

/** The issues of a GitHub repository. */
export const github: FaultyVendor = {
  name: 'github',
  measure: 'backlog',
  lacks: {
    'empty-for-bad-key':
      'GitHub refuses every request with a key that it does not know',
  },
  features: [githubModule],
  async start(names) {
    const servers: GithubServer[] = [];
    const upstreams = new Map<string, FaultyUpstream>();
    for (const name of names) {
      const server = await GithubServer.start({ token: TOKEN });
      servers.push(server);
      fill(server);
      const repository = new GithubRepository(server);
      const host = `${name}.example`;
      upstreams.set(name, {
        upstream: await MisbehavingUpstream.start(),
        serverUrl: server.url,
        protocol,
        sourceId: `github:${host}`,
        annotations: {
          'github.com/project-slug': REPOSITORY,
          'backstage.io/source-location': `url:https://${host}/${REPOSITORY}/`,
        },
        truth: () => repository.truth(),
        change: onStep => repository.change(onStep),
        changeOne: () => repository.changeOne(),
      });
    }
    const hosts = [...upstreams].map(([name, { upstream }]) => ({
      host: `${name}.example`,
      apiBaseUrl: upstream.url('').replace(/\/$/, ''),
    }));
    return {
      upstreams,
      config: {
        integrations: {
          github: hosts.map(host => ({ ...host, token: TOKEN })),
        },
        operationalExcellence: {
          sources: {
            github: hosts.map(({ host }) => ({
              host,
              improvement: { labels: ['improvement'] },
              schedule: {
                every: 'P1D',
                reconcileEvery: 'PT1S',
                tolerance: TOLERANCE.text,
              },
            })),
          },
        },
      },
      async stop() {
        for (const { upstream } of upstreams.values()) await upstream.close();
        await Promise.all(servers.map(server => server.close()));
      },
    };
  },
};
