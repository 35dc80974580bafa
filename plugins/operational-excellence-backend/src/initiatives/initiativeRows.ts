import {
  Initiative,
  initiativeFilterSchema,
  InitiativeFilter,
  InitiativeGoal,
  initiativeGoalSchema,
  InitiativeProgress,
  initiativeProgressSchema,
  initiativeState,
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';

/** What can be changed of an initiative. */
export interface InitiativePlan {
  title: string;
  description: string | null;
  filter: InitiativeFilter;
  goal: InitiativeGoal;
  dueOn: string;
}

export interface InitiativeRow {
  sequence: number;
  id: string;
  version: number;
  title: string;
  description: string | null;
  filter: string;
  goal: string;
  due_on: string;
  ends_at: StoredInstant;
  created_by: string;
  created_at: StoredInstant;
  updated_by: string;
  updated_at: StoredInstant;
  submission_hash: string;
  closed_by: string | null;
  closed_at: StoredInstant | null;
  closing_note: string | null;
  progress: string | null;
  next_reminder_at: StoredInstant | null;
}

export function filterOf(row: Pick<InitiativeRow, 'filter'>): InitiativeFilter {
  return initiativeFilterSchema.parse(JSON.parse(row.filter));
}

export function goalOf(row: Pick<InitiativeRow, 'goal'>): InitiativeGoal {
  return initiativeGoalSchema.parse(JSON.parse(row.goal));
}

export function planOf(row: InitiativeRow): InitiativePlan {
  return {
    title: row.title,
    description: row.description,
    filter: filterOf(row),
    goal: goalOf(row),
    dueOn: row.due_on,
  };
}

/** As it was counted when the initiative was closed. */
export function keptProgress(progress: string): InitiativeProgress {
  return initiativeProgressSchema.parse(JSON.parse(progress));
}

export function initiativeOf(
  row: InitiativeRow,
  options: { now: Instant; progress: InitiativeProgress },
): Initiative {
  const { now, progress } = options;
  const closedAt = instantOf(row.closed_at);
  return {
    id: row.id,
    version: row.version,
    ...planOf(row),
    state: initiativeState({ dueOn: row.due_on, closedAt }, now),
    progress,
    createdBy: row.created_by,
    createdAt: toIsoInstant(instantOf(row.created_at)),
    closedBy: row.closed_by,
    closedAt: toIsoInstant(closedAt),
    closingNote: row.closing_note,
  };
}
