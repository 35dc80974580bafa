import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  insertSql,
  instantOf,
  isPostgres,
  queryRows,
  storableText,
} from '../../database';
import { nowSql } from '../../sync/databaseTime';
import { inTransaction } from '../../sync/inTransaction';
import { withMovements } from './movements';
import {
  PreviewedService,
  previewOfRow,
  PreviewRow,
  previewServiceColumns,
  previewServiceRow,
  StoredPreview,
} from './previewRows';

const COLUMNS =
  'id, state, problem, policies, created_by, created_at, after_id, services, changed, changes, attempts';

/** A preview that this process works on, until its claim runs out. */
export interface ClaimedPreview extends StoredPreview {
  /** Known to nobody but the holder of the claim. */
  token: string;
}

/** Thrown where another process has taken over a preview, or it was removed. */
export class LostPreviewError extends Error {
  override readonly name = 'LostPreviewError';

  constructor({ id }: { id: string }) {
    super(`The policy preview ${id} was taken over or removed`);
  }
}

export interface NewPreview {
  policies: readonly Policy[];
  createdBy: string;
  createdAt: Instant;
  /** Which upcoming policies it is made for, where nobody asked for it. */
  upcoming: string | null;
}

/**
 * Keeps previews, and who works on which. A claim lasts for a lease, by the clock
 * of the database, from the last batch on; what its holder writes proves by its
 * token that nobody took over since.
 */
export class PreviewStore {
  readonly #db: Knex;
  readonly #leaseMs: number;

  /** @param options - `leaseMs`: longer than a batch takes */
  static create(options: { db: Knex; leaseMs: number }) {
    return new PreviewStore(options);
  }

  private constructor(options: { db: Knex; leaseMs: number }) {
    this.#db = options.db;
    this.#leaseMs = options.leaseMs;
  }

