import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ImportResult,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  batchesOf,
  isPostgres,
  queryRows,
  storableText,
  textSet,
} from '../../database';
import { cleanLine, cleanText } from '../../improvements/text';
import { ImportEntries, ImportError, importResult } from '../../imports';
import { StatusUpdater } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import { readinessTestRow } from '../ReadinessTestStore';
import {
  identityColumns,
  rowOfRun,
  runOfResult,
  runOfRow,
  RunRow,
} from '../runs';
import { ReadinessImportEntry } from './readinessImportEntry';

/** Rows that are written with one statement. */
const BATCH_SIZE = 200;

/** One import at a time, so that none doubles what another one just wrote. */
const IMPORT_LOCK = 7_264_113;

/** A test of the past, once it is known what its fields mean. */
interface PastTest {
  line: number;
  importKey: string;
  serviceId: number;
  template: string;
  performedAt: Instant;
  performedBy: string | null;
  verdict: ReadinessImportEntry['verdict'];
  validUntil: Instant | null;
  summary: string | null;
}

interface Plan {
  errors: ImportError[];
  created: PastTest[];
  updated: { test: PastTest; stored: StoredImport }[];
  unchanged: number;
}

type StoredImport = RunRow & { import_key: string };

export interface ReadinessImportOptions {
  db: Knex;
  status: StatusUpdater;
  now?: () => Instant;
}

/**
 * Puts down readiness tests of the past: all of them, or none where one is
 * wrong. One that was imported before, by the same external id, is updated.
 */
export class ReadinessImport {
  readonly #db: Knex;
  readonly #status: StatusUpdater;
  readonly #now: () => Instant;

  static create(options: ReadinessImportOptions) {
    return new ReadinessImport(options);
  }

  private constructor({ db, now = Date.now, status }: ReadinessImportOptions) {
    this.#db = db;
    this.#status = status;
    this.#now = now;
  }

  async import(
    entries: ImportEntries<ReadinessImportEntry>,
    options: { dryRun: boolean; by: string },
  ): Promise<ImportResult> {
    const { by, dryRun } = options;
    const plan = await inTransaction(this.#db, async tx => {
      if (isPostgres(tx) && !dryRun) {
        await tx.raw('select pg_advisory_xact_lock(?)', [IMPORT_LOCK]);
      }
      const made = await this.#plan(tx, entries);
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
    { entries, errors: unreadable }: ImportEntries<ReadinessImportEntry>,
  ): Promise<Plan> {
    const errors = [...unreadable];
    const services = await serviceIds(
      tx,
      entries.map(({ value }) => value.service),
    );
    const templates = await knownTemplates(tx);
    const lines = new Map<string, number>();
    const tests: PastTest[] = [];
    for (const { line, value } of entries) {
      const test = this.#read(value, { line, services, templates, lines });
      if (Array.isArray(test)) errors.push(...test);
      else tests.push(test);
    }
    const stored = await storedImports(
      tx,
      tests.map(({ importKey }) => importKey),
    );
    const plan: Plan = { errors, created: [], updated: [], unchanged: 0 };
    for (const test of tests) {
      const known = stored.get(test.importKey);
      if (!known) plan.created.push(test);
      else if (isSame(test, known)) plan.unchanged++;
      else plan.updated.push({ test, stored: known });
    }
    return plan;
  }

  /** What an entry means, or what is wrong with it. */
  #read(
    entry: ReadinessImportEntry,
    options: {
      line: number;
      services: ReadonlyMap<string, number>;
      templates: ReadonlySet<string>;
      lines: Map<string, number>;
    },
  ): PastTest | ImportError[] {
    const { line, lines, services, templates } = options;
    const errors: ImportError[] = [];
    const wrong = (field: keyof ReadinessImportEntry, message: string) =>
      errors.push({ line, field, message });

    const serviceId = services.get(entry.service);
    if (serviceId === undefined) {
      wrong(
        'service',
        `there is no service ${entry.service}; expected an entity reference, such as component:default/payments`,
      );
    }
    if (!templates.has(entry.template)) {
      wrong(
        'template',
        `there is no template ${entry.template}; known are ${
          [...templates].join(', ') || 'none'
        }`,
      );
    }
    const performedAt = Date.parse(entry.performedAt);
    if (performedAt > this.#now()) wrong('performedAt', 'is in the future');
    const validUntil =
      entry.validUntil === undefined ? null : Date.parse(entry.validUntil);
    if (validUntil !== null && validUntil <= performedAt) {
      wrong('validUntil', 'expected an instant after performedAt');
    }
    const first = lines.get(entry.externalId);
    if (first === undefined) lines.set(entry.externalId, line);
    else wrong('externalId', `line ${first} has the same one`);
    if (errors.length || serviceId === undefined) return errors;
    return {
      line,
      importKey: storableText(entry.externalId),
      serviceId,
      template: entry.template,
      performedAt,
      performedBy: lineOf(entry.performedBy),
      verdict: entry.verdict,
      validUntil,
      summary: cleanText(entry.summary ?? '').trim() || null,
    };
  }

  async #write(tx: Knex.Transaction, plan: Plan, options: { by: string }) {
    const { created, updated } = plan;
    const updatedAt = this.#now();
    const runOf = (test: PastTest, id: string, version: number) => ({
      ...runOfResult({ ...test, id }),
      version,
      updatedBy: options.by,
      updatedAt,
    });
    const runs = created.map(test => ({
      test,
      run: runOf(test, randomUUID(), 1),
    }));
    for (const batch of batchesOf(runs, BATCH_SIZE)) {
      await tx('readiness_runs').insert(
        batch.map(({ run, test }) => ({
          ...rowOfRun(run),
          ...identityColumns({ importKey: test.importKey }),
        })),
      );
    }
    for (const { stored, test } of updated) {
      const run = runOf(test, stored.id, stored.version + 1);
      await tx('readiness_runs').where({ id: run.id }).update(rowOfRun(run));
      runs.push({ test, run });
    }
    for (const batch of batchesOf(runs, BATCH_SIZE)) {
      await tx('readiness_tests')
        .insert(
          batch.map(({ run, test }) =>
            readinessTestRow(test.serviceId, {
              ...run,
              performedAt: test.performedAt,
              verdict: test.verdict,
            }),
          ),
        )
        .onConflict(['id'])
        .merge();
    }
    await this.#status.recompute(tx, [
      ...runs.map(({ test }) => test.serviceId),
      ...updated.map(({ stored }) => stored.service_id),
    ]);
  }
}

