import { Instant } from 'backstage-plugin-operational-excellence-common';
import { bound, sql, SqlPart } from '../database';

/** The stage of environment `env`; equals `environmentStage` of common. */
export function stageSql(now: Instant): SqlPart {
  return sql`case
    when env.removed_at is not null then 'removed'
    when env.expires_at < ${bound(now)} then 'expired'
    else 'active' end`;
}
