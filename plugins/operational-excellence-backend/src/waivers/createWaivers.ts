import { Knex } from 'knex';
import { VisibilityService } from '../visibility';
import { AuthorizedWaivers } from './AuthorizedWaivers';
import { WaiverQueries } from './WaiverQueries';
import { Waivers } from './Waivers';
import { WaiverService } from './WaiverService';

/** What people do with waivers. */
export function createWaivers(options: {
  db: Knex;
  visibility: VisibilityService;
  waivers: WaiverService;
}): Waivers {
  return AuthorizedWaivers.create({
    ...options,
    queries: WaiverQueries.create(options),
  });
}
