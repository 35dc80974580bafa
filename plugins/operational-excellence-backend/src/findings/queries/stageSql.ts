import { Instant } from 'backstage-plugin-operational-excellence-common';
import { bound, sql, SqlPart } from '../../database';

/**
 * When finding `f` of exercise `x` came up; equals `findingCameUpAt` of common.
 */
const CAME_UP_SQL = `case when x.ended_at < f.created_at
  then x.ended_at else f.created_at end`;

/** What the re-test says that decides; equals `decisiveRetest` of common. */
const RESULT_SQL = `(select r.result from finding_retests r
  where r.finding_id = f.id and r.tested_at > ${CAME_UP_SQL}
    and r.tested_at >= coalesce(t.closed_at, 0)
  order by r.tested_at desc, r.sequence desc limit 1)`;

/**
 * The stage of finding `f` of exercise `x`, with improvement `i` and its ticket
 * `t`; equals `findingStage` of common.
 */
export function stageSql(now: Instant): SqlPart {
  return sql`case
    when i.id is null then 'open'
    when i.delivery_state <> 'filed' or t.id is null or t.state <> 'done'
      then 'improving'
    when ${RESULT_SQL} = 'fixed' then 'closed'
    when f.retest_by < ${bound(now)} then 'retest-overdue'
    else 'retest-due' end`;
}
