// What real trackers are asked for: a Jira of a million issues, and a Redmine,
// both in processes of their own, at a distance.
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend, startProgram } from './backend.mjs';
import { createDatabase } from './databases.mjs';
import { events } from './events.mjs';
import { count, heading, mib, note, table, verdict } from './print.mjs';

const LATENCY_MS = 50;
const PAGE_SIZE = 100;

/** A tracker, and a backend that reads it for the first time. */
async function firstSync(server, { kind, services, containers, issues }) {
  const components = Math.ceil(services / containers);
  const upstream = await startProgram('upstream.ts', {
    kind,
    containers,
    issues,
    components,
    latencyMs: LATENCY_MS,
  });
  let backend;
  try {
    const { connection } = await createDatabase(server);
    backend = await startBackend(
      {
        kind,
        connection,
        services,
        containers,
        upstreamUrl: await upstream.ask('url'),
      },
      'trackerBackend.ts',
    );
    const start = performance.now();
    const { scopes } = await backend.until(
      ({ scopes: known, succeeded }) => known > 0 && succeeded === known,
      { timeoutMs: 90 * 60_000 },
    );
    await backend.until(({ running }) => running === 0);
    return {
      backend,
      upstream,
      scopes,
      seconds: (performance.now() - start) / 1000,
      requests: await upstream.ask('requests'),
      stored: await backend.ask('rowsOf', 'tickets'),
      memory: await backend.ask('memory'),
      async stop() {
        await backend.stop();
        await upstream.stop();
      },
    };
  } catch (error) {
    await backend?.stop();
    await upstream.stop();
    throw error;
  }
}

/** Has all scopes of a source read once more; answers the requests it took. */
async function syncAgain({ backend, upstream }, source) {
  const before = await upstream.ask('requests');
  const { requests } = await backend.ask('progress');
  const token = await backend.userToken();
  const response = await fetch(
    `${backend.url}/operational-excellence/sources/${encodeURIComponent(
      source,
    )}/sync`,
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
  );
  if (response.status !== 202) throw new Error(await response.text());
  await backend.until(progress => progress.requests > requests);
  await backend.until(({ running }) => running === 0);
  // What became due meanwhile has had a tick to begin.
  await sleep(2_000);
  await backend.until(({ running }) => running === 0);
  return (await upstream.ask('requests')) - before;
}

/** Jira: 10,000 services over 300 projects. */
export async function jira({
  server,
  services = 10_000,
  projects = 300,
  issues = 1_000_000,
}) {
  const first = await firstSync(server, {
    kind: 'jira',
    services,
    containers: projects,
    issues,
  });
  const { backend, upstream, scopes } = first;
  try {
    if (first.stored !== issues) {
      throw new Error(`${first.stored} of ${issues} issues were stored`);
    }
    heading(
      `Jira: ${count(services)} services over ${count(
        projects,
      )} projects in ${scopes} scopes, ${count(
        issues,
      )} issues, an upstream of ${LATENCY_MS} ms, from the start of the backend`,
    );
    table([
      {
        seconds: first.seconds.toFixed(1),
        'issues per second': count(issues / first.seconds),
        'peak RSS': mib(first.memory.peakRss),
        'peak heap': mib(first.memory.peakHeap),
      },
    ]);

    const quiet = await syncAgain(first, 'jira:bench');
    const changes = 30;
    for (let index = 0; index < changes; index++) {
      await upstream.ask('create', {
        project: `P${(index * 7) % projects}`,
        component: 'component-3',
      });
    }
    const later = await syncAgain(first, 'jira:bench');
    const pages = Math.ceil(issues / PAGE_SIZE);
    // What a source asks for itself: its account, statuses and projects.
    const ownRequests = 2 + Math.ceil(projects / 50);
    heading('Upstream requests of Jira');
    table(
      [
        // The last page of each scope is seldom full.
        ['first sync', pages + scopes, first.requests],
        // What lies in the overlap is read again.
        ['sync without changes', scopes, quiet],
        [`sync after ${changes} changes`, scopes, later],
      ].map(([run, read, requests]) => {
        const most = read + scopes + ownRequests;
        return {
          run,
          'pages read': count(read),
          requests: count(requests),
          'target: pages + 1 per scope': `≤ ${count(most)}`,
          '': verdict(requests <= most),
        };
      }),
    );
    await rematch(first, { projects, services });
    await events(first, { projects });
  } finally {
    await first.stop();
  }
}

/** Services name their project as a whole: its rows are here already. */
async function rematch({ backend, upstream }, { projects, services }) {
  const components = Math.floor(services / projects);
  // Of projects whose issues wait, as the simulated Jira has them.
  const moved = [6, 16, 26, 36, 46, 56, 66, 76, 86, 96].filter(
    service => service < projects,
  );
  const refOf = service => `component:default/service-${service}`;
  let expected = 0;
  for (let index = 0; moved[0] + index * projects < services; index++) {
    expected += await backend.ask(
      'openCountOf',
      refOf(moved[0] + index * projects),
    );
  }
  const before = await backend.ask('openCountOf', refOf(moved[0]));
  if (components < 2 || before === expected) {
    throw new Error('Nothing would show that services were matched anew');
  }
  const requests = await upstream.ask('requests');
  const start = performance.now();
  await backend.ask('unannotate', {
    services: moved.map(refOf),
    annotation: 'jira/component',
  });
  const after = await backend.ask('untilOpenCount', {
    service: refOf(moved[0]),
    isNot: before,
    withinMs: 60_000,
  });
  const seconds = (performance.now() - start) / 1000;
  if (after !== expected) {
    throw new Error(
      `${refOf(moved[0])} has ${after} open ones, not ${expected}`,
    );
  }
  // A read of the scope would have begun by now.
  await sleep(5_000);
  const made = (await upstream.ask('requests')) - requests;
  heading(
    'Services that name their whole project instead of a component, by the directory that is refreshed every 10 s',
  );
  table([
    {
      services: moved.length,
      'seconds until matched': seconds.toFixed(1),
      'upstream requests': count(made),
      'target 0': verdict(made === 0),
    },
  ]);
}

/** Redmine: a first sync in as many requests as there are pages, and two. */
export async function redmine({
  server,
  services = 100,
  projects = 50,
  issues = 20_000,
}) {
  const first = await firstSync(server, {
    kind: 'redmine',
    services,
    containers: projects,
    issues,
  });
  try {
    if (first.stored !== issues) {
      throw new Error(`${first.stored} of ${issues} issues were stored`);
    }
    const { scopes, requests, seconds } = first;
    const most = Math.ceil(issues / PAGE_SIZE) + 2 * scopes;
    heading(
      `Redmine: ${count(issues)} issues of ${projects} projects in ${count(
        scopes,
      )} ${scopes === 1 ? 'scope' : 'scopes'}, an upstream of ${LATENCY_MS} ms`,
    );
    table([
      {
        run: 'first sync',
        seconds: seconds.toFixed(1),
        'issues per second': count(issues / seconds),
        requests: count(requests),
        'target: pages + 2 per scope': `≤ ${count(most)}`,
        '': verdict(requests <= most),
      },
    ]);
    note(
      `All requests that the server received, those that prove the credentials among them`,
    );
  } finally {
    await first.stop();
  }
}
