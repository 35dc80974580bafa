import {
  DAY_MS,
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  allOf,
  bound,
  instantOf,
  queryRows,
  sql,
  withTables,
} from '../../database';
import { visibleTables } from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import {
  EXERCISE_COLUMNS,
  FROM_EXERCISES,
  ShownExerciseRow,
} from '../queries/exerciseSelect';
import { exerciseConditions } from '../queries/listExercises';
import { showExercises } from '../queries/shownExercise';
import { CalendarEntry } from './writeCalendar';

/** How long past exercises stay in calendars. */
const PAST_MS = 365 * DAY_MS;

/** How many exercises a calendar has; the latest ones. */
const MOST_ENTRIES = 1_000;

/** Which exercises a calendar has. */
export interface CalendarFilter {
  entityRef?: string;
  owner?: string;
}

/** The exercises of a calendar, the latest first. */
export async function readCalendar(
  db: Knex,
  filter: CalendarFilter,
  visibility: Visibility,
  options: { now: Instant; policies: ReadonlyMap<string, Policy> },
): Promise<CalendarEntry[]> {
  const { now } = options;
  const { entityRef, owner } = filter;
  const conditions = [
    ...exerciseConditions(
      db,
      {
        entityRef: entityRef === undefined ? undefined : [entityRef],
        owner: owner === undefined ? undefined : [owner],
        from: new Date(now - PAST_MS).toISOString(),
      },
      visibility,
      now,
    ),
  ];
  const statement = sql`${withTables(visibleTables(db, visibility))}
    select ${EXERCISE_COLUMNS} ${FROM_EXERCISES} where ${allOf(conditions)}
    order by x.starts_at desc, x.sequence desc limit ${bound(MOST_ENTRIES)}`;
  const rows = await queryRows<ShownExerciseRow>(
    db,
    statement.sql,
    statement.bindings,
  );
  const shown = await showExercises(db, rows, { ...options, visibility });
  return shown.map(({ item, row, services }) => ({
    ...item,
    startsAt: instantOf(row.starts_at),
    endsAt: instantOf(row.ends_at),
    updatedAt: instantOf(row.updated_at),
    hypothesis: row.hypothesis,
    services: services.visible.map(({ title }) => title),
  }));
}
