import {
  Instant,
  ServiceSort,
  ServiceSortKey,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, Order, SqlPart } from '../database';
import { rankSql, Unsettled } from '../status';

interface RankOptions {
  now: Instant;
  unsettled: Unsettled;
}

interface SortValue {
  value: (db: Knex, options: RankOptions) => SqlPart;
  type: Order['type'];
  /** Whether the `owner` is read beside the status. */
  ofOwner?: boolean;
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
const text = (expression: string): SortValue => ({
  value: db => ({
    sql: `lower(substr(${expression}, 1, 200) ${
      isPostgres(db) ? 'collate "C"' : ''
    })`,
    bindings: [],
  }),
  type: 'text',
});

const SORT_VALUES: Record<ServiceSortKey, SortValue> = {
  state: {
    value: (db, options) => rankSql(db, 'service', options),
    type: 'number',
  },
  title: text('st.title'),
  owner: {
    ...text('coalesce(owner.title, st.owner_ref)'),
    ofOwner: true,
  },
  tier: text('st.tier'),
  backlogAge: age('st.backlog_oldest_created_at'),
  backlogMedianAge: age('st.backlog_median_created_at'),
  backlogOpenCount: instant('st.backlog_open_count'),
  gameDay: age('st.game_day_last_held_at'),
  gameDayDue: instant('st.game_day_due_at'),
  readinessTest: age('st.readiness_last_performed_at'),
  readinessTestDue: instant('st.readiness_due_at'),
};

export interface ServiceOrder {
  order: Order;
  /** Of status `st`, to be selected as `sort_value`. */
  value: SqlPart;
  ofOwner: boolean;
}

export function serviceOrder(
  db: Knex,
  sort: ServiceSort,
  options: RankOptions,
): ServiceOrder {
  const reversed = sort.startsWith('-');
  const key = (reversed ? sort.slice(1) : sort) as ServiceSortKey;
  const { falls = false, ofOwner = false, type, value } = SORT_VALUES[key];
  return {
    order: {
      name: sort,
      column: 'sort_value',
      idColumn: 'id',
      descending: reversed !== falls,
      type,
    },
    value: value(db, options),
    ofOwner,
  };
}
