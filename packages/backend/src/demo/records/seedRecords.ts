import {
  DAY_MS,
  Instant,
  ServiceDetail,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceRecordsExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { serviceRef } from '../catalog';
import { DEMO_SERVICES, DEMO_USERS, DemoService } from '../data';
import { finishedRun, openRun, TEMPLATE } from './readinessRuns';

/** Who approves exceptions in the demo organisation. */
const APPROVER = 'user:default/sofia.ferrari';

export interface SeedRecordsOptions {
  records: OperationalExcellenceRecordsExtensionPoint;
  /** What is stored of a service by now. */
  service(name: string): Promise<ServiceDetail>;
  seededAt: Instant;
}

/**
 * Puts down the readiness tests and waivers of the demo. Looks before each one,
 * or has a key for it, so that an interrupted seeding goes on without doubling
 * what it did.
 */
export async function seedRecords(options: SeedRecordsOptions): Promise<void> {
  for (const demo of DEMO_SERVICES) {
    if (!demo.readiness?.length && !demo.openReadiness && !demo.waiver) {
      continue;
    }
    const stored = await options.service(demo.name);
    await seedReadinessTests(demo, stored, options);
    await seedWaiver(demo, stored, options);
  }
}

async function seedReadinessTests(
  demo: DemoService,
  stored: ServiceDetail,
  { records, seededAt }: SeedRecordsOptions,
) {
  const [performer] = DEMO_USERS.filter(({ team }) => team === demo.owner);
  for (const test of demo.readiness ?? []) {
    const performedAt = seededAt - test.daysAgo * DAY_MS;
    const isStored = stored.readinessTests.some(
      ({ template, performedAt: at }) =>
        template === TEMPLATE && at === toIsoInstant(performedAt),
    );
    if (isStored) continue;
    const run = finishedRun(demo, test, seededAt);
    if (run) {
      await records.recordReadinessRun(run);
      continue;
    }
    await records.recordReadinessTest({
      entityRef: serviceRef(demo),
      template: TEMPLATE,
      performedAt,
      performedBy: `user:default/${performer.name}`,
      verdict: test.verdict,
      validUntil:
        test.validForDays === undefined
          ? null
          : performedAt + test.validForDays * DAY_MS,
      summary: `Demo data: ${test.summary}`,
    });
  }
  if (demo.openReadiness) {
    await records.recordReadinessRun(
      openRun(demo, demo.openReadiness, seededAt),
    );
  }
}

async function seedWaiver(
  demo: DemoService,
  stored: ServiceDetail,
  { records, seededAt }: SeedRecordsOptions,
) {
  const { waiver } = demo;
  if (!waiver) return;
  const { measure } = waiver;
  const until = seededAt + waiver.forDays * DAY_MS;
  if (stored[measure].waivedUntil === toIsoInstant(until)) return;
  await records.grantWaiver({
    entityRef: serviceRef(demo),
    measure,
    reason: `Demo data: ${waiver.reason}`,
    approver: APPROVER,
    until,
  });
}
