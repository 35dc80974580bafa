import { InputError } from '@backstage/errors';
import {
  Instant,
  missingForFinish,
  Page,
  ReadinessDifference,
  readinessDifferenceOf,
  ReadinessTest,
  ReadinessTestDetail,
  ReadinessTestQuery,
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
  pageOf,
  queryRows,
  sql,
  SqlPart,
  storableText,
  textSet,
  withTables,
} from '../../database';
import {
  entityRefCondition,
  ownerCondition,
} from '../../services/serviceFilters';
import { visibleServiceId } from '../../services/visibleServiceId';
import {
  isVisible,
  visibleConditions,
  visibleTables,
} from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';
import { itemsOf } from '../templates';
import { RunContents } from './RunContents';
import { isStanding, runOfRow, shownAnswer } from './runRows';
import {
  FROM_RUNS,
  IS_NEWEST,
  IS_OUTDATED,
  RUN_COLUMNS,
  shownRun,
  ShownRunRow,
} from './runSelect';
import { RunStore } from './RunStore';

/** The newest first: by when they were finished, or begun. */
const ORDER: Order = {
  name: '-listedAt',
  column: 'r.listed_at',
  idColumn: 'r.id',
  idType: 'text',
  descending: true,
  type: 'number',
};

/** All have that instant; with `nulls last`, no index would help. */
const NEWEST_FIRST = `${ORDER.column} desc, ${ORDER.idColumn} desc`;

export interface RunQueriesOptions {
  contents: RunContents;
  db: Knex;
  runs: RunStore;
  now?: () => Instant;
}

/** Reads readiness tests of any state. */
export class RunQueries {
  readonly #options: RunQueriesOptions;

  static create(options: RunQueriesOptions) {
    return new RunQueries(options);
  }

  private constructor(options: RunQueriesOptions) {
    this.#options = options;
  }

  /** @throws InputError where the cursor does not belong to the query */
  async list(
    query: ReadinessTestQuery,
    visibility: Visibility,
  ): Promise<Page<ReadinessTest>> {
    const { db } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const tables = withTables(visibleTables(db, visibility));
    const conditions = [
      ...visibleConditions(visibility),
      ...conditionsOf(db, query),
    ];
    const after = query.cursor
      ? [afterSql(ORDER, decodeCursor(ORDER, query.cursor))]
      : [];
    const page = sql`${tables} select ${RUN_COLUMNS} ${FROM_RUNS}
      where ${allOf([...conditions, ...after])}
      order by ${NEWEST_FIRST} limit ${bound(query.limit + 1)}`;
    const count = sql`${tables} select count(*) as total from readiness_runs r
      join service_status st on st.service_id = r.service_id
      where ${allOf(conditions)}`;
    const [rows, [{ total }]] = await Promise.all([
      queryRows<ShownRunRow>(db, page.sql, page.bindings),
      queryRows<{ total: number | string }>(db, count.sql, count.bindings),
    ]);
    const { rows: shown, nextCursor } = pageOf(rows, query.limit, ORDER, row =>
      instantOf(row.listed_at),
    );
    return {
      items: shown.map(shownRun),
      totalItems: Number(total),
      ...(nextCursor && { nextCursor }),
      asOf: toIsoInstant(now),
    };
  }

