import { Instant } from 'backstage-plugin-operational-excellence-common';
import { bound, sql, SqlPart } from '../../database';

/** The stage of exercise `x`; equals `exerciseStage` of common. */
export function stageSql(now: Instant): SqlPart {
  return sql`case when x.state = 'planned' and x.planned_end < ${bound(now)}
    then 'missed' else x.state end`;
}
