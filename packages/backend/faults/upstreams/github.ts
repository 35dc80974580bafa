import githubModule from 'backstage-plugin-operational-excellence-backend-module-github';
import {
  behaviours,
  Row,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { GithubServer } from 'upstream-servers';
import { BacklogTracker } from '../FaultyBacklog';
import { backlogVendor } from '../backlogVendor';
import { withoutNext } from './linkedPages';

const TOKEN = 'ghp_of_the_fault_suite';
const REPOSITORY = 'acme/payments';

const protocol: UpstreamProtocol = {
  isList: ({ url }) => url.pathname.endsWith('/issues'),
  promisesMore: ({ headers }) =>
    String(headers.link ?? '').includes('rel="next"'),
  rowsOf: body => body as Row[],
  withRows: (answer, rows) => {
    const { etag: _, ...headers } = answer.headers;
    return {
      ...answer,
      headers: rows.length > 0 ? headers : withoutNext(headers),
      body: JSON.stringify(rows),
    };
  },
  instants: ['created_at', 'updated_at', 'closed_at'],
  badKey: behaviours.json({ message: 'Bad credentials' }, { status: 401 }),
};

function trackerOf(server: GithubServer): BacklogTracker {
  const numberOf = (key: string) => Number(key.split('#')[1]);
  return {
    create({ improvement, createdAt }) {
      const { number } = server.create(REPOSITORY, {
        title: improvement ? 'An improvement' : 'A bug',
        labels: improvement ? ['improvement'] : ['bug'],
        createdAt,
      });
      return `${REPOSITORY}#${number}`;
    },
    close: key => server.update(REPOSITORY, numberOf(key), { state: 'closed' }),
    touch: key =>
      server.update(REPOSITORY, numberOf(key), { title: `At ${Date.now()}` }),
    instantsOf: key => server.issue(REPOSITORY, numberOf(key)),
  };
}

/** The issues of a GitHub repository. */
export const github = backlogVendor({
  name: 'github',
  lacks: {
    'empty-for-bad-key':
      'GitHub refuses every request with a key that it does not know',
  },
  features: [githubModule],
  protocol,
  pageSize: 100,
  async startServer() {
    const server = await GithubServer.start({ token: TOKEN });
    server.addRepository(REPOSITORY);
    return { server, tracker: trackerOf(server) };
  },
  instanceOf: name => ({
    sourceId: `github:${name}.example`,
    annotations: {
      'github.com/project-slug': REPOSITORY,
      'backstage.io/source-location': `url:https://${name}.example/${REPOSITORY}/`,
    },
  }),
  configOf: (instances, schedule) => ({
    integrations: {
      github: instances.map(({ name, url }) => ({
        host: `${name}.example`,
        apiBaseUrl: url,
        token: TOKEN,
      })),
    },
    operationalExcellence: {
      sources: {
        github: instances.map(({ name }) => ({
          host: `${name}.example`,
          improvement: { labels: ['improvement'] },
          schedule,
        })),
      },
    },
  }),
});
