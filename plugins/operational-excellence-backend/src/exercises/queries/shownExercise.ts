import {
  approvalStateOf,
  Exercise,
  exerciseStage,
  Instant,
  Policy,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf } from '../../database';
import { Visibility } from '../../visibility/Visibility';
import { countFindings } from './countFindings';
import { ShownExerciseRow } from './exerciseSelect';
import { countExperiments } from './experimentLinks';
import {
  AwaitedApproval,
  awaitedApprovals,
  readApprovals,
} from './readApprovals';
import { ExerciseServices, readServices } from './readServices';

/** An exercise as lists give it, and what its details are made of. */
export interface ShownExercise {
  row: ShownExerciseRow;
  item: Exercise;
  services: ExerciseServices;
  approvals: AwaitedApproval[];
}

/** Exercises as the API gives them; a constant number of queries. */
export async function showExercises(
  db: Knex,
  rows: readonly ShownExerciseRow[],
  options: {
    now: Instant;
    policies: ReadonlyMap<string, Policy>;
    visibility: Visibility;
  },
): Promise<ShownExercise[]> {
  const { now, policies, visibility } = options;
  const ids = rows.map(({ id }) => id);
  const [services, approvals, experiments, findings] = await Promise.all([
    readServices(db, ids, visibility),
    readApprovals(db, ids),
    countExperiments(db, ids, visibility),
    countFindings(db, ids, visibility, now),
  ]);
  return rows.map(row => {
    const ofExercise = services.get(row.id) ?? {
      visible: [],
      hidden: [],
      policyIds: [],
    };
    const awaited = awaitedApprovals(row, {
      approvals: approvals.get(row.id) ?? [],
      policies: ofExercise.policyIds.map(id => policies.get(id)),
    });
    const found = findings.get(row.id);
    const linked = experiments.get(row.id);
    const plannedEnd = instantOf(row.planned_end);
    return {
      row,
      services: ofExercise,
      approvals: awaited,
      item: {
        id: row.id,
        version: row.version,
        kind: row.kind,
        title: row.title,
        state: row.state,
        stage: exerciseStage({ state: row.state, plannedEnd }, now),
        services: ofExercise.visible.map(({ entityRef, title }) => ({
          entityRef,
          title,
        })),
        hiddenServices: ofExercise.hidden.length,
        plannedStart: toIsoInstant(instantOf(row.planned_start)),
        plannedEnd: toIsoInstant(plannedEnd),
        startedAt: toIsoInstant(instantOf(row.started_at)),
        endedAt: toIsoInstant(instantOf(row.ended_at)),
        facilitator: row.facilitator,
        outcome: row.outcome,
        approvalState: approvalStateOf(
          awaited.map(({ approval }) => approval?.decision ?? null),
        ),
        environment:
          row.environment_id === null
            ? null
            : {
                id: row.environment_id,
                title: row.environment_title ?? row.environment_id,
              },
        experimentCount: linked?.count ?? 0,
        findingCount: found?.count ?? 0,
        openFindingCount: found?.open ?? 0,
        unguarded: linked?.unguarded ?? false,
      },
    };
  });
}
