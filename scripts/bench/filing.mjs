// Whether each improvement that is submitted becomes one ticket, whatever breaks
// meanwhile; and how much longer filing takes than the tracker alone.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend, startProgram } from './backend.mjs';
import { createDatabase } from './databases.mjs';
import { percentile } from './load.mjs';
import { count, heading, ms, note, table, verdict } from './print.mjs';

const SEED = 4;
const LATENCY_MS = 50;
/** Of each host; each is that of one service. */
const REPOSITORIES = 10;

const HOSTS = 4;
const CLIENTS = 20;
const KILLS = 10;
const RESTARTS = 2;
const SUBMIT_WITHIN_MS = 20 * 60_000;
const FILE_WITHIN_MS = 10 * 60_000;

const WARM_UP = 20;
const TARGET_MS = 30;

/** A tracker, and a backend that knows its services and has read it once. */
async function startFiling(server, { hosts, isFaulty, syncEvery }) {
  const upstream = await startProgram('filingUpstream.ts', {
    hosts,
    repositories: REPOSITORIES,
    latencyMs: LATENCY_MS,
    isFaulty,
    seed: SEED,
  });
  try {
    const { connection } = await createDatabase(server);
    const settings = {
      connection,
      services: hosts * REPOSITORIES,
      repositories: REPOSITORIES,
      upstreamUrls: await upstream.ask('urls'),
      syncEvery,
    };
    const backend = await startBackend(settings, 'filingBackend.ts');
    // A scope may fail, if the tracker is to: it is read again.
    const end = Date.now() + 120_000;
    for (;;) {
      const { scopes, succeeded } = await backend.ask('progress');
      if (scopes === hosts * REPOSITORIES && succeeded === scopes) break;
      if (Date.now() > end) {
        throw new Error(`The tracker was not read:\n${backend.log}`);
      }
      await sleep(250);
    }
    return { upstream, backend, settings };
  } catch (error) {
    await upstream.stop();
    throw error;
  }
}

/** What a person sends, in the order of the numbers over all services. */
function submissionOf(number, { services }) {
  return {
    key: randomUUID(),
    entityRef: `component:default/service-${number % services}`,
    title: `Improvement ${number}: fail over without hands`,
    description: 'As the last game day showed.',
    goal: {
      measure: 'Minutes until the standby serves',
      from: '45',
      to: '1',
      by: null,
    },
    priority: 'medium',
    origin: { kind: 'game-day', url: null },
  };
}

/** People at a portal that comes and goes. */
class Clients {
  #url;
  #token;

  constructor(url) {
    this.#url = url;
  }

  /** Submits until there is an answer; each time the same. */
  async submit(submission, until) {
    for (;;) {
      const improvement = await this.#try(submission);
      if (improvement) return improvement;
      if (Date.now() > until) {
        throw new Error(`${submission.title} got no answer`);
      }
      await sleep(200 + Math.random() * 300);
    }
  }

  /** Asks until there is an answer. */
  async get(path, until) {
    for (;;) {
      const response = await this.#request(path).catch(() => undefined);
      if (response?.ok) return response.json();
      if (Date.now() > until) {
        throw new Error(`${path} got no answer: ${await response?.text()}`);
      }
      await sleep(500);
    }
  }

