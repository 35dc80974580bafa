import { InputError, NotFoundError } from '@backstage/errors';
import { FindingSubmission } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { storableText } from '../database';
import { FindingOriginKind } from './findingRows';

/** Where a finding comes from. */
export interface FindingOrigin {
  kind: FindingOriginKind;
  exerciseId: string | null;
  readinessTestId: string | null;
  readinessItemId: string | null;
}

type Submitted = Pick<
  FindingSubmission,
  'entityRef' | 'exerciseId' | 'readinessItemId' | 'readinessTestId'
>;

/**
 * What a finding of a service is to come from.
 *
 * @throws NotFoundError where the service has no such exercise or readiness test
 * @throws InputError where the readiness test has no such item
 */
export async function findingOrigin(
  db: Knex,
  submission: Submitted,
  serviceId: number,
): Promise<FindingOrigin> {
  const { exerciseId, readinessTestId } = submission;
  if (exerciseId !== null) return ofExercise(db, submission, serviceId);
  if (readinessTestId !== null) return ofRun(db, submission, serviceId);
  throw new InputError(
    'Invalid body property exerciseId: expected either an exercise or a readiness test',
  );
}

async function ofExercise(
  db: Knex,
  { entityRef, exerciseId, readinessItemId }: Submitted,
  serviceId: number,
): Promise<FindingOrigin> {
  if (readinessItemId !== null) {
    throw new InputError(
      'Invalid body property readinessItemId: expected null, for an exercise has no items',
    );
  }
  const exercise = await db('exercises')
    .join('exercise_services', 'exercise_services.exercise_id', 'exercises.id')
    .where({
      'exercises.id': storableText(exerciseId ?? ''),
      'exercise_services.service_id': serviceId,
    })
    .first('exercises.id', 'exercises.kind');
  if (!exercise) throw noSuch('exercise', exerciseId, entityRef);
  return {
    kind: exercise.kind,
    exerciseId: exercise.id,
    readinessTestId: null,
    readinessItemId: null,
  };
}

async function ofRun(
  db: Knex,
  { entityRef, readinessItemId, readinessTestId }: Submitted,
  serviceId: number,
): Promise<FindingOrigin> {
  const run = await db('readiness_runs')
    .where({ id: storableText(readinessTestId ?? ''), service_id: serviceId })
    .first('id', 'item_ids');
  if (!run) throw noSuch('readiness test', readinessTestId, entityRef);
  const itemIds: string[] = JSON.parse(run.item_ids);
  // One of which only the result was put down has none that are known.
  const isKnown =
    readinessItemId === null ||
    itemIds.length === 0 ||
    itemIds.includes(readinessItemId);
  if (!isKnown) {
    throw new InputError(
      `Invalid body property readinessItemId: the readiness test has no item ${readinessItemId}`,
    );
  }
  return {
    kind: 'readiness-test',
    exerciseId: null,
    readinessTestId: run.id,
    readinessItemId: storableText(readinessItemId),
  };
}

/** The same whether there is none or it is one of services that are hidden. */
function noSuch(what: string, id: string | null, entityRef: string) {
  return new NotFoundError(`The service ${entityRef} has no ${what} ${id}`);
}
