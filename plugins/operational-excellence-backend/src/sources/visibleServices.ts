import { Knex } from 'knex';
import { textSet } from '../database';
import { Visibility } from '../visibility/Visibility';

/** The condition that a row of `services` is listed and visible. */
export function visibleServices(
  db: Knex,
  visibility: Visibility,
): { sql: string; bindings: string[] } {
  if (visibility.kind === 'all') {
    return { sql: 'services.removed_at is null', bindings: [] };
  }
  const refs = textSet(db, visibility.entityRefs);
  return {
    sql: `services.removed_at is null and ${refs.includes(
      'services.entity_ref',
    )}`,
    bindings: [refs.binding],
  };
}

/**
 * The services that name each scope, as rows of `service_id`, `scope_id`. An
 * implicit scope is named once it holds a ticket of the service.
 */
export const NAMED_SCOPES_SQL = `
  select service_scopes.service_id, service_scopes.scope_id
  from service_scopes
  where not implicit or exists (
    select 1 from ticket_matches
    join tickets on tickets.id = ticket_matches.ticket_id
    where ticket_matches.service_id = service_scopes.service_id
      and tickets.scope_id = service_scopes.scope_id
  )
  union
  select experiment_matches.service_id, experiments.scope_id
  from experiment_matches
  join experiments on experiments.id = experiment_matches.experiment_id`;
