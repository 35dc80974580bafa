import {
  ImportResult,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  batchesOf,
  isPostgres,
  queryRows,
  storableText,
  textSet,
} from '../../database';
import { ImportEntries, ImportError, importResult } from '../../imports';
import { StatusUpdater } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import {
  exerciseColumns,
  exerciseOfRow,
  ExerciseRow,
  StoredExercise,
} from '../exerciseRows';
import { ExerciseStore } from '../ExerciseStore';
import { planHash } from '../hashes';
import { ExerciseImportEntry, referencesOf } from './exerciseImportSchema';
import { ImportedServices } from './ImportedServices';
import {
  afterImport,
  isSameAfter,
  PastExercise,
  readPastExercise,
} from './pastExercise';

/** Rows that are written with one statement. */
const BATCH_SIZE = 200;

/** One import at a time, so that none doubles what another one just wrote. */
const IMPORT_LOCK = 7_264_114;

interface ImportPlan {
  errors: ImportError[];
  created: PastExercise[];
  updated: { past: PastExercise; before: StoredImport }[];
  unchanged: number;
}

interface StoredImport {
  exercise: StoredExercise;
  serviceIds: number[];
}

export interface ExerciseImportOptions {
  db: Knex;
  status: StatusUpdater;
  now?: () => Instant;
}

/**
 * Puts down exercises of the past: all of them, or none where one is wrong. Of
 * one that was imported before, by the same external id, what differs is changed.
 */
export class ExerciseImport {
  readonly #db: Knex;
  readonly #status: StatusUpdater;
  readonly #now: () => Instant;
  readonly #exercises = ExerciseStore.create();

  static create(options: ExerciseImportOptions) {
    return new ExerciseImport(options);
  }

  private constructor({ db, now = Date.now, status }: ExerciseImportOptions) {
    this.#db = db;
    this.#status = status;
    this.#now = now;
  }

  async import(
    entries: ImportEntries<ExerciseImportEntry>,
    options: { dryRun: boolean; by: string },
  ): Promise<ImportResult> {
    const { by, dryRun } = options;
    const plan = await inTransaction(this.#db, async tx => {
      if (isPostgres(tx) && !dryRun) {
        await tx.raw('select pg_advisory_xact_lock(?)', [IMPORT_LOCK]);
      }
      const made = await this.#plan(tx, entries, { dryRun });
      if (!dryRun && !made.errors.length) await this.#write(tx, made, { by });
      return made;
    });
    return importResult({
      dryRun,
      errors: plan.errors,
      created: plan.created.length,
      updated: plan.updated.length,
      unchanged: plan.unchanged,
    });
  }

  async #plan(
    tx: Knex.Transaction,
    { entries, errors: unreadable }: ImportEntries<ExerciseImportEntry>,
    { dryRun }: { dryRun: boolean },
  ): Promise<ImportPlan> {
    const errors = [...unreadable];
    const now = this.#now();
    const services = await ImportedServices.read(
      tx,
      entries.flatMap(({ value }) => referencesOf(value.services)),
    );
    const lines = new Map<string, number>();
    const exercises: PastExercise[] = [];
    for (const { line, value } of entries) {
      const first = lines.get(value.externalId);
      if (first === undefined) {
        lines.set(value.externalId, line);
      } else {
        const message = `line ${first} has the same one`;
        errors.push({ line, field: 'externalId', message });
      }
      const past = readPastExercise(value, { line, now, services });
      if (Array.isArray(past)) errors.push(...past);
      else exercises.push(past);
    }
    const stored = await storedImports(
      tx,
      exercises.map(({ importKey }) => importKey),
      { lock: !dryRun },
    );
    const plan: ImportPlan = { errors, created: [], updated: [], unchanged: 0 };
    for (const past of exercises) {
      const before = stored.get(past.importKey);
      if (!before) {
        plan.created.push(past);
      } else if (isSameAfter(past, before.exercise, before.serviceIds)) {
        plan.unchanged++;
      } else {
        plan.updated.push({ past, before });
      }
    }
    return plan;
  }

  async #write(
    tx: Knex.Transaction,
    { created, updated }: ImportPlan,
    { by }: { by: string },
  ) {
    const at = this.#now();
    const added = created.map(past => ({ id: randomUUID(), past }));
    for (const batch of batchesOf(added, BATCH_SIZE)) {
      await tx('exercises').insert(
        batch.map(({ id, past }) => {
          const exercise = afterImport(past);
          return {
            ...exerciseColumns(exercise),
            id,
            version: 1,
            plan_hash: planHash(exercise, past.serviceIds),
            import_key: past.importKey,
            created_by: storableText(by),
            created_at: at,
            updated_by: storableText(by),
            updated_at: at,
          };
        }),
      );
      await tx('exercise_services').insert(
        batch.flatMap(({ id, past }) =>
          past.serviceIds.map(service_id => ({ exercise_id: id, service_id })),
        ),
      );
    }
    for (const { before, past } of updated) {
      const exercise = {
        ...before.exercise,
        ...afterImport(past, before.exercise),
      };
      await this.#exercises.update(tx, exercise, { by, at });
      await this.#exercises.setServices(tx, exercise.id, past.serviceIds);
    }
    await this.#status.recompute(tx, [
      ...created.flatMap(({ serviceIds }) => serviceIds),
      ...updated.flatMap(({ before, past }) => [
        ...before.serviceIds,
        ...past.serviceIds,
      ]),
    ]);
  }
}

/**
 * What was imported before, by what files call it by. Where it is to be changed,
 * people who change it meanwhile wait, and are told then.
 */
async function storedImports(
  db: Knex,
  keys: readonly string[],
  { lock }: { lock: boolean },
): Promise<Map<string, StoredImport>> {
  const set = textSet(db, keys);
  const rows = await queryRows<ExerciseRow>(
    db,
    `select * from exercises where ${set.includes('import_key')} order by id
     ${lock && isPostgres(db) ? 'for no key update' : ''}`,
    [set.binding],
  );
  const ids = textSet(
    db,
    rows.map(({ id }) => id),
  );
  const services = await queryRows<{ exercise_id: string; service_id: number }>(
    db,
    `select exercise_id, service_id from exercise_services
     where ${ids.includes('exercise_id')} order by service_id`,
    [ids.binding],
  );
  const serviceIds = new Map<string, number[]>();
  for (const { exercise_id, service_id } of services) {
    const of = serviceIds.get(exercise_id) ?? [];
    of.push(service_id);
    serviceIds.set(exercise_id, of);
  }
  return new Map(
    rows.map(row => [
      row.import_key ?? '',
      {
        exercise: exerciseOfRow(row),
        serviceIds: serviceIds.get(row.id) ?? [],
      },
    ]),
  );
}
