import redmineModule from 'backstage-plugin-operational-excellence-backend-module-redmine';
import {
  behaviours,
  Row,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { RedmineServer } from 'upstream-servers';
import { backlogVendor } from '../backlogVendor';
import { BacklogTracker } from '../FaultyBacklog';

const KEY = '0123456789abcdef0123456789abcdef01234567';
const PROJECT = 'payments';
const BUG = 1;
const IMPROVEMENT = 4;

const protocol: UpstreamProtocol = {
  isList: ({ url }) => url.pathname.endsWith('/issues.json'),
  promisesMore: answer => {
    const { offset, issues, total_count: total } = JSON.parse(answer.body);
    return offset + issues.length < total;
  },
  rowsOf: body => (body as { issues: Row[] }).issues,
  withRows: (answer, issues) => {
    const body = JSON.parse(answer.body);
    const total = issues.length > 0 ? body.total_count : body.offset;
    return {
      ...answer,
      body: JSON.stringify({ ...body, issues, total_count: total }),
    };
  },
  instants: ['created_on', 'updated_on', 'closed_on'],
  badKey: behaviours.text('', { status: 401 }),
};

function trackerOf({ store }: RedmineServer): BacklogTracker {
  const idOf = (key: string) => Number(key.slice(1));
  return {
    create({ improvement, createdAt = Date.now() }) {
      const { id } = store.addIssue({
        project: PROJECT,
        subject: improvement ? 'An improvement' : 'A bug',
        trackerId: improvement ? IMPROVEMENT : BUG,
        createdOn: createdAt,
        updatedOn: createdAt,
      });
      return `#${id}`;
    },
    close: key => store.closeIssue(idOf(key)),
    touch: key => {
      store.changeIssue(idOf(key), { subject: `At ${Date.now()}` });
    },
    instantsOf: key => {
      const { createdOn, closedOn } = store.issue(idOf(key));
      return {
        // Written to the second.
        createdAt: Math.floor(createdOn / 1000) * 1000,
        closedAt: closedOn,
      };
    },
  };
}

/** The issues of a Redmine project. */
export const redmine = backlogVendor({
  name: 'redmine',
  lacks: {},
  features: [redmineModule],
  protocol,
  pageSize: 100,
  readsInOrder: false,
  trustMs: 10_000,
  async startServer() {
    const server = await RedmineServer.start();
    server.store.addProject({ identifier: PROJECT });
    server.store.addUser({ login: 'backstage', apiKey: KEY });
    return { server, tracker: trackerOf(server) };
  },
  instanceOf: name => ({
    sourceId: `redmine:${name}`,
    annotations: { 'redmine.org/project': `${name}/${PROJECT}` },
  }),
  configOf: (instances, schedule) => ({
    operationalExcellence: {
      sources: {
        redmine: instances.map(({ name, url }) => ({
          id: name,
          baseUrl: url,
          apiKey: KEY,
          improvement: { trackers: ['Improvement'] },
          schedule,
        })),
      },
    },
  }),
});
