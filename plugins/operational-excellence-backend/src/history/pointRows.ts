import { RollupDimension } from 'backstage-plugin-operational-excellence-common';
import { Columns, StoredRow } from '../database';
import { Day } from './days';

/** What stands until the next point, of services and of groups. */
interface Levels {
  open_count: number;
  starved: number;
  closed_90d: number;
  all_closed_90d: number;
  oldest_created_at: number | null;
  median_created_at: number | null;
}

/** What happened since the point before. */
interface Flows {
  game_days_held: number;
  tests_passed: number;
}

/** Ranks are null from when it is no service any more. */
interface ServiceLevels extends Levels {
  state_rank: number | null;
  backlog_rank: number | null;
  game_day_rank: number | null;
  readiness_rank: number | null;
}

/** There are no services from when there is no such group any more. */
export interface GroupLevels extends Levels {
  services: number;
  attention: number;
  states: string;
}

/** A row of `service_points`. */
export interface ServicePointRow extends ServiceLevels, Flows {
  service_id: number;
  day: Day;
}

/** A row of `group_points`. */
export interface GroupPointRow extends GroupLevels, Flows {
  dimension: RollupDimension;
  key: string;
  day: Day;
}

const levelColumns: Columns<Levels> = {
  open_count: 'integer',
  starved: 'integer',
  closed_90d: 'integer',
  all_closed_90d: 'integer',
  oldest_created_at: 'bigint',
  median_created_at: 'bigint',
};

const flowColumns: Columns<Flows> = {
  game_days_held: 'integer',
  tests_passed: 'integer',
};

const serviceLevelColumns: Columns<ServiceLevels> = {
  state_rank: 'integer',
  backlog_rank: 'integer',
  game_day_rank: 'integer',
  readiness_rank: 'integer',
  ...levelColumns,
};

export const groupLevelColumns: Columns<GroupLevels> = {
  services: 'integer',
  attention: 'integer',
  states: 'text',
  ...levelColumns,
};

export const groupPointColumns: Columns<GroupPointRow> = {
  dimension: 'text',
  key: 'text',
  day: 'integer',
  ...groupLevelColumns,
  ...flowColumns,
};

export const SERVICE_LEVELS = Object.keys(serviceLevelColumns);
export const FLOWS = Object.keys(flowColumns) as (keyof Flows)[];

/** Days are integers, which drivers give as they were written. */
type Stored<Row, Keys> = StoredRow<Omit<Row, keyof Keys>> & Keys;

export type StoredServicePoint = Stored<
  ServicePointRow,
  { service_id: number; day: Day }
>;

export type StoredGroupPoint = Stored<
  GroupPointRow,
  { dimension: RollupDimension; key: string; day: Day }
>;
