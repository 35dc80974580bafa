import {
  Instant,
  MEASURE_STATES,
  ServiceFacets,
  ServiceFilter,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { readInitiativeScope } from '../initiatives/initiativeScope';
import { allOf, queryRows, sql, SqlPart, withTables } from '../database';
import {
  maybeUnsettled,
  rankSql,
  readUnsettled,
  staleGroupsSql,
} from '../status';
import { Visibility } from '../visibility/Visibility';
import { filterConditions } from './serviceFilters';
import { visibleConditions, visibleTables } from './visibleServices';

interface FacetRow {
  facet: keyof ServiceFacets;
  value: string;
  title: string | null;
  count: number | string;
}

type ColumnFacet = Exclude<keyof ServiceFacets, 'state'>;

/** A filter without the part that speaks of what a facet counts. */
function filterBut(
  filter: ServiceFilter,
  facet: keyof ServiceFacets,
): ServiceFilter {
  return {
    ...filter,
    [facet]: undefined,
    without: filter.without?.filter(each => each !== facet),
  };
}

/** The column that a facet counts the services by. */
const COLUMNS: Record<ColumnFacet, string> = {
  owner: 'owning.owner_ref',
  system: 'st.system_ref',
  domain: 'st.domain_ref',
  tier: 'st.tier',
  type: 'st.type',
  lifecycle: 'st.lifecycle',
};

const FACETS = Object.keys(COLUMNS) as ColumnFacet[];

/**
 * What services can be filtered by. The counts of a facet are under the filter
 * without its own part, so that they tell what each choice would lead to.
 */
export async function readFacets(
  db: Knex,
  filter: ServiceFilter,
  visibility: Visibility,
  options: { now: Instant },
): Promise<ServiceFacets> {
  const initiative = await readInitiativeScope(db, filter);
  const unsettled = (await maybeUnsettled(db, options))
    ? await readUnsettled(db, options)
    : [];
  const rankOptions = { ...options, initiative, unsettled };
  const conditionsBut = (facet: keyof ServiceFacets) =>
    allOf([
      ...visibleConditions(visibility),
      ...filterConditions(db, filterBut(filter, facet), rankOptions),
    ]);
  const counts = [
    stateCountsSql(
      rankSql(db, filter.measure ?? 'service', rankOptions),
      conditionsBut('state'),
    ),
    ...FACETS.map(facet => countsSql(facet, conditionsBut(facet))),
  ];
  const tables = withTables([
    staleGroupsSql(options),
    ...visibleTables(db, visibility),
  ]);
  const rows = await queryRows<FacetRow>(
    db,
    `${
      tables.sql
    } select counted.facet, counted.value, counted.count, related.title
     from (${counts.map(each => each.sql).join(' union all ')}) counted
     left join related_entities related on related.entity_ref = counted.value
       and counted.facet in ('owner', 'system', 'domain')`,
    [tables, ...counts].flatMap(each => each.bindings),
  );

  const facets: ServiceFacets = {
    state: [],
    owner: [],
    system: [],
    domain: [],
    tier: [],
    type: [],
    lifecycle: [],
  };
  for (const { facet, title, value, ...row } of rows) {
    const count = Number(row.count);
    if (facet === 'state') {
      facets.state.push({ state: MEASURE_STATES[Number(value)], count });
    } else {
      facets[facet].push({ value, title: title ?? value, count });
    }
  }
  facets.state.sort(
    (a, b) => MEASURE_STATES.indexOf(a.state) - MEASURE_STATES.indexOf(b.state),
  );
  for (const facet of FACETS) facets[facet].sort(byTitle);
  return facets;
}

function stateCountsSql(rank: SqlPart, conditions: SqlPart): SqlPart {
  return sql`select 'state' as facet, cast(ranked.rank as text) as value,
      count(*) as count
    from (
      select ${rank} as rank from service_status st
      where ${conditions}
    ) ranked
    group by ranked.rank`;
}

function countsSql(facet: ColumnFacet, conditions: SqlPart): SqlPart {
  const column = COLUMNS[facet];
  const owning =
    facet === 'owner'
      ? 'join owned_services owning on owning.service_id = st.service_id'
      : '';
  return sql`select '${facet}' as facet, ${column} as value, count(*) as count
    from service_status st ${owning}
    where ${conditions} and ${column} is not null
    group by ${column}`;
}

type Facet = ServiceFacets['tier'][number];

function byTitle(a: Facet, b: Facet) {
  return (
    a.title.localeCompare(b.title, 'en-US', { numeric: true }) ||
    (a.value < b.value ? -1 : 1)
  );
}
