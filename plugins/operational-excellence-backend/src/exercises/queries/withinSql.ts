import {
  Instant,
  TimeSpan,
} from 'backstage-plugin-operational-excellence-common';
import { bound, sql, SqlPart } from '../../database';

/**
 * The condition that experiment `e` falls into a span; equals
 * `isExperimentWithin` of common.
 */
export function withinSql({ from, to }: TimeSpan, now: Instant): SqlPart {
  return sql`e.created_at <= ${bound(to)} and coalesce(e.ended_at,
    case when e.final then e.created_at else ${bound(now)} end
  ) >= ${bound(from)}`;
}
