// Reads that come at a steady rate, whatever the answers take, as those of many
// people do. Waiting for one's turn counts: times are from when a read was due.
import { Agent, request } from 'node:http';
import { percentile } from './load.mjs';

const TICK_MS = 5;

/** Beyond as many, nobody would wait for an answer any more. */
const MOST_PENDING = 2_000;

/** What no connection was made for, or one that was already closed. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/**
 * @param {{ url: string, token: string }[]} replicas in turns, as a load balancer
 * has it: one that does not answer any more is left out, and what could not be
 * sent to it goes to another one
 * @param {string[]} paths in turns
 * @param {{ perSecond: number }} options
 */
export function startReads(replicas, paths, { perSecond }) {
  const agent = new Agent({ keepAlive: true });
  const up = new Set(replicas);
  const killedAt = new Map();
  const pending = new Set();
  /** When each was due, and how long its answer took. */
  const answered = [];
  const failures = new Map();
  let again = 0;
  let inFlight = 0;
  let sent = 0;
  let turn = 0;

  function nextReplica() {
    const all = [...up];
    turn += 1;
    return all[turn % all.length];
  }

  function fail(words) {
    failures.set(words, (failures.get(words) ?? 0) + 1);
  }

  function get(replica, path) {
    return new Promise((resolve, reject) => {
      const req = request(
        `${replica.url}${path}`,
        { agent, headers: { authorization: `Bearer ${replica.token}` } },
        response => {
          response.on('error', reject);
          response.on('end', () => resolve(response.statusCode));
          response.resume();
        },
      );
      req.on('error', error => {
        // The server closed it just before, because it was idle.
        if (req.reusedSocket && NOT_SENT.has(error.code)) error.isStale = true;
        reject(error);
      });
      req.end();
    });
  }

  async function read(path, dueAt) {
    for (;;) {
      const replica = nextReplica();
      if (!replica) {
        fail('no replica is left');
        return;
      }
      const sentAt = performance.now();
      try {
        const status = await get(replica, path);
        if (status === 200) {
          answered.push({ dueAt, took: performance.now() - dueAt });
        } else fail(`${status} of ${path}`);
        return;
      } catch (error) {
        const diedAt = killedAt.get(replica);
        if (diedAt === undefined && error.isStale) {
          again += 1;
          continue;
        }
        up.delete(replica);
        if (diedAt === undefined) {
          fail(`${error.code ?? error.message} of ${path}`);
          return;
        }
        if (sentAt < diedAt) {
          inFlight += 1;
          return;
        }
        if (!NOT_SENT.has(error.code)) {
          fail(`${error.code ?? error.message} of ${path}`);
          return;
        }
      }
    }
  }

  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    while (sent < due) {
      const dueAt = startedAt + (sent / perSecond) * 1000;
      if (pending.size >= MOST_PENDING) {
        fail(`not sent, for ${MOST_PENDING} wait`);
        sent += 1;
        continue;
      }
      const running = read(paths[sent % paths.length], dueAt);
      sent += 1;
      pending.add(running);
      running.then(() => pending.delete(running));
    }
  }, TICK_MS);

  const figuresOf = times => ({
    reads: times.length,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
    most: percentile(times, 100),
  });

  return {
    /** Notes that a replica is about to die: what it is answering is lost. */
    willDie(replica) {
      killedAt.set(replica, performance.now());
    },
    /** Of those that were due in a time, as `performance.now()` tells it. */
    during({ from, to }) {
      return figuresOf(
        answered
          .filter(({ dueAt }) => dueAt >= from && dueAt <= to)
          .map(({ took }) => took),
      );
    },
    /** Waits for the last answers; times are milliseconds. */
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
      return {
        ...figuresOf(answered.map(({ took }) => took)),
        again,
        inFlight,
        failed: [...failures.values()].reduce((sum, of) => sum + of, 0),
        failures: Object.fromEntries(failures),
      };
    },
  };
}
