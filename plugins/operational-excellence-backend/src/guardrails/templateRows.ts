import {
  ExperimentTemplateItem,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { ExperimentTemplate } from 'backstage-plugin-operational-excellence-node';
import {
  Columns,
  instantOf,
  storableRecord,
  storableText,
  storableUrl,
  StoredRow,
} from '../database';

/** What is written to `experiment_templates`, beside its id. */
export interface TemplateRow {
  source_id: string;
  external_id: string;
  scope_id: number;
  title: string;
  url: string | null;
  account_id: string;
  region: string;
  revision: string;
  stop_conditions: string;
  unguarded: boolean;
  log_configured: boolean;
  tags: string;
  checked_at: number;
}

export const templateColumns: Columns<TemplateRow> = {
  source_id: 'text',
  external_id: 'text',
  scope_id: 'integer',
  title: 'text',
  url: 'text',
  account_id: 'text',
  region: 'text',
  revision: 'text',
  stop_conditions: 'text',
  unguarded: 'boolean',
  log_configured: 'boolean',
  tags: 'text',
  checked_at: 'bigint',
};

export type StoredTemplateRow = StoredRow<TemplateRow> & { id: number };

export function rowOfTemplate(
  template: ExperimentTemplate,
  where: { sourceId: string; scopeId: number; now: number },
): TemplateRow {
  return {
    source_id: where.sourceId,
    external_id: storableText(template.externalId),
    scope_id: where.scopeId,
    title: storableText(template.title),
    url: storableUrl(template.url),
    account_id: storableText(template.accountId),
    region: storableText(template.region),
    revision: storableText(template.revision),
    stop_conditions: JSON.stringify(
      template.stopConditions.map(({ source, value }) => ({
        source: storableText(source),
        value: storableText(value),
      })),
    ),
    unguarded: template.stopConditions.length === 0,
    log_configured: template.logConfigured,
    tags: storableRecord(template.tags),
    checked_at: where.now,
  };
}

export function templateOfRow(
  row: StoredTemplateRow,
): Omit<ExperimentTemplateItem, 'entityRefs'> {
  return {
    sourceId: row.source_id,
    id: row.external_id,
    title: row.title,
    url: row.url,
    accountId: row.account_id,
    region: row.region,
    guardrails: {
      stopConditions: JSON.parse(row.stop_conditions),
      logConfigured: Boolean(row.log_configured),
      // Decided when an experiment is started.
      actionsMode: null,
    },
    checkedAt: toIsoInstant(instantOf(row.checked_at)),
  };
}
