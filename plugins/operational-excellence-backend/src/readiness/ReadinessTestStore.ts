import {
  Instant,
  ReadinessVerdict,
  ServiceDetail,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  storableInstant,
  storableText,
  StoredRow,
} from '../database';

/** What one run of a readiness template against a service came to. */
export interface ReadinessTest {
  id: string;
  template: string;
  performedAt: Instant;
  /** The entity reference of who performed it. */
  performedBy: string | null;
  verdict: ReadinessVerdict;
  /** `null` leaves the expiry to the policy. */
  validUntil: Instant | null;
  summary: string | null;
}

interface ReadinessTestRow {
  id: string;
  service_id: number;
  template: string;
  performed_at: number;
  performed_by: string | null;
  verdict: ReadinessVerdict;
  valid_until: number | null;
  summary: string | null;
}

export function readinessTestRow(
  serviceId: number,
  test: ReadinessTest,
): ReadinessTestRow {
  return {
    id: test.id,
    service_id: serviceId,
    template: storableText(test.template),
    performed_at: storableInstant(test.performedAt),
    performed_by: storableText(test.performedBy),
    verdict: test.verdict,
    valid_until: storableInstant(test.validUntil),
    summary: storableText(test.summary),
  };
}

/** Keeps the results of readiness tests, which the status follows from. */
export class ReadinessTestStore {
  static create(): ReadinessTestStore {
    return new ReadinessTestStore();
  }

  private constructor() {}

  async add(
    tx: Knex.Transaction,
    serviceId: number,
    test: ReadinessTest,
  ): Promise<void> {
    await tx<ReadinessTestRow>('readiness_tests').insert(
      readinessTestRow(serviceId, test),
    );
  }

  /** The newest tests of a service, of any template, newest first. */
  async newest(
    db: Knex,
    serviceId: number,
    options: { limit: number },
  ): Promise<ServiceDetail['readinessTests']> {
    const rows: StoredRow<ReadinessTestRow>[] = await db('readiness_tests')
      .where({ service_id: serviceId })
      .orderBy([
        { column: 'performed_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(options.limit);
    return rows.map(row => ({
      id: row.id,
      template: row.template,
      performedAt: toIsoInstant(instantOf(row.performed_at)),
      performedBy: row.performed_by,
      verdict: row.verdict,
      validUntil: toIsoInstant(instantOf(row.valid_until)),
      summary: row.summary,
    }));
  }
}
