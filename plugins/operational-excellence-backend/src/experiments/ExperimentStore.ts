import { EXERCISE_TAG } from 'backstage-plugin-operational-excellence-common';
import {
  Experiment,
  KnownExperiment,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  batchesOf,
  Columns,
  idSet,
  insertSql,
  isPostgres,
  isSameRow,
  queryRows,
  setExcluded,
  storableText,
  StoredBoolean,
  textSet,
} from '../database';
import {
  experimentColumns,
  ExperimentRow,
  rowOfExperiment,
  StoredExperimentRow,
} from './experimentRows';
import { linkTagged } from './linkTagged';
import { lookupsOf } from './lookups';
import { addMatchesSql } from './matchSql';

/** What a source delivered of one of its scopes. */
export interface StoredExperimentPage {
  sourceId: string;
  scopeId: number;
  /** Of several with the same external id, the last one is taken. */
  experiments: Experiment[];
}

/** How many services one statement takes. */
const BATCH_SIZE = 1000;

interface LookupRow {
  experiment_id: number;
  lookup: string;
}

const lookupColumns: Columns<LookupRow> = {
  experiment_id: 'integer',
  lookup: 'text',
};

interface Pending {
  row: ExperimentRow;
  lookups: Set<string>;
  /** The exercise that its own tag names. */
  exerciseId: string | null;
}

/**
 * Keeps the experiments of all sources, whatever becomes of them upstream, and
 * which services they exercise.
 *
 * @remarks
 *
 * An experiment exercises the services that it names, those whose annotations
 * name its template, and those of which it carries all the tags. Tags of its
 * template count as its own. One that carries the tag of an exercise is linked to
 * it, unless a person took it away there. Once stored in a final state, a version in a state
 * that is not final is stale and is dropped.
 */
export class ExperimentStore {
  static create(): ExperimentStore {
    return new ExperimentStore();
  }

  private constructor() {}

  /**
   * Stores a page and renews which services its experiments exercise. The
   * transaction has noted the progress of the scope before, and so holds its row:
   * a change of services waits for the page, or the page for the change.
   *
   * @returns the ids of the services whose figures may have changed
   */
  async storePage(
    tx: Knex.Transaction,
    page: StoredExperimentPage,
  ): Promise<number[]> {
    const pages = new Map<string, Pending>();
    for (const experiment of page.experiments) {
      const row = rowOfExperiment(experiment, page);
      pages.set(row.external_id, {
        row,
        lookups: lookupsOf(experiment),
        exerciseId: experiment.tags[EXERCISE_TAG] ?? null,
      });
    }
    const changed = await changedOnly(tx, page.sourceId, pages);
    if (!changed.size) return [];

    const ids = await upsert(tx, changed);
    const set = idSet(tx, ids.values());
    await replaceLookups(tx, ids, changed);
    await linkTagged(
      tx,
      Array.from(changed, ([externalId, { exerciseId }]) => ({
        experimentId: ids.get(externalId)!,
        exerciseId,
      })),
    );
    const before = await queryRows<{ service_id: number }>(
      tx,
      `delete from experiment_matches
       where ${set.includes('experiment_id')} returning service_id`,
      [set.binding],
    );
    const after = await queryRows<{ service_id: number }>(
      tx,
      addMatchesSql(tx, 'experiment_id', set.includes),
      [set.binding, set.binding],
    );
    const touched = [...before, ...after].map(({ service_id }) => service_id);
    return [...new Set(touched)].sort((a, b) => a - b);
  }

  /** What is stored of those of the experiments that are. */
  async known(
    db: Knex,
    sourceId: string,
    externalIds: string[],
  ): Promise<Map<string, KnownExperiment>> {
    const set = textSet(
      db,
      externalIds.map(id => storableText(id)),
    );
    const rows = await queryRows<{
      external_id: string;
      final: StoredBoolean;
      tags: string;
      template_tags: string;
    }>(
      db,
      `select external_id, final, tags, template_tags from experiments
       where source_id = ? and ${set.includes('external_id')}`,
      [sourceId, set.binding],
    );
    return new Map(
      rows.map(row => [
        row.external_id,
        {
          final: Boolean(row.final),
          tags: JSON.parse(row.tags),
          templateTags: JSON.parse(row.template_tags),
        },
      ]),
    );
  }

