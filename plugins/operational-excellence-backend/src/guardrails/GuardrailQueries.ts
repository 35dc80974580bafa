import {
  ExperimentTemplateItem,
  ExperimentTemplateQuery,
  Page,
  SafetyLever,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  afterSql,
  allOf,
  bound,
  decodeCursor,
  idSet,
  instantOf,
  Order,
  orderBySql,
  pageOf,
  queryRows,
  sql,
  SqlPart,
  StoredInstant,
  withTables,
} from '../database';
import { entityRefCondition } from '../services/serviceFilters';
import {
  isVisible,
  visibleConditions,
  visibleTables,
} from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';
import { matchedServicesSql } from './matchedServices';
import { StoredTemplateRow, templateOfRow } from './templateRows';

const ORDER: Order = {
  name: 'title',
  column: 'x.title',
  idColumn: 'x.id',
  descending: false,
  type: 'text',
};

/** Reads what limits the harm of experiments. */
export class GuardrailQueries {
  readonly #db: Knex;
  readonly #now: () => number;

  static create(options: { db: Knex; now?: () => number }): GuardrailQueries {
    return new GuardrailQueries(options.db, options.now ?? Date.now);
  }

  private constructor(db: Knex, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * One page of templates by title. Those that exercise no service that the
   * caller may see are left out, unless the caller may see all.
   */
  async templates(
    query: ExperimentTemplateQuery,
    visibility: Visibility,
  ): Promise<Page<ExperimentTemplateItem>> {
    const db = this.#db;
    const conditions = templateConditions(db, query, visibility);
    const after = query.cursor
      ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
      : [];
    const tables = withTables(visibleTables(db, visibility));
    const page = sql`${tables} select x.* from experiment_templates x
      where ${allOf([...conditions, ...after])}
      order by ${orderBySql(ORDER)} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables} select count(*) as total
      from experiment_templates x where ${allOf(conditions)}`;
    const [rows, [{ total }]] = await Promise.all([
      queryRows<StoredTemplateRow>(db, page.sql, page.bindings),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const { rows: shown, nextCursor } = pageOf(
      rows,
      query.limit,
      ORDER,
      row => row.title,
    );
    const exercised = await this.#exercised(shown, visibility);
    return {
      items: shown.map(row => ({
        ...templateOfRow(row),
        entityRefs: exercised.get(row.id) ?? [],
      })),
      totalItems: Number(total),
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(this.#now()),
    };
  }

  /** The safety lever of each connected account and Region that was looked at. */
  async safetyLevers(): Promise<{ items: SafetyLever[] }> {
    const rows = await queryRows<{
      source_id: string;
      account_id: string;
      region: string;
      state: SafetyLever['state'];
      reason: string | null;
      checked_at: StoredInstant;
    }>(
      this.#db,
      `select s.source_id, l.account_id, l.region, l.state, l.reason, l.checked_at
       from safety_levers l join scopes s on s.id = l.scope_id
       where s.active order by l.account_id, l.region`,
    );
    return {
      items: rows.map(row => ({
        sourceId: row.source_id,
        accountId: row.account_id,
        region: row.region,
        state: row.state,
        reason: row.reason,
        checkedAt: toIsoInstant(instantOf(row.checked_at)),
      })),
    };
  }

  /** The visible services that each of some templates exercises. */
  async #exercised(
    rows: readonly StoredTemplateRow[],
    visibility: Visibility,
  ): Promise<Map<number, string[]>> {
    const exercised = new Map<number, string[]>();
    if (!rows.length) return exercised;
    const ids = idSet(
      this.#db,
      rows.map(({ id }) => id),
    );
    const matches = await queryRows<{
      template_id: number;
      entity_ref: string;
    }>(
      this.#db,
      `select found.template_id, st.entity_ref
       from ${matchedServicesSql(this.#db)} found
       join service_status st on st.service_id = found.service_id
       where ${ids.includes('found.template_id')}
       order by st.entity_ref`,
      [ids.binding],
    );
    for (const { entity_ref, template_id } of matches) {
      if (!isVisible(entity_ref, visibility)) continue;
      const refs = exercised.get(template_id) ?? [];
      exercised.set(template_id, [...refs, entity_ref]);
    }
    return exercised;
  }
}

function templateConditions(
  db: Knex,
  query: ExperimentTemplateQuery,
  visibility: Visibility,
): SqlPart[] {
  const conditions: SqlPart[] = [];
  if (query.unguarded) {
    conditions.push(
      query.unguarded === 'true' ? sql`x.unguarded` : sql`not x.unguarded`,
    );
  }
  if (query.service || visibility.kind !== 'all') {
    const ofService = query.service
      ? [entityRefCondition(db, query.service)]
      : [];
    const services = allOf([...visibleConditions(visibility), ...ofService]);
    conditions.push(sql`x.id in (
      select found.template_id from ${matchedServicesSql(db)} found
      join service_status st on st.service_id = found.service_id
      where ${services})`);
  }
  return conditions;
}
