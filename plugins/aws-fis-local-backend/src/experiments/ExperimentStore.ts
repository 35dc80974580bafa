import { Knex } from 'knex';
import { Scope, scopeColumns } from '../database';
import { StopCondition, Tags, Target, TemplateAction } from '../templates';
import { Course } from './course';

/** What of its template an experiment keeps. */
export interface ExperimentDefinition {
  roleArn?: string;
  targets: Record<string, Target>;
  actions: Record<string, TemplateAction>;
  stopConditions: StopCondition[];
  logConfiguration?: object;
  experimentReportConfiguration?: object;
}

/** An experiment as it is stored. */
export interface Experiment extends Scope {
  id: string;
  templateId: string;
  /** Of the request that started it; `null` where it was imported. */
  clientToken: string | null;
  requestHash: string | null;
  createdAt: number;
  /** When it reaches its final state, past or to come. */
  endsAt: number;
  /** Whether it is never forgotten. */
  retained: boolean;
  definition: ExperimentDefinition;
  course: Course;
  tags: Tags;
}

interface ExperimentRow {
  id: string;
  account_id: string;
  region: string;
  template_id: string;
  client_token: string | null;
  request_hash: string | null;
  created_at: number | string;
  ends_at: number | string;
  retained: boolean | number;
  definition: string;
  course: string;
  tags: string;
}

const toExperiment = (row: ExperimentRow): Experiment => ({
  id: row.id,
  accountId: row.account_id,
  region: row.region,
  templateId: row.template_id,
  clientToken: row.client_token,
  requestHash: row.request_hash,
  createdAt: Number(row.created_at),
  endsAt: Number(row.ends_at),
  retained: Boolean(row.retained),
  definition: JSON.parse(row.definition),
  course: JSON.parse(row.course),
  tags: JSON.parse(row.tags),
});

const toRow = (experiment: Experiment): ExperimentRow => ({
  id: experiment.id,
  ...scopeColumns(experiment),
  template_id: experiment.templateId,
  client_token: experiment.clientToken,
  request_hash: experiment.requestHash,
  created_at: experiment.createdAt,
  ends_at: experiment.endsAt,
  retained: experiment.retained,
  definition: JSON.stringify(experiment.definition),
  course: JSON.stringify(experiment.course),
  tags: JSON.stringify(experiment.tags),
});

/**
 * Reads and writes experiments. Those that ended longer ago than the retention
 * are not seen any more.
 */
export class ExperimentStore {
  private readonly retentionMs: number;
  private readonly now: () => number;

  static create(options: {
    retentionMs: number;
    now: () => number;
  }): ExperimentStore {
    return new ExperimentStore(options.retentionMs, options.now);
  }

  private constructor(retentionMs: number, now: () => number) {
    this.retentionMs = retentionMs;
    this.now = now;
  }

  async put(tx: Knex, experiment: Experiment): Promise<void> {
    await tx<ExperimentRow>('experiments')
      .insert(toRow(experiment))
      .onConflict('id')
      .merge();
  }

  async find(
    db: Knex,
    scope: Scope,
    by: { id: string } | { clientToken: string },
  ): Promise<Experiment | undefined> {
    const row = await this.visible(db)
      .where(scopeColumns(scope))
      .where('id' in by ? { id: by.id } : { client_token: by.clientToken })
      .first();
    return row && toExperiment(row);
  }

  /** Whatever has this id, in any account and Region and however old. */
  async findAnywhere(db: Knex, id: string): Promise<Experiment | undefined> {
    const row = await db<ExperimentRow>('experiments').where({ id }).first();
    return row && toExperiment(row);
  }

  /** Those that have not reached their final state. */
  async active(db: Knex, scope: Scope): Promise<Experiment[]> {
    const rows = await db<ExperimentRow>('experiments')
      .where(scopeColumns(scope))
      .where('ends_at', '>', this.now());
    return rows.map(toExperiment);
  }

  async after(
    db: Knex,
    scope: Scope,
    options: { id: string; limit: number; templateId?: string },
  ): Promise<Experiment[]> {
    const { id, limit, templateId } = options;
    const rows = await this.visible(db)
      .where(scopeColumns(scope))
      .where('id', '>', id)
      .modify(query => {
        if (templateId !== undefined) query.where({ template_id: templateId });
      })
      .orderBy('id')
      .limit(limit);
    return rows.map(toExperiment);
  }

  /** Deletes what is not seen any more. */
  async forget(tx: Knex, scope: Scope): Promise<void> {
    await tx<ExperimentRow>('experiments')
      .where(scopeColumns(scope))
      .where('retained', false)
      .where('ends_at', '<=', this.now() - this.retentionMs)
      .delete();
  }

  private visible(db: Knex) {
    return db<ExperimentRow>('experiments').where(rows =>
      rows
        .where('retained', true)
        .orWhere('ends_at', '>', this.now() - this.retentionMs),
    );
  }
}
