/*
 * GitHub hosts as a process of its own, whose answers get lost on their way,
 * started by the benchmark of filing.
 */
import { randomBySeed } from 'backstage-plugin-operational-excellence-node/testUtils';
import { GithubServer } from 'upstream-servers';
import { FaultyTracker } from './FaultyTracker';
import {
  FiledIssue,
  FilingUpstreamSettings,
  GITHUB_TOKEN,
  repositoryName,
} from './filingSettings';
import { answerParent } from './parent';

const settings: FilingUpstreamSettings = JSON.parse(process.argv[2]);

const MARKER = /<!-- backstage-plugin-operational-excellence filed (\w+) -->/;

async function startHost(host: number) {
  const { isFaulty, latencyMs, repositories, seed } = settings;
  const server = await GithubServer.start({ token: GITHUB_TOKEN });
  const names = Array.from({ length: repositories }, (_, repository) =>
    repositoryName(host, repository),
  );
  for (const name of names) server.addRepository(name);
  const tracker = await FaultyTracker.start({
    serverUrl: server.url,
    latencyMs,
    random: isFaulty ? randomBySeed(seed + host) : undefined,
  });
  const issues = (): FiledIssue[] =>
    names.flatMap(name =>
      server.issues(name).map(({ body, number, title }) => ({
        key: `${name}#${number}`,
        title,
        marker: MARKER.exec(body)?.[1],
      })),
    );
  return { issues, tracker };
}

async function start() {
  const hosts = await Promise.all(
    Array.from({ length: settings.hosts }, (_, host) => startHost(host)),
  );
  answerParent({
    urls: async () => hosts.map(({ tracker }) => tracker.url),
    heal: async () => hosts.forEach(({ tracker }) => tracker.heal()),
    /** How often which fault met a request that creates an issue. */
    faults: async () => {
      const counts: Record<string, number> = {};
      for (const { tracker } of hosts) {
        for (const [fault, count] of Object.entries(tracker.faults)) {
          counts[fault] = (counts[fault] ?? 0) + count;
        }
      }
      return counts;
    },
    failedReads: async () =>
      hosts.reduce((sum, { tracker }) => sum + tracker.failedReads, 0),
    issues: async () => hosts.flatMap(({ issues }) => issues()),
    /** Of the only host, in the order in which they were answered. */
    creationTimes: async () => hosts[0].tracker.creationTimes,
  });
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