  /**
   * Renews which stored experiments exercise some services, after their
   * `experiment_matchers` changed in the same transaction or they are new.
   */
  async rematch(tx: Knex.Transaction, serviceIds: number[]): Promise<void> {
    await lockScopes(tx);
    for (const batch of batchesOf(serviceIds, BATCH_SIZE)) {
      const set = idSet(tx, batch);
      await tx.raw(
        `delete from experiment_matches where ${set.includes('service_id')}`,
        [set.binding],
      );
      await tx.raw(addMatchesSql(tx, 'service_id', set.includes), [
        set.binding,
        set.binding,
      ]);
    }
  }
}

/**
 * Waits for pages that are being stored, and keeps further ones waiting: services
 * that change can concern those of any scope. SQLite has one writer anyway.
 */
async function lockScopes(tx: Knex.Transaction) {
  if (!isPostgres(tx)) return;
  await tx('scopes')
    .where({ kind: 'experiment' })
    .orderBy('id')
    .forNoKeyUpdate()
    .select('id');
}

/** Without those that are stored the same, or in a final state meanwhile. */
async function changedOnly(
  tx: Knex.Transaction,
  sourceId: string,
  pages: Map<string, Pending>,
) {
  const set = textSet(tx, pages.keys());
  const stored = await queryRows<StoredExperimentRow>(
    tx,
    `select * from experiments
     where source_id = ? and ${set.includes('external_id')}`,
    [sourceId, set.binding],
  );
  const ids = idSet(
    tx,
    stored.map(({ id }) => id),
  );
  const lookups = new Map(stored.map(({ id }) => [id, new Set<string>()]));
  for (const { experiment_id, lookup } of await queryRows<LookupRow>(
    tx,
    `select experiment_id, lookup from experiment_lookups
     where ${ids.includes('experiment_id')}`,
    [ids.binding],
  )) {
    lookups.get(experiment_id)?.add(lookup);
  }

  const changed = new Map(pages);
  for (const row of stored) {
    const given = pages.get(row.external_id);
    if (!given) continue;
    const known = lookups.get(row.id) ?? new Set();
    const same =
      isSameRow(row, given.row, experimentColumns) &&
      known.size === given.lookups.size &&
      [...known].every(lookup => given.lookups.has(lookup));
    if (same || (row.final && !given.row.final)) {
      changed.delete(row.external_id);
    }
  }
  return changed;
}

async function upsert(
  tx: Knex.Transaction,
  changed: ReadonlyMap<string, Pending>,
): Promise<Map<string, number>> {
  const keys = ['source_id', 'external_id'];
  const rows = Array.from(changed.values(), ({ row }) => row).sort((a, b) =>
    a.external_id < b.external_id ? -1 : 1,
  );
  const written = await queryRows<{ id: number; external_id: string }>(
    tx,
    `${insertSql(tx, 'experiments', experimentColumns)}
     on conflict (source_id, external_id)
     do update set ${setExcluded(experimentColumns, keys)}
     returning id, external_id`,
    [JSON.stringify(rows)],
  );
  return new Map(written.map(({ id, external_id }) => [external_id, id]));
}

async function replaceLookups(
  tx: Knex.Transaction,
  ids: ReadonlyMap<string, number>,
  changed: ReadonlyMap<string, Pending>,
) {
  const set = idSet(tx, ids.values());
  await tx.raw(
    `delete from experiment_lookups where ${set.includes('experiment_id')}`,
    [set.binding],
  );
  const rows: LookupRow[] = [];
  for (const [externalId, { lookups }] of changed) {
    const experiment_id = ids.get(externalId);
    if (experiment_id === undefined) continue;
    for (const lookup of lookups) rows.push({ experiment_id, lookup });
  }
  await tx.raw(insertSql(tx, 'experiment_lookups', lookupColumns), [
    JSON.stringify(rows),
  ]);
}
