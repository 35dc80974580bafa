import {
  Instant,
  Page,
  SourceProblem,
  SourceProblemQuery,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { z } from 'zod';
import {
  idSet,
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
} from '../database';
import { Visibility } from '../visibility/Visibility';
import { decodePosition, encodePosition } from './listCursor';
import { ConnectedSource } from './SourceRegistry';
import { suggestedAnnotation } from './suggestedAnnotation';
import { visibleServices } from './visibleServices';

/** What services name in a ticket source and the upstream does not know. */
const MISSING_SQL = `
  select distinct named.service_id, scopes.source_id, scopes.id as scope_id,
    scopes.title as scope, missing.container, missing.missing_message as message,
    missing.missing_suggestion as meant, missing.missing_since as since
  from scope_containers missing
  join scopes on scopes.id = missing.scope_id
  join service_scopes named on named.scope_id = missing.scope_id
    and named.container = missing.container
  where missing.missing_message is not null and scopes.active
    and not named.implicit`;

/** All that is wrong with what services name in sources. */
const PROBLEMS_SQL = `${MISSING_SQL}
  union all
  select service_id, source_id, 0 as scope_id, null as scope, '' as container,
    message, null as meant, cast(null as bigint) as since
  from service_problems`;

const positionSchema = z.tuple([z.string(), z.number().int(), z.string()]);

interface ProblemRow {
  entity_ref: string;
  title: string;
  owner_ref: string | null;
  annotations: string;
  scope_id: number;
  scope: string | null;
  container: string;
  message: string;
  meant: string | null;
  since: StoredInstant | null;
}

/** What services name in a source that does not exist or cannot be read. */
export async function listProblems(
  db: Knex,
  source: ConnectedSource,
  options: {
    query: SourceProblemQuery;
    visibility: Visibility;
    now: Instant;
  },
): Promise<Page<SourceProblem>> {
  const { now, query, visibility } = options;
  const visible = visibleServices(db, visibility);
  const collation = isPostgres(db) ? 'collate "C"' : '';
  const place = `services.entity_ref ${collation}, problems.scope_id, problems.container ${collation}`;
  const from = `from (${PROBLEMS_SQL}) as problems
    join services on services.id = problems.service_id
    where problems.source_id = ? and ${visible.sql}`;
  const bindings = [source.id, ...visible.bindings];
  const after =
    query.cursor === undefined
      ? []
      : decodePosition(query.cursor, {
          schema: positionSchema,
          list: 'problems',
        });

  const [[{ total }], rows] = await Promise.all([
    queryRows<{ total: number | string }>(
      db,
      `select count(*) as total ${from}`,
      bindings,
    ),
    queryRows<ProblemRow>(
      db,
      `select services.entity_ref, services.title, services.owner_ref,
        services.annotations, problems.scope_id, problems.scope,
        problems.container, problems.message, problems.meant, problems.since
      ${from} ${after.length ? `and (${place}) > (?, ?, ?)` : ''}
      order by ${place} limit ?`,
      [...bindings, ...after, query.limit + 1],
    ),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(row => toProblem(row, source)),
    totalItems: Number(total),
    asOf: toIsoInstant(now),
    ...(last &&
      rows.length > page.length && {
        nextCursor: encodePosition([
          last.entity_ref,
          last.scope_id,
          last.container,
        ]),
      }),
  };
}

/** How many visible services have such problems, by the id of the source. */
export async function countProblems(
  db: Knex,
  visibility: Visibility,
): Promise<{ of: string; count: number | string }[]> {
  const visible = visibleServices(db, visibility);
  return queryRows(
    db,
    `select problems.source_id as of, count(distinct services.id) as count
    from (${PROBLEMS_SQL}) as problems
    join services on services.id = problems.service_id
    where ${visible.sql}
    group by problems.source_id`,
    visible.bindings,
  );
}

/** How many visible services name something missing, by the id of the scope. */
export async function countMissing(
  db: Knex,
  scopeIds: readonly number[],
  visibility: Visibility,
): Promise<{ of: number; count: number | string }[]> {
  const visible = visibleServices(db, visibility);
  const ids = idSet(db, scopeIds);
  return queryRows(
    db,
    `select missing.scope_id as of, count(distinct services.id) as count
    from (${MISSING_SQL}) as missing
    join services on services.id = missing.service_id
    where ${ids.includes('missing.scope_id')} and ${visible.sql}
    group by missing.scope_id`,
    [ids.binding, ...visible.bindings],
  );
}

function toProblem(
  row: ProblemRow,
  { source }: ConnectedSource,
): SourceProblem {
  const isMalformed = row.scope_id === 0;
  const { container, meant } = row;
  const suggestion =
    meant === null
      ? undefined
      : suggestedAnnotation({
          annotations: JSON.parse(row.annotations),
          keys: source.annotations,
          named: container,
          meant,
        });
  return {
    entityRef: row.entity_ref,
    title: row.title,
    ownerRef: row.owner_ref,
    kind: isMalformed ? 'malformed' : 'missing',
    scope: row.scope,
    container: isMalformed ? null : container,
    message: row.message,
    since: toIsoInstant(instantOf(row.since)),
    meant,
    suggestion: suggestion ?? null,
  };
}
