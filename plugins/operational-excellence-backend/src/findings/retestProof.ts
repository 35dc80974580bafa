import { InputError, NotFoundError } from '@backstage/errors';
import {
  countsAsGameDay,
  Instant,
  RetestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, storableText } from '../database';
import { FindingRow } from './findingRows';

/** What a finding was tested again by, and when that was held. */
export interface RetestProof {
  exerciseId: string | null;
  experimentId: number | null;
  testedAt: Instant;
}

/**
 * The exercise or experiment that a finding was tested again by.
 *
 * @throws NotFoundError where the service of the finding has none like that
 * @throws InputError where it was not held
 */
export async function retestProof(
  db: Knex,
  by: RetestSubmission['by'],
  finding: Pick<FindingRow, 'exercise_id' | 'service_id'>,
): Promise<RetestProof> {
  return by.kind === 'exercise'
    ? byExercise(db, by.id, finding)
    : byExperiment(db, by, finding.service_id);
}

async function byExercise(
  db: Knex,
  id: string,
  finding: Pick<FindingRow, 'exercise_id' | 'service_id'>,
): Promise<RetestProof> {
  const exercise = await db('exercises')
    .join('exercise_services', 'exercise_services.exercise_id', 'exercises.id')
    .where({
      'exercises.id': storableText(id),
      'exercise_services.service_id': finding.service_id,
    })
    .first('exercises.id', 'state', 'started_at');
  if (!exercise) {
    throw new NotFoundError(
      `The service of the finding has no exercise ${id}; one that tests it again has to be of the same service`,
    );
  }
  if (exercise.id === finding.exercise_id) {
    throw new InputError(
      'Invalid body property by: the exercise that brought the finding to light cannot test it again; choose a later one',
    );
  }
  if (exercise.state !== 'held' || exercise.started_at === null) {
    throw new InputError(
      `Invalid body property by: the exercise is ${exercise.state}; it can test the finding again once it is held`,
    );
  }
  return {
    exerciseId: exercise.id,
    experimentId: null,
    testedAt: instantOf(exercise.started_at),
  };
}

async function byExperiment(
  db: Knex,
  by: { id: string; sourceId: string },
  serviceId: number,
): Promise<RetestProof> {
  const experiment = await db('experiments')
    .join(
      'experiment_matches',
      'experiment_matches.experiment_id',
      'experiments.id',
    )
    .where({
      source_id: storableText(by.sourceId),
      external_id: storableText(by.id),
      'experiment_matches.service_id': serviceId,
    })
    .first('experiments.id', 'state', 'started_at', 'dry_run');
  if (!experiment) {
    throw new NotFoundError(
      `The service of the finding has no experiment ${by.id} in ${by.sourceId}; is it one of another service or account?`,
    );
  }
  const startedAt = instantOf(experiment.started_at);
  const dryRun = Boolean(experiment.dry_run);
  const hasRun = countsAsGameDay({
    state: experiment.state,
    startedAt,
    dryRun,
  });
  if (startedAt === null || !hasRun) {
    throw new InputError(
      `Invalid body property by: the experiment ${
        dryRun ? 'was a dry run' : `is ${experiment.state}`
      }; only one that ran, and has ended, can test the finding again`,
    );
  }
  return { exerciseId: null, experimentId: experiment.id, testedAt: startedAt };
}
