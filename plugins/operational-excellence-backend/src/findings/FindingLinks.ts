import { ConflictError, NotFoundError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryRows, storableText } from '../database';
import { FindingOriginKind, FindingRow } from './findingRows';
import { FindingStore } from './FindingStore';

/** Ties improvements to the findings that they are filed for. */
export class FindingLinks {
  readonly #findings = FindingStore.create();

  static create(): FindingLinks {
    return new FindingLinks();
  }

  private constructor() {}

  /**
   * What a finding of a service comes from.
   *
   * @throws NotFoundError where the service has no such finding
   */
  async originKind(
    db: Knex,
    finding: { id: string; serviceId: number },
  ): Promise<FindingOriginKind> {
    const row = await db<FindingRow>('findings')
      .where({ id: storableText(finding.id), service_id: finding.serviceId })
      .first('origin_kind');
    if (!row) throw noSuchFinding(finding.id);
    return row.origin_kind;
  }

  /**
   * Ties an improvement to a finding, in the transaction that stores it. Of two
   * that are filed for one finding at once, the second is refused.
   *
   * @throws ConflictError where another one is under way already
   * @throws NotFoundError where the service has no such finding
   */
  async link(
    tx: Knex.Transaction,
    link: {
      findingId: string;
      serviceId: number;
      improvementId: string;
      linkedBy: string;
      linkedAt: Instant;
    },
  ): Promise<void> {
    const finding = await this.#findings.lock(tx, link.findingId);
    if (finding?.service_id !== link.serviceId) {
      throw noSuchFinding(link.findingId);
    }
    if (finding.improvement_id !== null) {
      await requireNoneUnderWay(tx, finding.improvement_id);
    }
    await this.#findings.change(tx, finding, {
      improvementId: link.improvementId,
      changedBy: link.linkedBy,
      changedAt: link.linkedAt,
    });
  }
}

/** One that is done, and did not help, or is gone makes room for another one. */
async function requireNoneUnderWay(db: Knex, improvementId: string) {
  const [earlier] = await queryRows<{
    delivery_state: string;
    filed_by: string;
    ticket_key: string | null;
    state: string | null;
  }>(
    db,
    `select i.delivery_state, i.filed_by, t.state,
       coalesce(t.key, i.ticket_key) as ticket_key
     from improvements i left join tickets t
       on t.source_id = i.source_id and t.external_id = i.external_id
     where i.id = ?`,
    [improvementId],
  );
  if (!earlier) return;
  const isGone = earlier.delivery_state === 'filed' && earlier.state === null;
  if (isGone || earlier.state === 'done') return;
  throw new ConflictError(
    `For this finding, ${earlier.filed_by} filed an improvement already${
      earlier.ticket_key === null
        ? ', which is on its way to its tracker'
        : `: ${earlier.ticket_key}, which is not done yet`
    }`,
  );
}

function noSuchFinding(id: string) {
  return new NotFoundError(
    `The service has no finding ${
      id.length > 100 ? `${id.slice(0, 100)}…` : id
    }`,
  );
}
