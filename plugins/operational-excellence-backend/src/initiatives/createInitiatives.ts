import { Knex } from 'knex';
import { VisibilityService } from '../visibility';
import { AuthorizedInitiatives } from './AuthorizedInitiatives';
import { InitiativeQueries } from './InitiativeQueries';
import { Initiatives } from './Initiatives';
import { InitiativeService } from './InitiativeService';

/** What people do with initiatives. */
export function createInitiatives(options: {
  db: Knex;
  initiatives: InitiativeService;
  visibility: VisibilityService;
}): Initiatives {
  return AuthorizedInitiatives.create({
    ...options,
    queries: InitiativeQueries.create(options),
  });
}
