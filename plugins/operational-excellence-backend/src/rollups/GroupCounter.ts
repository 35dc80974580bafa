import {
  Instant,
  MEASURE_STATES,
  RollupDimension,
  serviceFacetSchema,
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, queryRows, sql, SqlPart, StoredBoolean } from '../database';
import {
  InitiativeScope,
  readInitiativeScope,
} from '../initiatives/initiativeScope';
import { leavesAll } from '../services/leavesAll';
import { filterConditions } from '../services/serviceFilters';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import {
  maybeUnsettledSql,
  readUnsettled,
  staleGroupsSql,
  Unsettled,
} from '../status';
import { Visibility } from '../visibility/Visibility';
import { readChanges } from './changes';
import { Counted, RANK_COLUMNS, stateColumn } from './figureColumns';
import {
  CountedGroups,
  groupFiguresSql,
  groupSizesSql,
  ServiceRows,
} from './groupCounts';
import { correctedSql, countedSql } from './maintainedCounts';
import { keptRowsSql, statusRowsSql } from './serviceRows';

export interface CountOptions {
  now: Instant;
  visibility: Visibility;
}

/** A select, and what it needs to be named in front of the statement. */
export interface CountedSelect {
  tables: SqlPart[];
  rows: SqlPart;
}

interface Basis {
  initiative: InitiativeScope | undefined;
  unsettled: Unsettled;
  /** The services that are not as they were counted last. */
  changed: number[] | 'many';
}

/** What is kept of each service tells whether these filters leave it. */
const OF_KEPT: readonly string[] = [
  ...serviceFacetSchema.options,
  'without',
  // Of what states are, which are no such filter.
  'measure',
];

/**
 * Counts the services of groups that filters leave. Where a filter leaves all of
 * them, sums are kept, which are right once they are corrected by the few services
 * that changed since. Where it speaks of what groups services only, they are
 * counted from the little that is kept of each; others from their status.
 *
 * What it answers are parts of one statement: those of different filters may be
 * parts of the same.
 */
export class GroupCounter {
  readonly #db: Knex;
  readonly #options: CountOptions;
  readonly #basis: Basis;
  readonly #services = new Map<string, ServiceRows & { tables: SqlPart[] }>();
  readonly #stale: SqlPart;
  readonly #visible: SqlPart[];

  /**
   * @param filter - names the initiative of all filters that are counted
   * @throws InputError where there is no such initiative
   */
  static async read(
    db: Knex,
    filter: Pick<ServiceFilter, 'initiative' | 'reached'>,
    options: CountOptions,
  ): Promise<GroupCounter> {
    const { maybeUnsettled, services } = await readState(db, options);
    // Nothing is kept of the services that one caller may see.
    const changed =
      options.visibility.kind === 'all'
        ? await readChanges(db, fewOf(services))
        : 'many';
    const unsettled = maybeUnsettled ? await readUnsettled(db, options) : [];
    return new GroupCounter(db, options, {
      initiative: await readInitiativeScope(db, filter),
      unsettled,
      changed:
        changed === 'many' || unsettled === 'many'
          ? 'many'
          : [...new Set([...changed, ...unsettled])],
    });
  }

  private constructor(db: Knex, options: CountOptions, basis: Basis) {
    this.#db = db;
    this.#options = options;
    this.#basis = basis;
    this.#stale = staleGroupsSql(options);
    this.#visible = visibleTables(db, options.visibility);
  }

  /** The figures of each group: `group_key` and `FIGURE_COLUMNS`. */
  figures(by: RollupDimension, filter: ServiceFilter): CountedGroups {
    const sums = this.#sums(by, filter);
    if (sums) return sums;
    const { tables, ...services } = this.#servicesOf(filter);
    return {
      tables,
      rows: groupFiguresSql(this.#db, by, services),
      areStored: false,
    };
  }

  /** How many services each group has: `group_key` and `services`. */
  sizes(by: RollupDimension, filter: ServiceFilter): CountedSelect {
    const sums = this.#sums(by, filter);
    if (sums) {
      const { rows, tables } = sums;
      return {
        tables,
        rows: sql`select group_key, services from (${rows}) sums`,
      };
    }
    const { tables, ...services } = this.#servicesOf(filter);
    return { tables, rows: groupSizesSql(this.#db, by, services) };
  }

  /** How many services are in each state: `state_rank` and `services`. */
  states(of: Counted, filter: ServiceFilter): CountedSelect {
    const sums = this.#sums('all', filter);
    if (sums) {
      const states = MEASURE_STATES.map(
        (state, rank) =>
          `select ${rank} as state_rank, ${stateColumn(of, state)} as services
           from counted_all`,
      );
      return {
        tables: [
          ...sums.tables,
          sql`counted_all as materialized (${sums.rows})`,
        ],
        rows: sql`${states.join(' union all ')}`,
      };
    }
    const { name, tables } = this.#servicesOf(filter);
    const rank = `st.${RANK_COLUMNS[of]}`;
    return {
      tables,
      rows: sql`select ${rank} as state_rank, count(*) as services
        from ${name} st group by ${rank}`,
    };
  }

  #sums(by: RollupDimension, filter: ServiceFilter): CountedGroups | undefined {
    const { changed } = this.#basis;
    const { now, visibility } = this.#options;
    if (changed === 'many' || !leavesAll(filter, visibility)) return undefined;
    if (!changed.length) {
      return { tables: [], rows: countedSql(by), areStored: true };
    }
    return correctedSql(this.#db, by, {
      now,
      serviceIds: changed,
      stale: this.#stale,
    });
  }

  /** The same table for the same filter. */
  #servicesOf(filter: ServiceFilter) {
    const given = serviceFilterSchema.parse(filter);
    const key = JSON.stringify(given);
    let services = this.#services.get(key);
    if (!services) {
      services = this.#readServices(given, `services_${this.#services.size}`);
      this.#services.set(key, services);
    }
    return services;
  }

  #readServices(filter: ServiceFilter, name: string) {
    const { changed, initiative, unsettled } = this.#basis;
    const { now, visibility } = this.#options;
    const conditions = filterConditions(this.#db, filter, {
      initiative,
      now,
      unsettled,
    });
    const isKept =
      changed !== 'many' &&
      Object.entries(filter).every(
        ([of, values]) => values === undefined || OF_KEPT.includes(of),
      );
    const rows = isKept
      ? keptRowsSql(this.#db, allOf(conditions), { now, changed })
      : statusRowsSql(
          this.#db,
          allOf([...visibleConditions(visibility), ...conditions]),
          { now, unsettled },
        );
    return {
      name,
      haveOwners: isKept,
      tables: [
        this.#stale,
        ...this.#visible,
        sql`${name} as materialized (${rows})`,
      ],
    };
  }
}

/** Beyond as many of so many, to correct takes longer than to count anew. */
function fewOf(services: number) {
  return Math.max(1000, Math.round(services / 8));
}

/** What is to be known before it is decided how to count. */
async function readState(db: Knex, options: { now: Instant }) {
  const maybe = maybeUnsettledSql(options);
  const [row] = await queryRows<{
    maybe_unsettled: StoredBoolean;
    services: number | null;
  }>(
    db,
    `select ${maybe.sql} as maybe_unsettled,
       (select services from rollups where dimension = 'all') as services`,
    maybe.bindings,
  );
  return {
    maybeUnsettled: Boolean(row.maybe_unsettled),
    services: row.services ?? 0,
  };
}
