import {
  evaluationDueAt,
  improvementStage,
  ImprovementDelivery,
  ImprovementStage,
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  givenRowsSql,
  instantOf,
  queryRows,
  StoredInstant,
} from '../../database';
import { FROM_IMPROVEMENTS } from '../../improvements/queries/improvementSelect';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement } from '../Announcement';
import { AnnouncementStore } from '../AnnouncementStore';
import { Announce, Detection, Look, NOTE_BATCH } from './Detection';

interface SweptRow {
  sequence: number;
  id: string;
  title: string;
  service_id: number;
  policy_id: string | null;
  delivery_state: ImprovementDelivery;
  ticket_state: 'open' | 'in-progress' | 'done' | null;
  closed_at: StoredInstant | null;
  verdict: 'met' | 'not-met' | 'inconclusive' | null;
  noted_stage: ImprovementStage | null;
  noted_done_at: StoredInstant | null;
}

interface NotedRow {
  sequence: number;
  stage: string;
  done_at: number | null;
  was_stage: string | null;
  was_done_at: number | null;
}

const notedColumns: Columns<NotedRow> = {
  sequence: 'integer',
  stage: 'text',
  done_at: 'bigint',
  was_stage: 'text',
  was_done_at: 'bigint',
};

interface Change {
  row: SweptRow;
  stage: ImprovementStage;
  doneAt: Instant | null;
  dueAt: Instant | null;
}

export interface ImprovementSweepOptions {
  policies: readonly Policy[];
  store: AnnouncementStore;
}

/**
 * Announces improvements that are done and wait to be evaluated, and those that
 * waited for too long.
 *
 * @remarks
 *
 * Where an improvement stands follows from its ticket, which any page of a sync
 * may change, and from the policy: there is no instant to ask for. So each look
 * goes through the next few hundred improvements, of those that were filed from
 * the portal, and round again.
 */
export class ImprovementSweep implements Detection {
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #store: AnnouncementStore;
  #after = 0;

  static create(options: ImprovementSweepOptions) {
    return new ImprovementSweep(options);
  }

  private constructor({ policies, store }: ImprovementSweepOptions) {
    this.#policies = new Map(policies.map(policy => [policy.id, policy]));
    this.#store = store;
  }

  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    const rows = await readImprovements(db, this.#after);
    const isLast = rows.length < NOTE_BATCH;
    const changes = rows.flatMap(row => this.#changeOf(row, look) ?? []);
    if (changes.length) {
      await inTransaction(db, async tx => {
        const sequences = await note(tx, changes);
        const noted = changes.filter(({ row }) => sequences.has(row.sequence));
        // What was not sent yet of an earlier stage does not hold any more.
        await this.#store.withdraw(
          tx,
          noted.flatMap(({ row }) =>
            row.noted_stage === null
              ? []
              : [subjectOf(row, true), subjectOf(row, false)],
          ),
        );
        await announce(
          tx,
          noted.flatMap(change => announcementOf(change, look)),
        );
      });
    }
    this.#after = isLast ? 0 : rows[rows.length - 1].sequence;
  }

  #changeOf(row: SweptRow, { now }: Look): Change | undefined {
    const closedAt = instantOf(row.closed_at);
    const doneAt = row.ticket_state === 'done' ? closedAt : null;
    const dueAt = evaluationDueAt(
      doneAt,
      this.#policies.get(row.policy_id ?? ''),
    );
    const stage = improvementStage(
      {
        delivery: row.delivery_state,
        ticket: row.ticket_state && { state: row.ticket_state, closedAt },
        verdict: row.verdict,
        evaluationDueAt: dueAt,
      },
      now,
    );
    return stage === row.noted_stage && doneAt === instantOf(row.noted_done_at)
      ? undefined
      : { row, stage, doneAt, dueAt };
  }
}

async function readImprovements(db: Knex, after: number) {
  return queryRows<SweptRow>(
    db,
    `select i.sequence, i.id, i.title, i.service_id, st.policy_id,
       i.delivery_state, t.state as ticket_state, t.closed_at, e.verdict,
       i.noted_stage, i.noted_done_at
     ${FROM_IMPROVEMENTS}
     where i.sequence > ? order by i.sequence limit ${NOTE_BATCH}`,
    [after],
  );
}

/** Notes what nobody else noted meanwhile, and answers what that was. */
async function note(tx: Knex.Transaction, changes: readonly Change[]) {
  const given = changes.map(
    ({ doneAt, row, stage }): NotedRow => ({
      sequence: row.sequence,
      stage,
      done_at: doneAt,
      was_stage: row.noted_stage,
      was_done_at: instantOf(row.noted_done_at),
    }),
  );
  const noted = await queryRows<{ sequence: number }>(
    tx,
    `update improvements
     set noted_stage = given.stage, noted_done_at = given.done_at
     from ${givenRowsSql(tx, 'given', notedColumns)}
     where improvements.sequence = given.sequence
       and improvements.noted_stage is not distinct from given.was_stage
       and improvements.noted_done_at is not distinct from given.was_done_at
     returning improvements.sequence`,
    [JSON.stringify(given)],
  );
  return new Set(noted.map(({ sequence }) => sequence));
}

function subjectOf({ id }: SweptRow, isOver: boolean) {
  return `improvement/${id}/${isOver ? 'overdue' : 'due'}`;
}

function announcementOf(
  { doneAt, dueAt, row, stage }: Change,
  { since }: Look,
): Announcement[] {
  const isOver = stage === 'evaluation-overdue';
  if ((!isOver && stage !== 'evaluation-due') || dueAt === null) return [];
  // One that is seen for the first time may have been so for long.
  const began = isOver ? dueAt : doneAt;
  if (row.noted_stage === null && (began ?? 0) < since) return [];
  return [
    {
      kind: 'evaluationDue',
      subject: subjectOf(row, isOver),
      dueAt,
      facts: {
        serviceIds: [row.service_id],
        improvementId: row.id,
        title: row.title,
        isOver,
      },
    },
  ];
}
