import {
  countsAsGameDay,
  ExperimentItem,
  ExperimentState,
  isFinalExperimentState,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Experiment } from 'backstage-plugin-operational-excellence-node';
import {
  Columns,
  instantOf,
  storableInstant,
  storableRecord,
  storableText,
  storableUrl,
  StoredRow,
} from '../database';

/** What is written to `experiments`, beside the id that the database gives. */
export interface ExperimentRow {
  source_id: string;
  external_id: string;
  scope_id: number;
  title: string;
  url: string | null;
  account_id: string;
  region: string;
  template_id: string | null;
  state: ExperimentState;
  reason: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  dry_run: boolean;
  final: boolean;
  counts_as_game_day: boolean;
  stop_conditions: string;
  log_configured: boolean | null;
  actions: string;
  options: string;
  tags: string;
  template_tags: string;
}

export const experimentColumns: Columns<ExperimentRow> = {
  source_id: 'text',
  external_id: 'text',
  scope_id: 'integer',
  title: 'text',
  url: 'text',
  account_id: 'text',
  region: 'text',
  template_id: 'text',
  state: 'text',
  reason: 'text',
  created_at: 'bigint',
  started_at: 'bigint',
  ended_at: 'bigint',
  dry_run: 'boolean',
  final: 'boolean',
  counts_as_game_day: 'boolean',
  stop_conditions: 'text',
  log_configured: 'boolean',
  actions: 'text',
  options: 'text',
  tags: 'text',
  template_tags: 'text',
};

export type StoredExperimentRow = StoredRow<ExperimentRow> & { id: number };

export function rowOfExperiment(
  experiment: Experiment,
  where: { sourceId: string; scopeId: number },
): ExperimentRow {
  return {
    source_id: where.sourceId,
    external_id: storableText(experiment.externalId),
    scope_id: where.scopeId,
    title: storableText(experiment.title),
    url: storableUrl(experiment.url),
    account_id: storableText(experiment.accountId),
    region: storableText(experiment.region),
    template_id: storableText(experiment.templateId),
    state: experiment.state,
    reason: storableText(experiment.reason),
    created_at: storableInstant(experiment.createdAt),
    started_at: storableInstant(experiment.startedAt),
    ended_at: storableInstant(experiment.endedAt),
    dry_run: experiment.dryRun,
    final: isFinalExperimentState(experiment.state),
    counts_as_game_day: countsAsGameDay(experiment),
    stop_conditions: JSON.stringify(
      experiment.stopConditions.map(({ source, value }) => ({
        source: storableText(source),
        value: storableText(value),
      })),
    ),
    log_configured: experiment.logConfigured ?? null,
    actions: JSON.stringify(
      experiment.actions.map(action => ({
        name: storableText(action.name),
        actionId: storableText(action.actionId),
        state: storableText(action.state),
        startedAt: storableInstant(action.startedAt),
        endedAt: storableInstant(action.endedAt),
      })),
    ),
    options: storableRecord(experiment.options),
    tags: storableRecord(experiment.tags),
    template_tags: storableRecord(experiment.templateTags),
  };
}

export function experimentOfRow(
  row: StoredExperimentRow,
): Omit<ExperimentItem, 'entityRefs'> {
  const actions: Experiment['actions'] = JSON.parse(row.actions);
  return {
    id: row.external_id,
    sourceId: row.source_id,
    title: row.title,
    url: row.url,
    accountId: row.account_id,
    region: row.region,
    templateId: row.template_id,
    state: row.state,
    reason: row.reason,
    createdAt: toIsoInstant(instantOf(row.created_at)),
    startedAt: toIsoInstant(instantOf(row.started_at)),
    endedAt: toIsoInstant(instantOf(row.ended_at)),
    dryRun: Boolean(row.dry_run),
    countsAsGameDay: Boolean(row.counts_as_game_day),
    guardrails: {
      stopConditions: JSON.parse(row.stop_conditions),
      logConfigured:
        row.log_configured === null ? null : Boolean(row.log_configured),
      actionsMode: row.dry_run ? 'skip-all' : 'run-all',
    },
    actions: actions.map(action => ({
      ...action,
      startedAt: toIsoInstant(action.startedAt),
      endedAt: toIsoInstant(action.endedAt),
    })),
    tags: JSON.parse(row.tags),
  };
}
