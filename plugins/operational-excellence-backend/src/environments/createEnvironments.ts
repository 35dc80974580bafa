import { Knex } from 'knex';
import { Improvements } from '../improvements';
import { VisibilityService } from '../visibility';
import { AuthorizedEnvironments } from './AuthorizedEnvironments';
import { EnvironmentQueries } from './EnvironmentQueries';
import { Environments } from './Environments';
import { EnvironmentService } from './EnvironmentService';

/** What people and pipelines do with environments. */
export function createEnvironments(options: {
  db: Knex;
  improvements: Improvements;
  visibility: VisibilityService;
}): Environments {
  return AuthorizedEnvironments.create({
    ...options,
    environments: EnvironmentService.create(options),
    queries: EnvironmentQueries.create(options),
  });
}
