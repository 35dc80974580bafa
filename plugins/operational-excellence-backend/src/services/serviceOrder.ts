import {
  Instant,
  ServiceSort,
  ServiceSortKey,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, Order, SqlPart } from '../database';
import { serviceRankSql } from '../status';

interface SortValue {
  value: (db: Knex, options: { now: Instant }) => SqlPart;
  type: Order['type'];
  /** What is read beside the status. */
  of?: 'service' | 'owner';
  /** For an age: the younger it is, the greater is its instant. */
  falls?: boolean;
}

const instant = (column: string): SortValue => ({
  value: () => ({ sql: column, bindings: [] }),
  type: 'number',
});

const age = (column: string): SortValue => ({
  ...instant(column),
  falls: true,
});

/** Sorts the same in both databases, and is short enough for a cursor. */
const text = (expression: string, of: SortValue['of']): SortValue => ({
  value: db => ({
    sql: `lower(substr(${expression}, 1, 200) ${
      isPostgres(db) ? 'collate "C"' : ''
    })`,
    bindings: [],
  }),
  type: 'text',
  of,
});

const SORT_VALUES: Record<ServiceSortKey, SortValue> = {
  state: { value: serviceRankSql, type: 'number' },
  title: text('s.title', 'service'),
  owner: text('coalesce(owner.title, s.owner_ref)', 'owner'),
  tier: text('s.tier', 'service'),
  backlogAge: age('st.backlog_oldest_created_at'),
  backlogMedianAge: age('st.backlog_median_created_at'),
  backlogOpenCount: instant('st.backlog_open_count'),
  gameDay: age('st.game_day_last_held_at'),
  gameDayDue: instant('st.game_day_due_at'),
  readinessTest: age('st.readiness_last_performed_at'),
  readinessTestDue: instant('st.readiness_due_at'),
};

/**
 * How services are sorted: by a value of status `st`, its service `s` or their
 * `owner`, as told by `of`, which is to be selected as `sort_value`.
 */
export function serviceOrder(
  db: Knex,
  sort: ServiceSort,
  options: { now: Instant },
): { order: Order; value: SqlPart; of: SortValue['of'] } {
  const reversed = sort.startsWith('-');
  const key = (reversed ? sort.slice(1) : sort) as ServiceSortKey;
  const { falls = false, of, type, value } = SORT_VALUES[key];
  return {
    order: {
      name: sort,
      column: 'sort_value',
      idColumn: 'id',
      descending: reversed !== falls,
      type,
    },
    value: value(db, options),
    of,
  };
}
