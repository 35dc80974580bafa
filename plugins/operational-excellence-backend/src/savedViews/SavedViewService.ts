import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  Instant,
  SavedViewSubmission,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  instantOf,
  isPostgres,
  storableText,
  StoredBoolean,
  StoredInstant,
} from '../database';
import { cleanLine } from '../improvements/text';
import { inTransaction } from '../sync/inTransaction';

/** How many views one person has at most. */
export const OWN_MAX = 100;

/** How many views are shared at most. */
export const SHARED_MAX = 500;

/** Of the transactions that write views. */
const VIEWS_LOCK = 611_240_120;

/** A view as it is kept. */
export interface StoredView {
  id: string;
  title: string;
  search: string;
  shared: boolean;
  createdBy: string;
  createdAt: string;
}

/** Somebody, and whether they may share views. */
export interface ViewOwner {
  userRef: string;
  mayShare: boolean;
}

interface ViewRow {
  id: string;
  title: string;
  search: string;
  shared: StoredBoolean;
  created_by: string;
  created_at: StoredInstant;
}

/** Keeps views of the scorecard that people saved. */
export class SavedViewService {
  readonly #db: Knex;
  readonly #now: () => Instant;

  static create(options: { db: Knex; now?: () => Instant }) {
    return new SavedViewService(options);
  }

  private constructor(options: { db: Knex; now?: () => Instant }) {
    this.#db = options.db;
    this.#now = options.now ?? Date.now;
  }

  /** Those of somebody, and those that are shared, by title. */
  async list(userRef: string): Promise<StoredView[]> {
    const rows = await this.#db<ViewRow>('saved_views')
      .where({ created_by: storableText(userRef) })
      .orWhere({ shared: true });
    return rows.map(viewOfRow).sort(byTitle);
  }

  /** `undefined` where there is none. */
  async get(id: string): Promise<StoredView | undefined> {
    return find(this.#db, id);
  }

  /**
   * @throws InputError where nothing is left of the title
   * @throws NotAllowedError where it is to be shared by who may not
   * @throws ConflictError where there are as many as are kept
   */
  async add(
    submission: SavedViewSubmission,
    { mayShare, userRef }: ViewOwner,
  ): Promise<StoredView> {
    const { shared } = submission;
    if (shared && !mayShare) throw mayNotShare();
    const row = this.#newRow(submission, userRef);
    await this.#oneByOne(async tx => {
      await requireRoom(tx, { created_by: row.created_by }, OWN_MAX);
      if (shared) await requireRoom(tx, { shared: true }, SHARED_MAX);
      await tx('saved_views').insert(row);
    });
    return viewOfRow(row);
  }

  /**
   * Shares a view on behalf of somebody, whatever they may do. The same title of
   * the same one is the same view, and stays as it is.
   *
   * @returns its id
   * @throws InputError where nothing is left of the title
   * @throws ConflictError where as many are shared as are kept
   */
  async share(
    view: { title: string; search: string },
    userRef: string,
  ): Promise<string> {
    const row = this.#newRow({ ...view, shared: true }, userRef);
    const { created_by, id, shared, title } = row;
    return this.#oneByOne(async tx => {
      const known = await tx<ViewRow>('saved_views')
        .where({ created_by, shared, title })
        .first('id');
      if (known) return known.id;
      await requireRoom(tx, { shared: true }, SHARED_MAX);
      await tx('saved_views').insert(row);
      return id;
    });
  }

  /**
   * Changes a view that somebody saved, or that is shared.
   *
   * @throws InputError where nothing is left of the title
   * @throws NotFoundError where they see no such view
   * @throws NotAllowedError where they may not change it, or share it
   * @throws ConflictError where as many are shared as are kept
   */
  async change(
    id: string,
    submission: SavedViewSubmission,
    owner: ViewOwner,
  ): Promise<StoredView> {
    const { search, shared } = submission;
    const title = titleOf(submission);
    return this.#oneByOne(async tx => {
      const current = await findToChange(tx, id, owner);
      if (shared && !current.shared) {
        if (!owner.mayShare) throw mayNotShare();
        await requireRoom(tx, { shared: true }, SHARED_MAX);
      }
      const change = { title, search: storableText(search), shared };
      await tx('saved_views').where({ id: current.id }).update(change);
      return { ...current, ...change };
    });
  }

  /**
   * @throws NotFoundError where they see no such view
   * @throws NotAllowedError where they may not change it
   */
  async remove(id: string, owner: ViewOwner): Promise<void> {
    await this.#oneByOne(async tx => {
      const current = await findToChange(tx, id, owner);
      await tx('saved_views').where({ id: current.id }).delete();
    });
  }

  #newRow(submission: SavedViewSubmission, userRef: string) {
    return {
      id: randomUUID(),
      title: titleOf(submission),
      search: storableText(submission.search),
      shared: submission.shared,
      created_by: storableText(userRef),
      created_at: this.#now(),
    };
  }

  /**
   * One after the other: two at once would both find room for one. There are few
   * of them, and each is short.
   */
  async #oneByOne<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return inTransaction(this.#db, async tx => {
      if (isPostgres(tx)) {
        await tx.raw('select pg_advisory_xact_lock(?)', [VIEWS_LOCK]);
      }
      return work(tx);
    });
  }
}

/** Whether somebody may change a view that they see. */
export function mayChange(view: StoredView, owner: ViewOwner): boolean {
  return view.createdBy === owner.userRef || (view.shared && owner.mayShare);
}

async function find(db: Knex, id: string): Promise<StoredView | undefined> {
  const row = await db<ViewRow>('saved_views')
    .where({ id: storableText(id) })
    .first();
  return row && viewOfRow(row);
}

async function findToChange(
  tx: Knex.Transaction,
  id: string,
  owner: ViewOwner,
): Promise<StoredView> {
  const view = await find(tx, id);
  // What somebody keeps for themselves is hidden from others.
  if (!view || (!view.shared && view.createdBy !== owner.userRef)) {
    throw new NotFoundError(
      `There is no saved view ${
        id.length > 100 ? `${id.slice(0, 100)}…` : id
      }, or it is not shared with you`,
    );
  }
  if (!mayChange(view, owner)) {
    throw new NotAllowedError(
      `Only ${view.createdBy}, who saved the view, and who may share views can change it`,
    );
  }
  return view;
}

async function requireRoom(
  tx: Knex.Transaction,
  which: { created_by: string } | { shared: true },
  max: number,
) {
  const [{ count }] = await tx('saved_views').where(which).count('* as count');
  if (Number(count) < max) return;
  throw new ConflictError(
    'shared' in which
      ? `There are ${max} shared views, as many as are kept; remove one that nobody needs first`
      : `You have ${max} saved views, as many as are kept; remove one that you do not need first`,
  );
}

function mayNotShare() {
  return new NotAllowedError(
    'You may save views, but not share them with everybody',
  );
}

/** @throws InputError where nothing is left of it */
function titleOf({ title }: SavedViewSubmission): string {
  const cleaned = cleanLine(title);
  if (cleaned) return storableText(cleaned);
  throw new InputError(
    'Invalid body property title: expected more than control characters',
  );
}

function viewOfRow(row: ViewRow): StoredView {
  return {
    id: row.id,
    title: row.title,
    search: row.search,
    shared: Boolean(row.shared),
    createdBy: row.created_by,
    createdAt: toIsoInstant(instantOf(row.created_at)),
  };
}

function byTitle(a: StoredView, b: StoredView) {
  return (
    a.title.localeCompare(b.title, 'en-US', { numeric: true }) ||
    (a.id < b.id ? -1 : 1)
  );
}
