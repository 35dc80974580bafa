import {
  EnvironmentItem,
  EnvironmentQuery,
  environmentStage,
  Instant,
  Page,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  instantOf,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  storableText,
  textSet,
  withTables,
} from '../database';
import { entityRefCondition, lowerCase } from '../services/serviceFilters';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';
import { EnvironmentRow } from './environmentRows';
import { stageSql } from './stageSql';

/** The newest first. */
const ORDER: Order = {
  name: '-createdAt',
  column: 'env.created_at',
  idColumn: 'env.sequence',
  descending: true,
  type: 'number',
};

export interface EnvironmentQueriesOptions {
  db: Knex;
}

/**
 * Reads environments: those in which a service runs that is visible, and those
 * that name none.
 */
export class EnvironmentQueries {
  readonly #db: Knex;

  static create(options: EnvironmentQueriesOptions) {
    return new EnvironmentQueries(options);
  }

  private constructor({ db }: EnvironmentQueriesOptions) {
    this.#db = db;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: EnvironmentQuery,
    visibility: Visibility,
    now: Instant,
  ): Promise<Page<EnvironmentItem>> {
    const db = this.#db;
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      ...shownConditions(visibility),
      ...queryConditions(db, query, visibility, now),
    ];
    const after = query.cursor
      ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
      : [];
    const page = sql`${tables} select env.* from environments env
      where ${allOf([...conditions, ...after])}
      order by ${orderBySql(ORDER)} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables} select count(*) as total from environments env
      where ${allOf(conditions)}`;
    const [rows, [{ total }]] = await Promise.all([
      queryRows<EnvironmentRow>(db, page.sql, page.bindings),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const { rows: shown, nextCursor } = pageOf(
      rows.map(row => ({ id: row.sequence, row })),
      query.limit,
      ORDER,
      ({ row }) => instantOf(row.created_at),
    );
    return {
      items: await this.#show(
        shown.map(({ row }) => row),
        visibility,
        now,
      ),
      totalItems: Number(total),
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(now),
    };
  }

  /** `undefined` where there is none, or it is not visible. */
  async get(
    of: { name: string } | { id: string },
    visibility: Visibility,
    now: Instant,
  ): Promise<EnvironmentItem | undefined> {
    const db = this.#db;
    const isIt =
      'id' in of
        ? sql`env.id = ${bound(storableText(of.id))}`
        : sql`env.name = ${bound(storableText(of.name))}`;
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select env.* from environments env
      where ${allOf([isIt, ...shownConditions(visibility)])}`;
    const rows = await queryRows<EnvironmentRow>(
      db,
      statement.sql,
      statement.bindings,
    );
    const [environment] = await this.#show(rows, visibility, now);
    return environment;
  }

  /** The ids of services by their references, of those that are visible. */
  async serviceIds(
    entityRefs: readonly string[],
    visibility: Visibility,
  ): Promise<Map<string, number>> {
    const db = this.#db;
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select st.service_id, st.entity_ref from service_status st
      where ${allOf([
        entityRefCondition(db, entityRefs),
        ...visibleConditions(visibility),
      ])}`;
    const rows = await queryRows<{ service_id: number; entity_ref: string }>(
      db,
      statement.sql,
      statement.bindings,
    );
    return new Map(rows.map(row => [row.entity_ref, row.service_id]));
  }