function lineOf(text: string | undefined): string | null {
  return cleanLine(text ?? '') || null;
}

/** The ids of the services of the catalog, by the references as given. */
async function serviceIds(
  db: Knex,
  given: readonly string[],
): Promise<Map<string, number>> {
  const refs = new Map(given.map(text => [text, entityRefOf(text)]));
  const set = textSet(
    db,
    [...refs.values()].filter(ref => ref !== undefined),
  );
  const rows = await queryRows<{ id: number; entity_ref: string }>(
    db,
    `select id, entity_ref from services
     where removed_at is null and ${set.includes('entity_ref')}`,
    [set.binding],
  );
  const ids = new Map(rows.map(row => [row.entity_ref, row.id]));
  const found = new Map<string, number>();
  for (const [text, ref] of refs) {
    const id = ref === undefined ? undefined : ids.get(ref);
    if (id !== undefined) found.set(text, id);
  }
  return found;
}

function entityRefOf(text: string): string | undefined {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return storableText(stringifyEntityRef(ref));
  } catch {
    return undefined;
  }
}

/** Those that are there, and those that were. */
async function knownTemplates(db: Knex): Promise<Set<string>> {
  const ids: string[] = await db('readiness_templates')
    .orderBy('id')
    .pluck('id');
  return new Set(ids);
}

async function storedImports(
  db: Knex,
  keys: readonly string[],
): Promise<Map<string, StoredImport>> {
  const set = textSet(db, keys);
  const rows = await queryRows<StoredImport>(
    db,
    `select * from readiness_runs where ${set.includes('import_key')}`,
    [set.binding],
  );
  return new Map(rows.map(row => [row.import_key, row]));
}

function isSame(test: PastTest, stored: StoredImport): boolean {
  const run = runOfRow(stored);
  return (
    run.serviceId === test.serviceId &&
    run.template === test.template &&
    run.performedAt === test.performedAt &&
    run.performedBy === test.performedBy &&
    run.verdict === test.verdict &&
    run.validUntil === test.validUntil &&
    run.summary === test.summary
  );
}