  /**
   * Stores a preview that is to be worked out.
   *
   * @param options - `keep`: how many there may be of who made it; the oldest go
   */
  async add(
    preview: NewPreview,
    options: { keep?: number } = {},
  ): Promise<StoredPreview> {
    return inTransaction(this.#db, async tx => {
      const [row] = await queryRows<PreviewRow>(
        tx,
        `insert into policy_previews (id, state, policies, created_by,
           created_at, upcoming, after_id, services, changed, changes, attempts,
           next_attempt_at)
         values (?, 'running', ?, ?, ?, ?, 0, 0, 0, '[]', 0, 0)
         returning ${COLUMNS}`,
        [
          randomUUID(),
          JSON.stringify(preview.policies),
          storableText(preview.createdBy),
          preview.createdAt,
          preview.upcoming,
        ],
      );
      if (options.keep !== undefined) {
        await tx.raw(
          `update policy_previews set removed_at = ?
           where created_by = ? and removed_at is null and id not in (
             select id from policy_previews
             where created_by = ? and removed_at is null
             order by created_at desc, id desc limit ?)`,
          [preview.createdAt, row.created_by, row.created_by, options.keep],
        );
      }
      return previewOfRow(row);
    });
  }

  async read(id: string): Promise<StoredPreview | undefined> {
    const [row] = await queryRows<PreviewRow>(
      this.#db,
      `select ${COLUMNS} from policy_previews
       where id = ? and removed_at is null`,
      [storableText(id)],
    );
    return row && previewOfRow(row);
  }

  /** The newest preview of upcoming policies; one that is done, if there is one. */
  async newestOf(upcoming: string): Promise<StoredPreview | undefined> {
    const [row] = await queryRows<PreviewRow>(
      this.#db,
      `select ${COLUMNS} from policy_previews
       where upcoming = ? and removed_at is null
       order by case when state = 'done' then 0 else 1 end,
         created_at desc, id limit 1`,
      [upcoming],
    );
    return row && previewOfRow(row);
  }

  /** When the last preview of upcoming policies was made, and how it fares. */
  async lastMade(
    upcoming: string,
  ): Promise<Pick<StoredPreview, 'createdAt' | 'state'> | undefined> {
    const [row] = await queryRows<Pick<PreviewRow, 'created_at' | 'state'>>(
      this.#db,
      `select state, created_at from policy_previews
       where upcoming = ? and removed_at is null
       order by created_at desc, id limit 1`,
      [upcoming],
    );
    return row && { state: row.state, createdAt: instantOf(row.created_at) };
  }

  /** Claims the preview that is due and has waited for longest. */
  async claim(): Promise<ClaimedPreview | undefined> {
    const db = this.#db;
    const now = nowSql(db);
    const token = randomUUID();
    // Two processes that look at the same time skip what the other one takes.
    const [row] = await queryRows<PreviewRow>(
      db,
      `with due as materialized (
        select id from policy_previews
        where state = 'running' and removed_at is null
          and next_attempt_at <= ${now}
          and (claimed_until is null or claimed_until <= ${now})
        order by created_at, id limit 1
        ${isPostgres(db) ? 'for update skip locked' : ''}
      )
      update policy_previews
      set claim_token = ?, claimed_until = ${now} + ?, attempts = attempts + 1
      where id in (select id from due)
      returning ${COLUMNS}`,
      [token, this.#leaseMs],
    );
    return row && { ...previewOfRow(row), token };
  }

  /**
   * Stores what becomes of the next services.
   *
   * @param batch - `services`: those that change a state; `seen`: how many were
   * looked at, up to `after`
   * @throws LostPreviewError
   */
  async storeBatch(
    claimed: ClaimedPreview,
    batch: {
      after: number;
      seen: number;
      services: readonly PreviewedService[];
    },
  ): Promise<ClaimedPreview> {
    const { after, seen, services } = batch;
    return inTransaction(this.#db, async tx => {
      const [row] = await queryRows<PreviewRow>(
        tx,
        `update policy_previews
         set after_id = ?, services = services + ?, changed = changed + ?,
           changes = ?, attempts = 0,
           claimed_until = ${nowSql(tx)} + ?
         where id = ? and claim_token = ? and removed_at is null
         returning ${COLUMNS}`,
        [
          after,
          seen,
          services.length,
          JSON.stringify(withMovements(claimed.changes, services)),
          this.#leaseMs,
          claimed.id,
          claimed.token,
        ],
      );
      if (!row) throw new LostPreviewError(claimed);
      if (services.length > 0) {
        await tx.raw(
          insertSql(tx, 'policy_preview_services', previewServiceColumns),
          [
            JSON.stringify(
              services.map(service => previewServiceRow(claimed.id, service)),
            ),
          ],
        );
      }
      return { ...previewOfRow(row), token: claimed.token };
    });
  }

  /** @throws LostPreviewError */
  async finish(claimed: ClaimedPreview): Promise<void> {
    await this.#end(claimed, `state = 'done'`, []);
  }

  /**
   * Ends a preview that cannot be worked out.
   *
   * @throws LostPreviewError
   */
  async fail(
    claimed: ClaimedPreview,
    options: { problem: string },
  ): Promise<void> {
    await this.#end(claimed, `state = 'failed', problem = ?`, [
      storableText(options.problem),
    ]);
  }

  /**
   * Leaves a preview to be gone on with later.
   *
   * @throws LostPreviewError
   */
  async postpone(
    claimed: ClaimedPreview,
    options: { nextIn: number },
  ): Promise<void> {
    await this.#end(claimed, `next_attempt_at = ${nowSql(this.#db)} + ?`, [
      options.nextIn,
    ]);
  }

  /** Gives a preview back, which is nobody's fault. */
  async release(claimed: ClaimedPreview): Promise<void> {
    await this.#end(claimed, 'attempts = 0', []);
  }

  async #end(
    { id, token }: ClaimedPreview,
    set: string,
    bindings: (string | number)[],
  ) {
    const rows = await queryRows(
      this.#db,
      `update policy_previews
       set ${set}, claim_token = null, claimed_until = null
       where id = ? and claim_token = ? and removed_at is null returning id`,
      [...bindings, id, token],
    );
    if (!rows.length) throw new LostPreviewError({ id });
  }
}
