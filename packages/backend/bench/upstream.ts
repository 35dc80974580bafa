/*
 * A tracker as a process of its own, as it is in life, started by the
 * benchmarks: what it takes is not counted as the backend's.
 */
import { JiraServer, RedmineServer } from 'upstream-servers';
import { answerParent } from './parent';
import { JIRA_ACCESS, REDMINE_KEY, UpstreamSettings } from './upstreamSettings';

const settings: UpstreamSettings = JSON.parse(process.argv[2]);

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

async function startJira() {
  const { containers, issues, components, latencyMs } = settings;
  const server = await JiraServer.start({
    deployment: 'cloud',
    latencyMs,
    ...JIRA_ACCESS,
  });
  server.fill({
    projects: Array.from({ length: containers }, (_, index) => `P${index}`),
    issues,
    components: Array.from(
      { length: components },
      (_, index) => `component-${index}`,
    ),
    // None is so new that each later read sees it again.
    until: Date.now() - HOUR_MS,
    stepMs: 10 * SECOND_MS,
  });
  return {
    url: async () => server.url,
    requests: async () => server.requests,
    /** An improvement that waits, in a component of a project. */
    create: async (issue: { project: string; component: string }) =>
      server.store.create({
        projectKey: issue.project,
        summary: 'Improve what the benchmark found',
        issueType: 'Improvement',
        status: 'To Do',
        components: [issue.component],
      }).key,
  };
}

async function startRedmine() {
  const { containers, issues, latencyMs } = settings;
  const server = await RedmineServer.start();
  server.latencyMs = latencyMs;
  for (let index = 0; index < containers; index++) {
    server.store.addProject({ identifier: `project-${index}` });
  }
  server.store.addUser({ login: 'backstage', apiKey: REDMINE_KEY });
  server.store.generateIssues({
    count: issues,
    firstAt: Date.now() - HOUR_MS - issues * SECOND_MS,
    everyMs: SECOND_MS,
  });
  return {
    url: async () => server.url,
    requests: async () => server.requestCount,
  };
}

const start = settings.kind === 'jira' ? startJira : startRedmine;
start().then(answerParent, error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
