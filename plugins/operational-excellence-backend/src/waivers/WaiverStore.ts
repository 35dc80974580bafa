import {
  Instant,
  Measure,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, storableInstant, storableText } from '../database';

/** A time-limited, reasoned exception to one measure of a service. */
export interface Waiver {
  id: string;
  measure: Measure;
  reason: string;
  /** The entity reference of who approves it. */
  approver: string;
  createdAt: Instant;
  until: Instant;
}

/** Keeps waivers, revoked ones included. */
export class WaiverStore {
  static create(): WaiverStore {
    return new WaiverStore();
  }

  private constructor() {}

  async add(
    tx: Knex.Transaction,
    serviceId: number,
    waiver: Waiver,
  ): Promise<void> {
    await tx('waivers').insert({
      id: waiver.id,
      service_id: serviceId,
      measure: waiver.measure,
      reason: storableText(waiver.reason),
      approver: storableText(waiver.approver),
      created_at: storableInstant(waiver.createdAt),
      until: storableInstant(waiver.until),
      revoked_at: null,
    });
  }

  /**
   * Ends a waiver before its time; one that was revoked before stays so.
   *
   * @returns its service and its end, `undefined` where there is no such waiver
   */
  async revoke(
    tx: Knex.Transaction,
    id: string,
    options: { now: Instant; revokedBy: string },
  ): Promise<{ serviceId: number; until: Instant } | undefined> {
    const { now, revokedBy } = options;
    await tx('waivers')
      .where({ id: storableText(id) })
      .where('until', '>', now)
      .whereNull('revoked_at')
      .update({ revoked_at: now, revoked_by: storableText(revokedBy) });
    const waiver = await tx('waivers')
      .where({ id: storableText(id) })
      .first('service_id', 'until');
    return (
      waiver && {
        serviceId: waiver.service_id,
        until: instantOf(waiver.until),
      }
    );
  }
}
