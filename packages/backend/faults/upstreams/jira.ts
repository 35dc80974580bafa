import jiraFeatures from 'backstage-plugin-operational-excellence-backend-module-jira';
import {
  behaviours,
  Row,
  UpstreamProtocol,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { JiraServer } from 'upstream-servers';
import { backlogVendor } from '../backlogVendor';
import { BacklogTracker } from '../FaultyBacklog';
import { FaultyVendor } from '../FaultyVendor';

const ACCESS = { email: 'backstage@example.com', apiToken: 'of-the-suite' };
const TOKEN = 'personal-of-the-suite';
const PROJECT = 'PAY';
const PAGE_SIZE = 20;

const issuesOf = (body: unknown) => (body as { issues: Row[] }).issues;
const instants = [
  'created',
  'updated',
  'resolutiondate',
  'statuscategorychangedate',
];

const cloud: UpstreamProtocol = {
  isList: ({ url }) => url.pathname.endsWith('/search/jql'),
  promisesMore: ({ body }) => Boolean(JSON.parse(body).nextPageToken),
  rowsOf: issuesOf,
  withRows: (answer, issues) => {
    const { nextPageToken, ...body } = JSON.parse(answer.body);
    const isLast = issues.length === 0 || nextPageToken === undefined;
    return {
      ...answer,
      body: JSON.stringify({
        ...body,
        issues,
        isLast,
        ...(!isLast && { nextPageToken }),
      }),
    };
  },
  instants,
  badKey: behaviours.text('Client must be authenticated to access this', {
    status: 401,
  }),
};

const dataCenter: UpstreamProtocol = {
  isList: ({ url }) => url.pathname.endsWith('/search'),
  promisesMore: answer => {
    const { startAt, issues, total } = JSON.parse(answer.body);
    return startAt + issues.length < total;
  },
  rowsOf: issuesOf,
  withRows: (answer, issues) => {
    const body = JSON.parse(answer.body);
    const total = issues.length > 0 ? body.total : body.startAt;
    return { ...answer, body: JSON.stringify({ ...body, issues, total }) };
  },
  instants,
  badKey: cloud.badKey,
};

function trackerOf({ store }: JiraServer): BacklogTracker {
  const issueOf = (key: string) => {
    const issue = store.find(key);
    if (!issue) throw new Error(`There is no issue ${key}`);
    return issue;
  };
  return {
    create: ({ improvement, createdAt }) =>
      store.create({
        projectKey: PROJECT,
        issueType: improvement ? 'Improvement' : 'Bug',
        ...(createdAt !== undefined && { created: createdAt }),
      }).key,
    close: key => store.transition(key, 'Done'),
    touch: key => store.update(key, { summary: `At ${Date.now()}` }),
    instantsOf: key => {
      const { created, resolved } = issueOf(key);
      return { createdAt: created, closedAt: resolved };
    },
  };
}

function jiraVendor(options: {
  name: string;
  deployment: 'cloud' | 'data-center';
  protocol: UpstreamProtocol;
  lacks: FaultyVendor['lacks'];
}): FaultyVendor {
  const { name: vendorName, deployment, protocol, lacks } = options;
  const access = deployment === 'cloud' ? ACCESS : { token: TOKEN };
  return backlogVendor({
    name: vendorName,
    lacks,
    features: [jiraFeatures],
    protocol,
    pageSize: PAGE_SIZE,
    async startServer() {
      const server = await JiraServer.start({
        deployment,
        ...access,
        pageLimit: PAGE_SIZE,
        idPageLimit: PAGE_SIZE,
        projects: [PROJECT],
      });
      return { server, tracker: trackerOf(server) };
    },
    instanceOf: name => ({
      sourceId: `jira:${name}`,
      annotations: { 'jira/project-key': `${name}/${PROJECT}` },
    }),
    configOf: (instances, schedule) => ({
      operationalExcellence: {
        sources: {
          jira: instances.map(({ name, url }) => ({
            id: name,
            baseUrl: url,
            deployment,
            ...access,
            improvement: { issueTypes: ['Improvement'] },
            schedule,
          })),
        },
      },
    }),
  });
}

/** A project of a Jira Cloud site. */
export const jiraCloud = jiraVendor({
  name: 'jira',
  deployment: 'cloud',
  protocol: cloud,
  lacks: {},
});

/** A project of a Jira Data Center. */
export const jiraDataCenter = jiraVendor({
  name: 'jira-data-center',
  deployment: 'data-center',
  protocol: dataCenter,
  lacks: {},
});