  /**
   * The service of a test, whoever may see it; `undefined` where there is none,
   * or its service is not in the catalog any more.
   */
  async entityRefOf(id: string): Promise<string | undefined> {
    return (await this.#row(id))?.entity_ref;
  }

  /** One test, whoever may see it. */
  async read(id: string): Promise<ReadinessTestDetail | undefined> {
    const row = await this.#row(id);
    return row && this.#detail(row);
  }

  /** One test; `undefined` where there is none, or its service is not visible. */
  async get(
    id: string,
    visibility: Visibility,
  ): Promise<ReadinessTestDetail | undefined> {
    const row = await this.#row(id);
    return row && isVisible(row.entity_ref, visibility)
      ? this.#detail(row)
      : undefined;
  }

  /**
   * What changed from one test to another, both of which the caller sees.
   *
   * @throws InputError where they are not of one template and service
   */
  difference(
    from: ReadinessTestDetail,
    to: ReadinessTestDetail,
  ): ReadinessDifference {
    if (from.template !== to.template || from.entityRef !== to.entityRef) {
      throw new InputError(
        'Invalid query parameter from: expected a readiness test of the same template and service',
      );
    }
    return {
      from: withoutDetail(from),
      to: withoutDetail(to),
      items: readinessDifferenceOf(sideOf(from), sideOf(to)),
    };
  }

  /** The id of a service; `undefined` where it is unknown or not visible. */
  async serviceId(
    entityRef: string,
    visibility: Visibility,
  ): Promise<number | undefined> {
    return visibleServiceId(this.#options.db, entityRef, visibility);
  }

  async #row(id: string): Promise<ShownRunRow | undefined> {
    const [row] = await queryRows<ShownRunRow>(
      this.#options.db,
      `select ${RUN_COLUMNS} ${FROM_RUNS} where r.id = ?`,
      [storableText(id)],
    );
    return row;
  }

  async #detail(row: ShownRunRow): Promise<ReadinessTestDetail> {
    const { contents, db, runs } = this.#options;
    const [content, all, previousId] = await Promise.all([
      contents.of(db, runOfRow(row)),
      runs.answers(db, row.id),
      this.#previousId(row),
    ]);
    const standing = all.filter(isStanding);
    const byItem = new Map(standing.map(answer => [answer.itemId, answer]));
    const isOpen = row.state === 'open';
    return {
      ...shownRun(row),
      content: content ?? null,
      templateRemoved: row.template_removed_at !== null,
      answers: standing.map(shownAnswer),
      missing:
        content && isOpen ? missingForFinish(itemsOf(content), byItem) : [],
      previousId,
    };
  }

  async #previousId(row: ShownRunRow): Promise<string | null> {
    const [previous] = await queryRows<{ id: string }>(
      this.#options.db,
      `select id from readiness_runs
       where service_id = ? and template = ? and state = 'finished'
         and (listed_at < ? or (listed_at = ? and id < ?))
       order by listed_at desc, id desc limit 1`,
      [row.service_id, row.template, row.listed_at, row.listed_at, row.id],
    );
    return previous?.id ?? null;
  }
}

function conditionsOf(db: Knex, query: ReadinessTestQuery): SqlPart[] {
  return [
    ...(query.entityRef ? [entityRefCondition(db, query.entityRef)] : []),
    ...(query.owner ? [ownerCondition(db, query.owner)] : []),
    ...(query.template ? [oneOf(db, 'r.template', query.template)] : []),
    ...(query.state ? [oneOf(db, 'r.state', query.state)] : []),
    ...(query.verdict ? [oneOf(db, 'r.verdict', query.verdict)] : []),
    ...(query.newest ? [sql`${IS_NEWEST}`] : []),
    ...(query.outdated ? [outdatedCondition(query.outdated)] : []),
  ];
}

function outdatedCondition(outdated: 'true' | 'false'): SqlPart {
  return outdated === 'true' ? sql`${IS_OUTDATED}` : sql`not ${IS_OUTDATED}`;
}

function oneOf(db: Knex, column: string, values: readonly string[]): SqlPart {
  const set = textSet(
    db,
    values.map(value => storableText(value)),
  );
  return { sql: set.includes(column), bindings: [set.binding] };
}

function sideOf({ answers, content }: ReadinessTestDetail) {
  return {
    items: content ? itemsOf(content) : [],
    answers: new Map(answers.map(answer => [answer.itemId, answer])),
  };
}

function withoutDetail(test: ReadinessTestDetail): ReadinessTest {
  const {
    answers: _answers,
    content: _content,
    missing: _missing,
    previousId: _previousId,
    templateRemoved: _templateRemoved,
    ...rest
  } = test;
  return rest;
}