  async #try(submission) {
    let answer;
    try {
      const response = await this.#request('/improvements', {
        method: 'POST',
        body: JSON.stringify(submission),
      });
      answer = { status: response.status, body: await response.text() };
    } catch {
      // Nobody there, or gone in the middle of an answer.
      return undefined;
    }
    if ([200, 201, 202].includes(answer.status)) return JSON.parse(answer.body);
    if (answer.status === 401) this.#token = undefined;
    // Which plugins it has, a backend that starts does not know at first.
    const isStarting = answer.status === 404 && answer.body === '';
    if (
      [401, 409].includes(answer.status) ||
      answer.status >= 500 ||
      isStarting
    ) {
      return undefined;
    }
    throw new Error(`${answer.status} ${answer.body}`);
  }

  async #request(path, init = {}) {
    return fetch(`${this.#url}/operational-excellence${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${await this.#signIn()}`,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(30_000),
    });
  }

  async #signIn() {
    if (this.#token) return this.#token;
    const response = await fetch(`${this.#url}/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`Signing in failed: ${response.status}`);
    this.#token = (await response.json()).backstageIdentity.token;
    return this.#token;
  }
}

/** The numbers of submissions at each of which something is broken. */
function moments(times, submissions) {
  return Array.from({ length: times }, (_, index) =>
    Math.round(((index + 0.5) / times) * submissions),
  );
}

/** Kills the backend and restarts the database as the submissions go on. */
class Breaker {
  kills = 0;
  restarts = 0;
  backend;
  #server;
  #settings;
  #due;
  #breaking = Promise.resolve();
  #fail;
  /** Rejects where something did not come back. */
  failed = new Promise((_, reject) => {
    this.#fail = reject;
  });

  constructor({ backend, server, settings, submissions }) {
    this.backend = backend;
    this.#server = server;
    this.#settings = settings;
    this.#due = [
      ...moments(KILLS, submissions).map(at => ({
        at,
        act: () => this.#kill(),
      })),
      ...moments(RESTARTS, submissions).map(at => ({
        at: at + Math.round(submissions / 50),
        act: () => this.#restart(),
      })),
    ].sort((a, b) => a.at - b.at);
  }

  /** After so many submissions were answered. */
  answered(number) {
    while (this.#due.length > 0 && this.#due[0].at <= number) {
      const { act } = this.#due.shift();
      this.#breaking = this.#breaking.then(act).catch(this.#fail);
    }
  }

  /** When all is back that was broken. */
  async end() {
    await this.#breaking;
  }

  /** Breaks nothing more. */
  async stop() {
    this.#due = [];
    await this.end();
    await this.backend.stop();
  }

  async #kill() {
    // Anywhere in the middle of what is being filed.
    await sleep(Math.random() * 2 * LATENCY_MS);
    await this.backend.kill();
    this.kills += 1;
    this.backend = await startBackend(
      { ...this.#settings, port: this.backend.port },
      'filingBackend.ts',
    );
  }

  async #restart() {
    await this.#server.restart();
    this.restarts += 1;
  }
}

async function submitAll({ breaker, clients, settings, submissions }) {
  const until = Date.now() + SUBMIT_WITHIN_MS;
  const ids = new Map();
  let next = 0;
  const submitted = Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (next < submissions) {
        const number = next++;
        const submission = submissionOf(number, settings);
        // Some click twice.
        const answers = await Promise.all(
          Array.from({ length: number % 10 === 0 ? 2 : 1 }, () =>
            clients.submit(submission, until),
          ),
        );
        const [{ id }] = answers;
        if (answers.some(answer => answer.id !== id)) {
          throw new Error(`${submission.title} became two improvements`);
        }
        ids.set(id, submission.title);
        breaker.answered(ids.size);
      }
    }),
  );
  await Promise.race([submitted, breaker.failed]);
  await Promise.race([breaker.end(), breaker.failed]);
  return ids;
}

async function untilFiled(clients) {
  const end = Date.now() + FILE_WITHIN_MS;
  for (;;) {
    const { totalItems } = await clients.get(
      '/improvements?delivery=queued&delivery=rejected&limit=1',
      end,
    );
    if (totalItems === 0 || Date.now() > end) return totalItems;
    await sleep(1_000);
  }
}

async function allImprovements(clients) {
  const until = Date.now() + 60_000;
  const items = [];
  let cursor;
  do {
    const page = await clients.get(
      `/improvements?limit=200${
        cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      }`,
      until,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** Has the tracker read once more; answers how many improvements are counted. */
async function countedAfterSync(clients, backend) {
  const { requests } = await backend.ask('progress');
  const authorization = `Bearer ${await backend.userToken()}`;
  for (let host = 0; host < HOSTS; host++) {
    const response = await fetch(
      `${backend.url}/operational-excellence/sources/github%3Ahost-${host}.example/sync`,
      { method: 'POST', headers: { authorization } },
    );
    if (response.status !== 202) throw new Error(await response.text());
  }
  const end = Date.now() + 60_000;
  for (;;) {
    const progress = await backend.ask('progress');
    const isRead = progress.requests >= requests + HOSTS * REPOSITORIES;
    if (isRead && progress.running === 0) break;
    if (Date.now() > end) {
      throw new Error(`The tracker was not read: ${JSON.stringify(progress)}`);
    }
    await sleep(250);
  }
  const { items } = await clients.get('/services?limit=200', end);
  return items.reduce((sum, { backlog }) => sum + backlog.openCount, 0);
}

/** What is wrong with what the tracker has, if anything. */
function compare(ids, improvements, issues) {
  const titles = new Set(ids.values());
  const byKey = new Map(issues.map(issue => [issue.key, issue]));
  const seen = { titles: new Set(), markers: new Set() };
  let doubled = 0;
  for (const { marker, title } of issues) {
    if (seen.titles.has(title) || seen.markers.has(marker)) doubled += 1;
    seen.titles.add(title);
    seen.markers.add(marker);
  }
  const linked = new Set(
    improvements
      .filter(
        ({ id, delivery, ticket, title }) =>
          delivery.state === 'filed' &&
          ids.get(id) === title &&
          byKey.get(ticket.key)?.title === title,
      )
      .map(({ ticket }) => ticket.key),
  );
  return {
    doubled,
    missing: [...titles].filter(title => !seen.titles.has(title)).length,
    linked: linked.size,
  };
}

async function faultRun({ server, submissions }) {
  heading(
    `${count(
      submissions,
    )} improvements from ${CLIENTS} clients, into ${HOSTS} GitHub hosts that fail at random`,
  );
  const { upstream, backend, settings } = await startFiling(server, {
    hosts: HOSTS,
    isFaulty: true,
    syncEvery: 'PT1M',
  });
  const breaker = new Breaker({ backend, server, settings, submissions });
  try {
    const clients = new Clients(backend.url);
    const startedAt = Date.now();
    const ids = await submitAll({
      breaker,
      clients,
      settings,
      submissions,
    });
    const submittedAt = Date.now();
    await upstream.ask('heal');
    const left = await untilFiled(clients);
    const filedAt = Date.now();

    const issues = await upstream.ask('issues');
    const improvements = await allImprovements(clients);
    const counted = await countedAfterSync(clients, breaker.backend);
    const { doubled, linked, missing } = compare(ids, improvements, issues);
    const repeated = improvements.filter(
      ({ delivery }) => delivery.attempts > 1,
    ).length;

    table(
      Object.entries({
        ...(await upstream.ask('faults')),
        'reads that failed': await upstream.ask('failedReads'),
      }).map(([fault, times]) => ({ fault, times })),
    );
    note('');
    table([
      {
        submissions: count(ids.size),
        'kill -9': breaker.kills,
        'PostgreSQL restarts': breaker.restarts,
        'submitted in': `${count((submittedAt - startedAt) / 1000)} s`,
        'filed after': `${count((filedAt - submittedAt) / 1000)} s`,
        'asked for again': repeated,
        'not filed': left,
      },
    ]);
    note('');
    const isExact =
      issues.length === submissions &&
      improvements.length === submissions &&
      linked === submissions &&
      counted === submissions &&
      doubled + missing + left === 0 &&
      breaker.kills === KILLS &&
      breaker.restarts === RESTARTS;
    table([
      {
        'tickets upstream': count(issues.length),
        doubled,
        missing,
        linked: count(linked),
        'counted as open': count(counted),
        [`target: exactly ${count(submissions)}`]: verdict(isExact),
      },
    ]);
    return isExact;
  } finally {
    await breaker.stop();
    await upstream.stop();
  }
}

/** What filing takes beyond the tracker's own time, where nothing fails. */
export async function filingOverhead({ server, filings = 200 }) {
  const { upstream, backend, settings } = await startFiling(server, {
    hosts: 1,
    isFaulty: false,
    syncEvery: 'P1D',
  });
  try {
    const clients = new Clients(backend.url);
    const times = [];
    for (let number = 0; number < WARM_UP + filings; number++) {
      const startedAt = performance.now();
      const { delivery } = await clients.submit(
        submissionOf(number, settings),
        0,
      );
      times.push(performance.now() - startedAt);
      if (delivery.state !== 'filed') throw new Error(delivery.reason);
    }
    const trackerTimes = await upstream.ask('creationTimes');
    if (trackerTimes.length !== times.length) {
      throw new Error(`The tracker was asked ${trackerTimes.length} times`);
    }
    const shares = times
      .map((time, index) => time - trackerTimes[index])
      .slice(WARM_UP);
    const p95 = percentile(shares, 95);
    heading(
      `Filing where nothing fails, 1 client, a tracker of ${LATENCY_MS} ms: what it takes beyond the tracker's own time`,
    );
    table([
      {
        filings: count(filings),
        'answered in, p50': ms(percentile(times.slice(WARM_UP), 50)),
        'our share, p50': ms(percentile(shares, 50)),
        p95: ms(p95),
        most: ms(Math.max(...shares)),
        [`target p95 ≤ ${TARGET_MS} ms`]: verdict(p95 <= TARGET_MS),
      },
    ]);
  } finally {
    await backend.stop();
    await upstream.stop();
  }
}

/** Ends the process with 1 where not each improvement is one ticket. */
export async function filing({ server, submissions = 1_000 }) {
  const isExact = await faultRun({ server, submissions });
  if (!isExact) process.exitCode = 1;
  await filingOverhead({ server });
}