  async #show(
    rows: readonly EnvironmentRow[],
    visibility: Visibility,
    now: Instant,
  ): Promise<EnvironmentItem[]> {
    const ids = rows.map(({ id }) => id);
    const [services, exercises, improvements] = await Promise.all([
      this.#servicesOf(ids, visibility),
      this.#countsOf(
        sql`select x.environment_id as id, count(distinct x.id) as count
          from exercises x
          join exercise_services xs on xs.exercise_id = x.id
          join service_status st on st.service_id = xs.service_id`,
        'x.environment_id',
        ids,
        visibility,
      ),
      this.#countsOf(
        sql`select ie.environment_id as id, count(*) as count
          from improvement_environments ie
          join improvements i on i.id = ie.improvement_id
          join service_status st on st.service_id = i.service_id`,
        'ie.environment_id',
        ids,
        visibility,
      ),
    ]);
    return rows.map(row => {
      const expiresAt = instantOf(row.expires_at);
      const removedAt = instantOf(row.removed_at);
      return {
        id: row.id,
        name: row.name,
        version: row.version,
        kind: row.kind,
        title: row.title,
        ownerRef: row.owner_ref,
        services: services.get(row.id) ?? [],
        url: row.url,
        createdAt: toIsoInstant(instantOf(row.created_at)),
        expiresAt: toIsoInstant(expiresAt),
        removedAt: toIsoInstant(removedAt),
        stage: environmentStage({ expiresAt, removedAt }, now),
        reportedBy: row.reported_by,
        exerciseCount: exercises.get(row.id) ?? 0,
        improvementCount: improvements.get(row.id) ?? 0,
      };
    });
  }

  async #servicesOf(
    ids: readonly string[],
    visibility: Visibility,
  ): Promise<Map<string, EnvironmentItem['services']>> {
    const db = this.#db;
    const set = textSet(db, ids);
    const isOfThem = {
      sql: set.includes('es.environment_id'),
      bindings: [set.binding],
    };
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select es.environment_id, st.entity_ref, st.title
      from environment_services es
      join service_status st on st.service_id = es.service_id
      where ${allOf([isOfThem, ...visibleConditions(visibility)])}
      order by st.title, st.entity_ref`;
    const services = new Map<string, EnvironmentItem['services']>();
    for (const row of await queryRows<{
      environment_id: string;
      entity_ref: string;
      title: string;
    }>(db, statement.sql, statement.bindings)) {
      const service = { entityRef: row.entity_ref, title: row.title };
      const known = services.get(row.environment_id);
      if (known) known.push(service);
      else services.set(row.environment_id, [service]);
    }
    return services;
  }

  async #countsOf(
    select: SqlPart,
    column: string,
    ids: readonly string[],
    visibility: Visibility,
  ): Promise<Map<string, number>> {
    const db = this.#db;
    const set = textSet(db, ids);
    const isOfThem = { sql: set.includes(column), bindings: [set.binding] };
    const statement = sql`${withTables(visibleTables(db, visibility))} ${select}
      where ${allOf([isOfThem, ...visibleConditions(visibility)])}
      group by ${column}`;
    const rows = await queryRows<{ id: string; count: number | string }>(
      db,
      statement.sql,
      statement.bindings,
    );
    return new Map(rows.map(({ id, count }) => [id, Number(count)]));
  }
}

/** The services `st` of environment `env`, with further conditions. */
function withService(conditions: readonly SqlPart[]): SqlPart {
  return sql`exists (select 1 from environment_services es
    join service_status st on st.service_id = es.service_id
    where es.environment_id = env.id and ${allOf(conditions)})`;
}

function shownConditions(visibility: Visibility): SqlPart[] {
  if (visibility.kind === 'all') return [];
  return [
    sql`not exists (select 1 from environment_services es
      where es.environment_id = env.id)
      or ${withService(visibleConditions(visibility))}`,
  ];
}

function queryConditions(
  db: Knex,
  query: EnvironmentQuery,
  visibility: Visibility,
  now: Instant,
): SqlPart[] {
  const conditions: SqlPart[] = [];
  const oneOf = (column: SqlPart, values: readonly string[]): SqlPart => {
    const set = textSet(
      db,
      values.map(value => storableText(value)),
    );
    return {
      sql: set.includes(column.sql),
      bindings: [...column.bindings, set.binding],
    };
  };
  if (query.kind) conditions.push(oneOf(sql`env.kind`, query.kind));
  if (query.stage) {
    conditions.push(oneOf(sql`(${stageSql(now)})`, query.stage));
  }
  if (query.owner) {
    conditions.push(oneOf(sql`env.owner_ref`, query.owner.map(lowerCase)));
  }
  if (query.entityRef) {
    conditions.push(
      withService([
        entityRefCondition(db, query.entityRef),
        ...visibleConditions(visibility),
      ]),
    );
  }
  if (query.q) {
    const literal = storableText(query.q)
      .toLocaleLowerCase('en-US')
      .replace(/[!%_]/g, '!$&');
    const isLike = bound(`%${literal}%`);
    conditions.push(
      sql`lower(env.name) like ${isLike} escape '!'
        or lower(env.title) like ${isLike} escape '!'`,
    );
  }
  return conditions;
}
