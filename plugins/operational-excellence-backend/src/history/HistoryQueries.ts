import { InputError, NotAllowedError } from '@backstage/errors';
import {
  History,
  HistoryDimension,
  HistoryQuery,
  Instant,
  Movers,
  MoversQuery,
  RollupDimension,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { storableText } from '../database';
import { primaryOnly, ReadDatabase } from '../database/replica';
import { lowerCase } from '../services/serviceFilters';
import { visibleServiceId } from '../services/visibleServiceId';
import { Visibility } from '../visibility/Visibility';
import { dayOfIso, isoDay } from './days';
import { readGroupHistory, readServiceHistory } from './readHistory';
import {
  readComparedDays,
  readMovingGroups,
  readMovingServices,
} from './readMovers';

export interface HistoryQueriesOptions {
  db: Knex;
  /** Where is read; `db`, where left out. */
  reads?: ReadDatabase;
  now?: () => Instant;
}

/** Reads how services and groups of them stood, day by day. */
export class HistoryQueries {
  readonly #reads: ReadDatabase;
  readonly #now: () => Instant;

  static create(options: HistoryQueriesOptions): HistoryQueries {
    return new HistoryQueries(options);
  }

  private constructor(options: HistoryQueriesOptions) {
    this.#reads = options.reads ?? primaryOnly(options.db);
    this.#now = options.now ?? Date.now;
  }

  /**
   * `undefined` where there is no such service, or it is not visible.
   *
   * @throws InputError where the key does not go with what is asked for
   * @throws NotAllowedError for groups, where not all services are visible
   */
  async history(
    query: HistoryQuery,
    visibility: Visibility,
  ): Promise<History | undefined> {
    return this.#reads.read(db => this.#history(db, query, visibility));
  }

  /**
   * What changed the most for the better and for the worse.
   *
   * @throws NotAllowedError for groups, where not all services are visible
   */
  async movers(query: MoversQuery, visibility: Visibility): Promise<Movers> {
    return this.#reads.read(db => this.#movers(db, query, visibility));
  }

  async #history(
    db: Knex,
    query: HistoryQuery,
    visibility: Visibility,
  ): Promise<History | undefined> {
    const { by, key } = query;
    const days = { from: dayOfIso(query.from), to: dayOfIso(query.to) };
    if (by === 'service') {
      if (key === undefined) {
        throw new InputError(
          'Missing query parameter key: the entity reference of the service',
        );
      }
      const serviceId = await visibleServiceId(db, key, visibility);
      if (serviceId === undefined) return undefined;
      return {
        by,
        key: lowerCase(key),
        title: await titleOfService(db, serviceId),
        points: await readServiceHistory(db, serviceId, days),
        asOf: toIsoInstant(this.#now()),
      };
    }
    if (by === 'all' && key !== undefined) {
      throw new InputError(
        'Query parameter key goes with a group, not with all services',
      );
    }
    requireAll(visibility);
    const groupKey = keyOf(by, key);
    return {
      by,
      key: groupKey || null,
      title: groupKey ? await titleOfGroup(db, by, groupKey) : null,
      points: await readGroupHistory(db, { by, key: groupKey }, days),
      asOf: toIsoInstant(this.#now()),
    };
  }

  async #movers(
    db: Knex,
    query: MoversQuery,
    visibility: Visibility,
  ): Promise<Movers> {
    const { by, limit } = query;
    if (by !== 'service') requireAll(visibility);
    const asOf = toIsoInstant(this.#now());
    const days = await readComparedDays(db, query);
    if (!days)
      return { improved: [], worsened: [], from: null, to: null, asOf };
    const { improved, worsened } =
      by === 'service'
        ? await readMovingServices(db, visibility, { ...days, limit })
        : await readMovingGroups(db, by, days);
    return {
      improved: improved.slice(0, limit),
      worsened: worsened.slice(0, limit),
      from: isoDay(days.from),
      to: isoDay(days.to),
      asOf,
    };
  }
}

async function titleOfService(
  db: Knex,
  serviceId: number,
): Promise<string | null> {
  const row = await db('service_status')
    .where({ service_id: serviceId })
    .first('title');
  return row?.title ?? null;
}

async function titleOfGroup(
  db: Knex,
  by: RollupDimension,
  key: string,
): Promise<string> {
  if (!isOfEntities(by)) return key;
  const row = await db('related_entities')
    .where({ entity_ref: key })
    .first('title');
  return row?.title ?? key;
}

function isOfEntities(by: HistoryDimension) {
  return by === 'owner' || by === 'system' || by === 'domain';
}

function keyOf(by: RollupDimension, key: string | undefined): string {
  if (key === undefined) return '';
  return storableText(isOfEntities(by) ? lowerCase(key) : key);
}

/** What a group came to on a day cannot be told without what is hidden. */
function requireAll(visibility: Visibility) {
  if (visibility.kind === 'all') return;
  throw new NotAllowedError(
    'Histories of groups are only for those who may see all services in the catalog, because they were summed up over all; ask for a single service with by=service',
  );
}
