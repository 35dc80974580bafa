import {
  Instant,
  Lesson,
  LessonPage,
  LessonQuery,
  Policy,
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
import {
  FINDING_COLUMNS,
  FROM_FINDINGS,
  ShownFindingRow,
} from '../findings/queries/findingSelect';
import { showFindings } from '../findings/queries/listFindings';
import { searchCondition } from '../findings/search';
import {
  entityRefCondition,
  lowerCase,
  ownerCondition,
} from '../services/serviceFilters';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';

/** The newest first. */
const ORDER: Order = {
  name: '-createdAt',
  column: 'f.created_at',
  idColumn: 'f.sequence',
  descending: true,
  type: 'number',
};

/** How many of the most used tags are told. */
const MAX_TAGS = 50;

const HAS_LESSON = sql`f.lesson is not null`;

export interface LessonQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
}

/** Reads and searches what findings can teach. */
export class LessonQueries {
  readonly #db: Knex;
  readonly #policies: ReadonlyMap<string, Policy>;

  static create(options: LessonQueriesOptions) {
    return new LessonQueries(options);
  }

  private constructor({ db, policies }: LessonQueriesOptions) {
    this.#db = db;
    this.#policies = new Map(policies.map(policy => [policy.id, policy]));
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: LessonQuery,
    visibility: Visibility,
    now: Instant,
  ): Promise<LessonPage> {
    const db = this.#db;
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      HAS_LESSON,
      ...visibleConditions(visibility),
      ...queryConditions(db, query),
    ];
    const after = query.cursor
      ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
      : [];
    const page = sql`${tables} select ${FINDING_COLUMNS} ${FROM_FINDINGS}
      where ${allOf([...conditions, ...after])}
      order by ${orderBySql(ORDER)} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables} select count(*) as total ${FROM_FINDINGS}
      where ${allOf(conditions)}`;

    const [rows, [{ total }], tags] = await Promise.all([
      queryRows<ShownFindingRow>(db, page.sql, page.bindings),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
      this.#tags(visibility),
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
        now,
      ),
      totalItems: Number(total),
      tags,
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(now),
    };
  }

  /** The most used tags of all lessons that are visible. */
  async #tags(visibility: Visibility): Promise<LessonPage['tags']> {
    const db = this.#db;
    const conditions = [HAS_LESSON, ...visibleConditions(visibility)];
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select ft.tag, count(*) as count from finding_tags ft
      join findings f on f.id = ft.finding_id
      join service_status st on st.service_id = f.service_id
      where ${allOf(conditions)}
      group by ft.tag order by count(*) desc, ft.tag limit ${bound(MAX_TAGS)}`;
    const rows = await queryRows<{ tag: string; count: number | string }>(
      db,
      statement.sql,
      statement.bindings,
    );
    return rows.map(({ tag, count }) => ({ tag, count: Number(count) }));
  }

  async #show(
    rows: readonly ShownFindingRow[],
    now: Instant,
  ): Promise<Lesson[]> {
    const policies = this.#policies;
    const findings = await showFindings(this.#db, rows, { now, policies });
    return findings.map(finding => ({
      id: finding.id,
      entityRef: finding.entityRef,
      entityTitle: finding.entityTitle,
      origin: finding.origin,
      severity: finding.severity,
      text: finding.text,
      lesson: finding.lesson ?? '',
      tags: finding.tags,
      stage: finding.stage,
      createdBy: finding.createdBy,
      createdAt: finding.createdAt,
    }));
  }
}

function queryConditions(db: Knex, query: LessonQuery): SqlPart[] {
  const oneOf = (column: string, values: readonly string[]): SqlPart => {
    const set = textSet(
      db,
      values.map(value => storableText(value)),
    );
    return { sql: set.includes(column), bindings: [set.binding] };
  };
  const conditions: SqlPart[] = [];
  const searched = query.q && searchCondition(db, query.q);
  if (searched) conditions.push(searched);
  if (query.entityRef) {
    conditions.push(entityRefCondition(db, query.entityRef));
  }
  if (query.owner) conditions.push(ownerCondition(db, query.owner));
  if (query.severity) conditions.push(oneOf('f.severity', query.severity));
  if (query.origin) conditions.push(oneOf('f.origin_kind', query.origin));
  if (query.tag) {
    const tagged = oneOf('tag', query.tag.map(lowerCase));
    conditions.push(
      sql`f.id in (select finding_id from finding_tags where ${tagged})`,
    );
  }
  return conditions;
}
