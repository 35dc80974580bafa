import {
  Instant,
  SERVICE_CSV_COLUMNS,
  ServiceCsvColumn,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, sql, SqlPart } from '../../database';
import { starvedCondition } from '../serviceFilters';
import { csvFields } from './csvFields';

/** The first line, with what tells spreadsheets that the text is UTF-8. */
export const CSV_HEADER = `\uFEFF${SERVICE_CSV_COLUMNS.join(',')}`;

/**
 * A line of CSV, an expression over status `st` with what is shown beside it:
 * `shown_state`, `shown_backlog`, `shown_game_day` and `shown_readiness`, the
 * ranks as of now, `owner_title`, `backlog_checked_at`, `game_day_checked_at`.
 */
export function csvLineSql(db: Knex, options: { now: Instant }): SqlPart {
  const { instant, plain, state, text } = csvFields(db);
  const later = isPostgres(db) ? 'greatest' : 'max';
  const starvedSince = `${later}(st.backlog_oldest_created_at,
    coalesce(st.backlog_last_closed_at, st.backlog_oldest_created_at))`;

  const fields: Record<ServiceCsvColumn, SqlPart | string> = {
    entityRef: text('st.entity_ref'),
    title: text('st.title'),
    ownerRef: text('st.owner_ref'),
    ownerTitle: text('st.owner_title'),
    systemRef: text('st.system_ref'),
    domainRef: text('st.domain_ref'),
    type: text('st.type'),
    lifecycle: text('st.lifecycle'),
    tier: text('st.tier'),
    policy: text('st.policy_id'),
    state: state('st.shown_state'),
    backlogState: state('st.shown_backlog'),
    backlogOpenCount: plain('st.backlog_open_count'),
    backlogOldestCreatedAt: instant('st.backlog_oldest_created_at'),
    backlogMedianCreatedAt: instant('st.backlog_median_created_at'),
    backlogP85CreatedAt: instant('st.backlog_p85_created_at'),
    backlogOldestStartedAt: instant('st.backlog_oldest_started_at'),
    backlogOpened30d: plain('st.backlog_opened_30d'),
    backlogClosed30d: plain('st.backlog_closed_30d'),
    backlogOpened90d: plain('st.backlog_opened_90d'),
    backlogClosed90d: plain('st.backlog_closed_90d'),
    backlogImprovementShare90d: plain('st.backlog_improvement_share_90d'),
    backlogStarvedSince: sql`case when ${starvedCondition(options.now)}
      then ${instant(starvedSince)} else '' end`,
    backlogDueAt: instant('st.backlog_due_at'),
    backlogWaivedUntil: instant('st.backlog_waived_until'),
    backlogCheckedAt: instant('st.backlog_checked_at'),
    gameDayState: state('st.shown_game_day'),
    gameDayLastHeldAt: instant('st.game_day_last_held_at'),
    gameDayLastKind: plain('st.game_day_last_kind'),
    gameDayLastTitle: text('st.game_day_last_title'),
    gameDayLastOutcome: text('st.game_day_last_outcome'),
    gameDayDueAt: instant('st.game_day_due_at'),
    gameDayWaivedUntil: instant('st.game_day_waived_until'),
    gameDayCheckedAt: instant('st.game_day_checked_at'),
    readinessTestState: state('st.shown_readiness'),
    readinessTestLastPerformedAt: instant('st.readiness_last_performed_at'),
    readinessTestVerdict: plain('st.readiness_verdict'),
    readinessTestTemplate: text('st.readiness_template'),
    readinessTestDueAt: instant('st.readiness_due_at'),
    readinessTestWaivedUntil: instant('st.readiness_waived_until'),
  };
  return SERVICE_CSV_COLUMNS.slice(1).reduce(
    (line, column) => sql`${line}, ${fields[column]}`,
    sql`${fields[SERVICE_CSV_COLUMNS[0]]}`,
  );
}
