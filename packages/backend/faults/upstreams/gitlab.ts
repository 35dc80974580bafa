import gitlabFeatures from 'backstage-plugin-operational-excellence-backend-module-gitlab';
import {
  behaviours,
  Row,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { GitlabServer } from 'upstream-servers';
import { backlogVendor } from '../backlogVendor';
import { BacklogTracker } from '../FaultyBacklog';
import { withoutNext } from './linkedPages';

const TOKEN = 'glpat-of-the-fault-suite';
const PROJECT = 'acme/payments';

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
  badKey: behaviours.json({ message: '401 Unauthorized' }, { status: 401 }),
};

function trackerOf(server: GitlabServer): BacklogTracker {
  const iidOf = (key: string) => Number(key.split('#')[1]);
  return {
    create({ improvement, createdAt }) {
      const { iid } = server.createIssue(PROJECT, {
        title: improvement ? 'An improvement' : 'A bug',
        labels: improvement ? ['improvement'] : ['bug'],
        at: createdAt,
      });
      return `${PROJECT}#${iid}`;
    },
    close: key => server.closeIssue(PROJECT, iidOf(key)),
    touch: key =>
      server.changeIssue(PROJECT, iidOf(key), { title: `At ${Date.now()}` }),
    instantsOf: key => server.issue(PROJECT, iidOf(key)),
  };
}

/** The issues of a GitLab project. */
export const gitlab = backlogVendor({
  name: 'gitlab',
  lacks: {
    'empty-for-bad-key':
      'GitLab refuses every request with a token that it does not know',
  },
  features: [gitlabFeatures],
  protocol,
  pageSize: 100,
  async startServer() {
    const server = await GitlabServer.start();
    server.addToken(TOKEN, { username: 'backstage' });
    server.addProject(PROJECT, { members: { backstage: 'reporter' } });
    return { server, tracker: trackerOf(server) };
  },
  instanceOf: name => ({
    sourceId: `gitlab:${name}.example`,
    annotations: {
      'gitlab.com/instance': `${name}.example`,
      'gitlab.com/project-slug': PROJECT,
    },
  }),
  configOf: (instances, schedule) => ({
    integrations: {
      gitlab: instances.map(({ name, url }) => ({
        host: `${name}.example`,
        apiBaseUrl: `${url}/api/v4`,
        baseUrl: `https://${name}.example`,
        token: TOKEN,
      })),
    },
    operationalExcellence: {
      sources: {
        gitlab: instances.map(({ name }) => ({
          host: `${name}.example`,
          improvement: { labels: ['improvement'] },
          schedule,
        })),
      },
    },
  }),
});
