import {
  Instant,
  MEASURE_STATES,
  ServiceFacet,
  serviceFacetSchema,
  ServiceFacets,
  ServiceFacetsQuery,
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  isPostgres,
  queryRows,
  sql,
  SqlPart,
  textSet,
  withTables,
} from '../database';
import { CountedSelect, GroupCounter } from '../rollups/GroupCounter';
import { areEntities, groupKey } from '../rollups/groupKeys';
import { Visibility } from '../visibility/Visibility';
import { containsText } from './serviceFilters';

interface FacetRow {
  facet: ServiceFacet | 'state';
  value: string;
  title: string | null;
  count: number | string;
  /** 1 for the value of the most services, of those that are found. */
  nth: number | string;
  is_found: number;
  is_named: number;
}

/** A filter without the part that speaks of what a facet counts. */
function filterBut(
  filter: ServiceFilter,
  facet: ServiceFacet | 'state',
): ServiceFilter {
  const without = filter.without?.filter(each => each !== facet);
  return {
    ...filter,
    [facet]: undefined,
    without: without?.length ? without : undefined,
  };
}

/**
 * What services can be filtered by. The counts of a facet are under the filter
 * without its own part, so that they tell what each choice would lead to. Of many
 * values, those of the most services are listed.
 *
 * @throws InputError where the filter names an initiative that there is not
 */
export async function readFacets(
  db: Knex,
  query: ServiceFacetsQuery,
  visibility: Visibility,
  options: { now: Instant },
): Promise<ServiceFacets> {
  const filter = serviceFilterSchema.parse(query);
  const counter = await GroupCounter.read(db, filter, {
    ...options,
    visibility,
  });
  const named = (facet: ServiceFacet) =>
    [...(filter[facet] ?? []), ...(query.including ?? [])].map(value =>
      groupKey(facet, value),
    );
  const listed = (query.facet ?? serviceFacetSchema.options).filter(
    facet => query.limit > 0 || named(facet).length > 0,
  );
  const states = counter.states(
    query.measure ?? 'service',
    filterBut(filter, 'state'),
  );
  const facets = listed.map(facet => {
    const sizes = counter.sizes(facet, filterBut(filter, facet));
    return {
      tables: sizes.tables,
      rows: valuesSql(db, facet, sizes, { named: named(facet), query }),
    };
  });
  const rows = await readRows(db, [
    {
      tables: states.tables,
      rows: sql`select 'state' as facet, cast(state_rank as text) as value,
          null as title, services as count,
          1 as nth, 1 as is_found, 1 as is_named
        from (${states.rows}) states where services > 0`,
    },
    ...facets,
  ]);
  return facetsOf(rows, query);
}

async function readRows(
  db: Knex,
  parts: readonly CountedSelect[],
): Promise<FacetRow[]> {
  // Of the same filter, they name the same tables.
  const tables = [...new Set(parts.flatMap(part => part.tables))];
  const named = withTables(tables);
  const rows = parts
    .map(part => `select * from (${part.rows.sql}) counted`)
    .join(' union all ');
  return queryRows(db, `${named.sql} ${rows}`, [
    ...named.bindings,
    ...parts.flatMap(part => part.rows.bindings),
  ]);
}

/** The values of a facet that are listed, and the first beyond them. */
function valuesSql(
  db: Knex,
  facet: ServiceFacet,
  sizes: CountedSelect,
  { named, query }: { named: string[]; query: ServiceFacetsQuery },
): SqlPart {
  const isEntity = areEntities(facet);
  const titled = isEntity
    ? sql`select sizes.group_key as value, sizes.services, related.title
        from (${sizes.rows}) sizes left join related_entities related
          on related.entity_ref = sizes.group_key`
    : sql`select sizes.group_key as value, sizes.services,
          cast(null as text) as title
        from (${sizes.rows}) sizes`;
  const names = textSet(db, named);
  const isNamed: SqlPart = {
    sql: `case when ${names.includes('value')} then 1 else 0 end`,
    bindings: [names.binding],
  };
  // Of a reference, what all have in common finds nothing.
  const name = isEntity
    ? `substr(value, ${isPostgres(db) ? 'strpos' : 'instr'}(value, '/') + 1)`
    : 'value';
  const isFound = query.find
    ? sql`case when ${containsText('lower(title)', query.find)}
          or ${containsText(`lower(${name})`, query.find)} then 1 else 0 end`
    : sql`1`;
  return sql`select facet, value, title, count, nth, is_found, is_named
    from (
      select '${facet}' as facet, value, title, services as count,
        row_number() over (
          partition by is_found order by services desc, value
        ) as nth, is_found, is_named
      from (
        select value, title, services, ${isFound} as is_found,
          ${isNamed} as is_named
        from (${titled}) titled where services > 0 and value <> ''
      ) found
    ) numbered
    where (is_found = 1 and nth <= ${bound(query.limit + 1)})
      or is_named = 1`;
}

function facetsOf(
  rows: readonly FacetRow[],
  { limit }: ServiceFacetsQuery,
): ServiceFacets {
  const facets: ServiceFacets = {
    state: [],
    owner: [],
    system: [],
    domain: [],
    tier: [],
    type: [],
    lifecycle: [],
    more: [],
  };
  for (const { facet, is_found, is_named, nth, title, value, ...row } of rows) {
    const count = Number(row.count);
    const isBeyond = Number(nth) > limit;
    if (facet === 'state') {
      facets.state.push({ state: MEASURE_STATES[Number(value)], count });
    } else {
      if (is_found && isBeyond && !facets.more.includes(facet)) {
        facets.more.push(facet);
      }
      if (is_named || !isBeyond) {
        facets[facet].push({ value, title: title ?? value, count });
      }
    }
  }
  facets.state.sort(
    (a, b) => MEASURE_STATES.indexOf(a.state) - MEASURE_STATES.indexOf(b.state),
  );
  for (const facet of serviceFacetSchema.options) facets[facet].sort(byTitle);
  return facets;
}

type Facet = ServiceFacets['tier'][number];

function byTitle(a: Facet, b: Facet) {
  return (
    a.title.localeCompare(b.title, 'en-US', { numeric: true }) ||
    (a.value < b.value ? -1 : 1)
  );
}
