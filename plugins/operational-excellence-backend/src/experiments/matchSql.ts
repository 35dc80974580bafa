import { Knex } from 'knex';
import { isPostgres } from '../database';

/** Whether experiment `e` carries all tags that the matcher `m` asks for. */
function carriesTags(db: Knex) {
  if (isPostgres(db)) {
    return '(e.template_tags::jsonb || e.tags::jsonb) @> m.tags::jsonb';
  }
  return `not exists (
    select 1 from json_each(m.tags) as wanted where not exists (
      select 1 from json_each(json_patch(e.template_tags, e.tags)) as carried
      where carried.key = wanted.key and carried.value = wanted.value))`;
}

/**
 * Adds the matches of some experiments, or of some services: those of which the
 * named column is in a set of ids. The set is bound twice.
 */
export function addMatchesSql(
  db: Knex,
  column: 'service_id' | 'experiment_id',
  isIn: (expression: string) => string,
) {
  const condition = {
    service_id: { byMatcher: 'm.service_id', byName: 's.id' },
    experiment_id: { byMatcher: 'l.experiment_id', byName: 'l.experiment_id' },
  }[column];
  // That a service is named is said twice: each database finds the lookups of a
  // service by one way of putting it, and the services of a lookup by the other.
  return `insert into experiment_matches (service_id, experiment_id)
    select found.service_id, found.experiment_id from (
      select m.service_id, l.experiment_id
      from experiment_matchers m
      join experiment_lookups l on l.lookup = m.lookup
      join experiments e on e.id = l.experiment_id
        and e.source_id = m.source_id and ${carriesTags(db)}
      where ${isIn(condition.byMatcher)}
      union
      select s.id, l.experiment_id
      from experiment_lookups l
      join services s on l.lookup = 'entity:' || s.entity_ref
        and s.entity_ref = substr(l.lookup, 8)
      where ${isIn(condition.byName)}
    ) found
    where true
    on conflict do nothing
    returning service_id`;
}
