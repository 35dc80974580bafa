import { UserInfoService } from '@backstage/backend-plugin-api';
import { Policy } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { FindingQueries } from '../findings/queries';
import { StatusUpdater } from '../status';
import { VisibilityService } from '../visibility';
import { Approvers } from './Approvers';
import { AuthorizedExercises } from './AuthorizedExercises';
import { Exercises } from './Exercises';
import { ExerciseService } from './ExerciseService';
import { ExerciseImport } from './imports';
import { ExerciseQueries } from './queries';

/** What people do with exercises. */
export function createExercises(options: {
  db: Knex;
  exercises: ExerciseService;
  policies: readonly Policy[];
  status: StatusUpdater;
  userInfo: UserInfoService;
  visibility: VisibilityService;
}): Exercises {
  return AuthorizedExercises.create({
    ...options,
    approvers: Approvers.create(options),
    imports: ExerciseImport.create(options),
    queries: ExerciseQueries.create({
      ...options,
      findings: FindingQueries.create(options),
    }),
  });
}
