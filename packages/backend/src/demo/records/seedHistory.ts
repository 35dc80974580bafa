import {
  DAY_MS,
  Instant,
  ServiceDetail,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceRecordsExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_SERVICES } from '../data';
import { pastOf, pointOn } from './pastPoints';

/** How many days before the seeding are told of. */
const DAYS = 365;

/**
 * Between two days. The embedded database does all work at once, so that without
 * a pause the portal would answer nobody until all days are there.
 */
const PAUSE_MS = 10;

/**
 * Puts down how the demo organisation stood, day by day, as its tickets, game
 * days and readiness tests bear out. Days that are there already are left alone,
 * so that an interrupted seeding goes on without doubling what it did.
 */
export async function seedHistory(options: {
  records: OperationalExcellenceRecordsExtensionPoint;
  /** What is stored of a service by now. */
  service(name: string): Promise<ServiceDetail>;
  seededAt: Instant;
  signal: AbortSignal;
}): Promise<void> {
  const { records, seededAt, service, signal } = options;
  const pasts = [];
  for (const demo of DEMO_SERVICES) {
    pasts.push(pastOf(demo, await service(demo.name), seededAt));
  }
  const today = Math.floor(seededAt / DAY_MS) * DAY_MS;
  for (let ago = DAYS; ago >= 1; ago--) {
    await sleep(PAUSE_MS, undefined, { signal });
    const at = today - ago * DAY_MS;
    await records.recordDay({
      day: toIsoInstant(at).slice(0, 10),
      services: pasts.map(past => pointOn(past, at)),
    });
  }
}
