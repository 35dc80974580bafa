import {
  GameDayKind,
  ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import { Columns, StoredRow } from '../database';

/** What a status row copies of its service. */
export interface ListedService {
  service_id: number;
  entity_ref: string;
  title: string;
  search_text: string;
  owner_ref: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  type: string | null;
  lifecycle: string | null;
  tier: string | null;
  policy_id: string | null;
}

/** A row of `service_status`, as it is written. */
export interface StatusRow extends ListedService {
  state_rank: number;
  backlog_rank: number;
  game_day_rank: number;
  readiness_rank: number;
  settled_until: number | null;

  backlog_required: boolean;
  backlog_configured: boolean;
  backlog_known: boolean;
  backlog_problem: string | null;
  backlog_scope_group: string | null;
  backlog_due_at: number | null;
  backlog_warn_at: number | null;
  backlog_waived_until: number | null;
  backlog_open_count: number;
  backlog_oldest_created_at: number | null;
  backlog_median_created_at: number | null;
  backlog_p85_created_at: number | null;
  backlog_oldest_started_at: number | null;
  backlog_opened_30d: number;
  backlog_closed_30d: number;
  backlog_opened_90d: number;
  backlog_closed_90d: number;
  backlog_all_closed_90d: number;
  backlog_last_closed_at: number | null;
  backlog_improvement_share_90d: number | null;
  backlog_valid_until: number | null;

  game_day_required: boolean;
  game_day_configured: boolean;
  game_day_problem: string | null;
  game_day_scope_group: string | null;
  game_day_all_scope_group: string | null;
  game_day_due_at: number | null;
  game_day_warn_at: number | null;
  game_day_waived_until: number | null;
  game_day_last_held_at: number | null;
  game_day_last_kind: GameDayKind | null;
  game_day_last_id: string | null;
  game_day_last_title: string | null;
  game_day_last_outcome: string | null;

  readiness_required: boolean;
  readiness_failing: boolean;
  readiness_happened: boolean;
  readiness_due_at: number | null;
  readiness_warn_at: number | null;
  readiness_waived_until: number | null;
  readiness_last_performed_at: number | null;
  readiness_verdict: ReadinessVerdict | null;
  readiness_template: string | null;
  readiness_missing_templates: string;
}

export const listedColumns: Columns<ListedService> = {
  service_id: 'integer',
  entity_ref: 'text',
  title: 'text',
  search_text: 'text',
  owner_ref: 'text',
  system_ref: 'text',
  domain_ref: 'text',
  type: 'text',
  lifecycle: 'text',
  tier: 'text',
  policy_id: 'text',
};

export const statusColumns: Columns<StatusRow> = {
  ...listedColumns,
  state_rank: 'integer',
  backlog_rank: 'integer',
  game_day_rank: 'integer',
  readiness_rank: 'integer',
  settled_until: 'bigint',
  backlog_required: 'boolean',
  backlog_configured: 'boolean',
  backlog_known: 'boolean',
  backlog_problem: 'text',
  backlog_scope_group: 'text',
  backlog_due_at: 'bigint',
  backlog_warn_at: 'bigint',
  backlog_waived_until: 'bigint',
  backlog_open_count: 'integer',
  backlog_oldest_created_at: 'bigint',
  backlog_median_created_at: 'bigint',
  backlog_p85_created_at: 'bigint',
  backlog_oldest_started_at: 'bigint',
  backlog_opened_30d: 'integer',
  backlog_closed_30d: 'integer',
  backlog_opened_90d: 'integer',
  backlog_closed_90d: 'integer',
  backlog_all_closed_90d: 'integer',
  backlog_last_closed_at: 'bigint',
  backlog_improvement_share_90d: 'double precision',
  backlog_valid_until: 'bigint',
  game_day_required: 'boolean',
  game_day_configured: 'boolean',
  game_day_problem: 'text',
  game_day_scope_group: 'text',
  game_day_all_scope_group: 'text',
  game_day_due_at: 'bigint',
  game_day_warn_at: 'bigint',
  game_day_waived_until: 'bigint',
  game_day_last_held_at: 'bigint',
  game_day_last_kind: 'text',
  game_day_last_id: 'text',
  game_day_last_title: 'text',
  game_day_last_outcome: 'text',
  readiness_required: 'boolean',
  readiness_failing: 'boolean',
  readiness_happened: 'boolean',
  readiness_due_at: 'bigint',
  readiness_warn_at: 'bigint',
  readiness_waived_until: 'bigint',
  readiness_last_performed_at: 'bigint',
  readiness_verdict: 'text',
  readiness_template: 'text',
  readiness_missing_templates: 'text',
};

/** Ids are no bigints: drivers give them as they were written. */
export type StoredStatusRow = ListedService &
  StoredRow<Omit<StatusRow, keyof ListedService>>;
