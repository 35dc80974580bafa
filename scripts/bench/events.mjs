// How long it takes from a tracker's webhook to the changed status row.
import { count, heading, note, table, verdict } from './print.mjs';

const EVENTS = 60;
const TARGET_MS = 1_000;
const WITHIN_MS = 10_000;

const rank = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

/**
 * Creates issues one by one, each of another service, and sends the webhook of
 * each.
 */
export async function events({ backend, upstream }, { projects }) {
  const times = [];
  let lost = 0;
  const before = await upstream.ask('requests');
  for (let index = 0; index < EVENTS; index++) {
    const service = (index * 11) % projects;
    const issueKey = await upstream.ask('create', {
      project: `P${service}`,
      component: 'component-0',
    });
    const ms = await backend.ask('timeEvent', {
      issueKey,
      service: `component:default/service-${service}`,
      withinMs: WITHIN_MS,
    });
    if (ms === null) lost += 1;
    else times.push(ms);
    if (lost > 3) break;
  }
  const requests = (await upstream.ask('requests')) - before;
  heading(
    'From a signed webhook to the changed status row, one event after the other',
  );
  if (lost > 0) {
    note(
      `${lost} of ${times.length + lost} events changed no row within ${count(
        WITHIN_MS / 1000,
      )} s: MISSED`,
    );
    return;
  }
  times.sort((a, b) => a - b);
  const p95 = rank(times, 0.95);
  table([
    {
      events: count(times.length),
      p50: `${count(rank(times, 0.5))} ms`,
      p95: `${count(p95)} ms`,
      most: `${count(times.at(-1))} ms`,
      requests: count(requests),
      'target p95 < 1 s': verdict(p95 < TARGET_MS),
    },
  ]);
}
