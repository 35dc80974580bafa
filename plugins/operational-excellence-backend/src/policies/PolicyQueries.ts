import {
  Instant,
  Policies,
  Policy,
  PolicyPreview,
  PolicyPreviewService,
  PolicyPreviewServiceQuery,
  Page,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  isPostgres,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  withTables,
} from '../database';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';
import { upcomingFrom, UpcomingPreviews } from './previews';
import { mostFirst } from './previews/movements';
import {
  COLUMN_OF,
  previewServiceColumns,
  PreviewServiceRow,
  previewServiceOfRow,
  StoredPreview,
  Subject,
  SUBJECTS,
} from './previews/previewRows';

const SERVICE_COLUMNS = Object.keys(previewServiceColumns)
  .map(name => `st.${name}`)
  .join(', ');

type Change = PolicyPreview['changes'][number];

export interface PolicyQueriesOptions {
  db: Knex;
  policies: readonly Policy[];
  upcoming: UpcomingPreviews;
  now?: () => Instant;
}

/** Reads policies, and what others would change, as far as a caller may see it. */
export class PolicyQueries {
  readonly #options: PolicyQueriesOptions;
  readonly #now: () => Instant;

  static create(options: PolicyQueriesOptions) {
    return new PolicyQueries(options);
  }

  private constructor(options: PolicyQueriesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async policies(visibility: Visibility): Promise<Policies> {
    const { db, policies, upcoming } = this.#options;
    const now = this.#now();
    const statement = sql`${withTables(visibleTables(db, visibility))}
      select st.policy_id, count(*) as services from service_status st
      where ${allOf(visibleConditions(visibility))} group by st.policy_id`;
    const rows = await queryRows<{
      policy_id: string | null;
      services: number | string;
    }>(db, statement.sql, statement.bindings);
    const services = new Map(
      rows.map(row => [row.policy_id, Number(row.services)]),
    );
    const items = await Promise.all(
      policies.map(async policy => {
        const day = upcomingFrom(policy, now);
        return {
          policy,
          services: services.get(policy.id) ?? 0,
          upcomingFrom: day,
          preview: day === null ? null : await upcoming.idFor(day),
        };
      }),
    );
    return { items, asOf: toIsoInstant(now) };
  }

  /** A preview with the numbers of the services that are visible. */
  async preview(
    preview: StoredPreview,
    visibility: Visibility,
  ): Promise<PolicyPreview> {
    const { changes, changed, services } =
      visibility.kind === 'all'
        ? preview
        : await this.#visibleNumbers(preview, visibility);
    return {
      id: preview.id,
      state: preview.state,
      problem: preview.problem,
      policies: preview.policies,
      createdBy: preview.createdBy,
      createdAt: toIsoInstant(preview.createdAt),
      services,
      changed,
      changes,
    };
  }

  /** @throws InputError where the cursor does not belong to the query */
  async services(
    previewId: string,
    query: PolicyPreviewServiceQuery,
    visibility: Visibility,
  ): Promise<Page<PolicyPreviewService>> {
    const { db } = this.#options;
    const order = orderOf(db);
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      sql`st.preview_id = ${bound(previewId)}`,
      ...visibleConditions(visibility),
      ...queryConditions(query),
    ];
    const after = query.cursor
      ? [afterSql(order, decodeCursor(order, query.cursor))]
      : [];
    const page = sql`${tables}
      select ${SERVICE_COLUMNS}, ${order.column} as sort_value
      from policy_preview_services st
      where ${allOf([...conditions, ...after])}
      order by ${orderBySql(order)} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables}
      select count(*) as total from policy_preview_services st
      where ${allOf(conditions)}`;
    const [rows, [{ total }]] = await Promise.all([
      queryRows<PreviewServiceRow & { sort_value: string }>(
        db,
        page.sql,
        page.bindings,
      ),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const shown = pageOf(
      rows.map(row => ({ id: row.service_id, row })),
      query.limit,
      order,
      ({ row }) => row.sort_value,
    );
    return {
      items: shown.rows.map(({ row }) => previewServiceOfRow(row)),
      totalItems: Number(total),
      ...(shown.nextCursor && { nextCursor: shown.nextCursor }),
      asOf: toIsoInstant(this.#now()),
    };
  }

  async #visibleNumbers(
    { afterId, id }: StoredPreview,
    visibility: Visibility,
  ): Promise<Pick<PolicyPreview, 'changed' | 'changes' | 'services'>> {
    const { db } = this.#options;
    const tables = withTables(visibleTables(db, visibility));
    const conditions = allOf([
      sql`st.preview_id = ${bound(id)}`,
      ...visibleConditions(visibility),
    ]);
    const counts = SUBJECTS.map(of => {
      const column = COLUMN_OF[of];
      return sql`select '${of}' as subject, st.${column}_from as "from",
          st.${column}_to as "to", count(*) as services
        from policy_preview_services st
        where ${conditions} and st.${column}_from <> st.${column}_to
        group by st.${column}_from, st.${column}_to`;
    });
    const moved = sql`${tables} ${counts.reduce(
      (all, each) => sql`${all} union all ${each}`,
    )}`;
    const looked = sql`${tables}
      select (select count(*) from service_status st
          where ${allOf([
            sql`st.service_id <= ${bound(afterId)}`,
            ...visibleConditions(visibility),
          ])}) as services,
        (select count(*) from policy_preview_services st
          where ${conditions}) as changed`;
    const [rows, [numbers]] = await Promise.all([
      queryRows<{
        subject: Subject;
        from: Change['from'];
        to: Change['to'];
        services: number | string;
      }>(db, moved.sql, moved.bindings),
      queryRows<Record<'changed' | 'services', number | string>>(
        db,
        looked.sql,
        looked.bindings,
      ),
    ]);
    return {
      services: Number(numbers.services),
      changed: Number(numbers.changed),
      changes: mostFirst(
        rows.map(({ from, services, subject, to }) => ({
          measure: subject === 'service' ? null : subject,
          from,
          to,
          services: Number(services),
        })),
      ),
    };
  }
}

/** By title, as the lists of services. */
function orderOf(db: Knex): Order {
  return {
    name: 'title',
    column: `lower(substr(st.title, 1, 200) ${
      isPostgres(db) ? 'collate "C"' : ''
    })`,
    idColumn: 'st.service_id',
    descending: false,
    type: 'text',
  };
}

function queryConditions(query: PolicyPreviewServiceQuery): SqlPart[] {
  const { from, measure, to } = query;
  if (!measure && !from && !to) return [];
  const column = COLUMN_OF[measure ?? 'service'];
  const conditions = [sql`st.${column}_from <> st.${column}_to`];
  if (from) conditions.push(sql`st.${column}_from = ${bound(from)}`);
  if (to) conditions.push(sql`st.${column}_to = ${bound(to)}`);
  return conditions;
}
