import { Knex } from 'knex';
import { isPostgres } from '../database';

/**
 * The services that templates exercise, as pairs of `template_id` and
 * `service_id`: those that a template names, and those whose annotations name it
 * or its tags.
 */
export function matchedServicesSql(db: Knex): string {
  return `(
    select l.template_id, m.service_id
    from experiment_template_lookups l
    join experiment_matchers m on m.lookup = l.lookup
    join experiment_templates x
      on x.id = l.template_id and x.source_id = m.source_id
      and ${carriesTags(db)}
    union
    select l.template_id, s.id
    from experiment_template_lookups l
    join services s on l.lookup = 'entity:' || s.entity_ref
  )`;
}

/** Whether template `x` carries all tags that the matcher `m` asks for. */
function carriesTags(db: Knex) {
  if (isPostgres(db)) return 'x.tags::jsonb @> m.tags::jsonb';
  return `not exists (
    select 1 from json_each(m.tags) as wanted where not exists (
      select 1 from json_each(x.tags) as carried
      where carried.key = wanted.key and carried.value = wanted.value))`;
}
