import {
  ReadinessTest,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../../database';
import { RunRow, signOffOfRow } from './runRows';

/** A run as it is shown, with what is joined to it. */
export interface ShownRunRow extends RunRow {
  entity_ref: string;
  entity_title: string;
  template_title: string | null;
  template_version: string | null;
  current_revision: string | null;
  template_removed_at: StoredInstant | null;
  answered: number | string;
  failing: number | string;
}

/**
 * The columns of runs `r`. How many items are answered is counted for the rows
 * that are read only, each by the key of its answers.
 */
export const RUN_COLUMNS = `r.*, st.entity_ref, st.title as entity_title,
  coalesce(rev.title, cur.title) as template_title,
  rev.version as template_version, t.revision as current_revision,
  t.removed_at as template_removed_at,
  (select count(*) from readiness_answers a
    where a.run_id = r.id and a.value is not null) as answered,
  (select count(*) from readiness_answers a
    where a.run_id = r.id and a.value = 'no') as failing`;

/**
 * Runs `r` with the status `st` of their services, which removed ones lack, and
 * their template: as it was when they began, and as it is.
 */
export const FROM_RUNS = `from readiness_runs r
  join service_status st on st.service_id = r.service_id
  left join readiness_template_revisions rev
    on rev.template = r.template and rev.revision = r.revision
  left join readiness_templates t on t.id = r.template
  left join readiness_template_revisions cur
    on cur.template = t.id and cur.revision = t.revision`;

/** The condition that the template of run `r` was changed since it was begun. */
export const IS_OUTDATED = `exists (
  select 1 from readiness_templates now_valid
  where now_valid.id = r.template and now_valid.removed_at is null
    and now_valid.revision <> r.revision)`;

/** The condition that run `r` is the newest finished one of what it tests. */
export const IS_NEWEST = `r.state = 'finished' and not exists (
  select 1 from readiness_runs later
  where later.service_id = r.service_id and later.template = r.template
    and later.state = 'finished'
    and (later.listed_at > r.listed_at
      or (later.listed_at = r.listed_at and later.id > r.id)))`;

export function shownRun(row: ShownRunRow): ReadinessTest {
  const signOff = signOffOfRow(row);
  return {
    id: row.id,
    version: row.version,
    entityRef: row.entity_ref,
    entityTitle: row.entity_title,
    template: row.template,
    templateTitle: row.template_title ?? row.template,
    templateVersion: row.template_version,
    outdated:
      row.revision !== null &&
      row.current_revision !== null &&
      row.template_removed_at === null &&
      row.current_revision !== row.revision,
    state: row.state,
    startedAt: toIsoInstant(instantOf(row.started_at)),
    startedBy: row.started_by,
    performedAt: toIsoInstant(instantOf(row.performed_at)),
    performedBy: row.performed_by,
    verdict: row.verdict,
    validUntil: toIsoInstant(instantOf(row.valid_until)),
    summary: row.summary,
    signOff: signOff && { ...signOff, at: toIsoInstant(signOff.at) },
    answered: Number(row.answered),
    itemCount: row.item_count,
    failing: Number(row.failing),
  };
}
