import { Policy } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { VisibilityService } from '../visibility';
import { AuthorizedFindings } from './AuthorizedFindings';
import { Findings } from './Findings';
import { FindingService } from './FindingService';
import { FindingQueries } from './queries';

/** What people do with findings. */
export function createFindings(options: {
  db: Knex;
  policies: readonly Policy[];
  visibility: VisibilityService;
}): Findings {
  return AuthorizedFindings.create({
    visibility: options.visibility,
    findings: FindingService.create(options),
    queries: FindingQueries.create(options),
  });
}
