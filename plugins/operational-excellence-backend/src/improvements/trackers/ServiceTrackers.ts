import { InputError } from '@backstage/errors';
import { TicketSource } from 'backstage-plugin-operational-excellence-node';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { Duration } from 'luxon';
import { queryPrepared, StoredBoolean } from '../../database';
import { SourceRegistry } from '../../sources';
import { Destination } from '../improvementRows';

/** Where improvements of a service can be filed. */
export interface ServiceTracker {
  id: string;
  title: string;
  /** Where in the tracker it is. */
  scope: string;
  url: string | null;
  isBuiltIn: boolean;
  destination: Destination;
}

/** A source in which tickets can be filed, and found again. */
export type FilingSource = TicketSource &
  Required<Pick<TicketSource, 'file' | 'findFiled'>>;

interface NamedRow {
  source_id: string;
  scope_key: string;
  scope_title: string;
  url: string | null;
  container: string;
  all_of: string;
  implicit: StoredBoolean;
}

/** Knows in which trackers improvements can be filed. */
export class ServiceTrackers {
  readonly #sources: ReadonlyMap<string, FilingSource>;
  readonly #findableAfter: ReadonlyMap<string, number>;

  /** @throws InputError where a source says what cannot be read */
  static create(options: { sources: Pick<SourceRegistry, 'ticketSources'> }) {
    return new ServiceTrackers(options.sources.ticketSources.filter(canFile));
  }

  private constructor(sources: readonly FilingSource[]) {
    this.#sources = new Map(sources.map(source => [source.id, source]));
    this.#findableAfter = new Map(
      sources.map(source => [source.id, readFindableAfter(source)]),
    );
  }

  /** How long a source may not find what was filed in it, milliseconds. */
  findableAfter(sourceId: string): number {
    return this.#findableAfter.get(sourceId) ?? 0;
  }

  /** The ids of the sources in which can be filed. */
  sourceIds(): string[] {
    return [...this.#sources.keys()];
  }

  source(id: string): FilingSource | undefined {
    return this.#sources.get(id);
  }

  /**
   * The trackers of a service, the one first that is taken by default: what the
   * service names goes before what it has anyway. Not in a transaction.
   */
  async of(db: Knex, serviceId: number): Promise<ServiceTracker[]> {
    const rows = await queryPrepared<NamedRow>(
      db,
      `select sc.source_id, sc.key as scope_key, sc.title as scope_title,
         sc.url, ss.container, ss.all_of, ss.implicit
       from service_scopes ss join scopes sc on sc.id = ss.scope_id
       where ss.service_id = ? and sc.active and sc.kind = 'ticket'`,
      [serviceId],
    );
    const order = this.sourceIds();
    return rows
      .flatMap(row => {
        const source = this.#sources.get(row.source_id);
        return source
          ? [{ rank: rankOf(row, source), tracker: toTracker(row, source) }]
          : [];
      })
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          order.indexOf(a.tracker.destination.sourceId) -
            order.indexOf(b.tracker.destination.sourceId) ||
          (a.tracker.scope < b.tracker.scope ? -1 : 1),
      )
      .map(({ tracker }) => tracker);
  }
}

/** What could not be found again must not be filed. */
function canFile(source: TicketSource): source is FilingSource {
  return source.file !== undefined && source.findFiled !== undefined;
}

function readFindableAfter({ findableAfter, id }: FilingSource): number {
  if (findableAfter === undefined) return 0;
  const ms = Duration.fromISO(findableAfter).toMillis();
  if (ms >= 0) return ms;
  throw new InputError(
    `findableAfter of the source ${id}: expected an ISO 8601 duration, such as PT1M; got ${JSON.stringify(
      findableAfter,
    )}`,
  );
}

/** Who names the built-in tracker wants it although there may be others. */
function rankOf({ implicit }: NamedRow, { isBuiltIn }: TicketSource): number {
  if (implicit) return 2;
  return isBuiltIn ? 0 : 1;
}

function toTracker(row: NamedRow, source: FilingSource): ServiceTracker {
  const destination = {
    sourceId: row.source_id,
    scopeKey: row.scope_key,
    container: row.container,
    allOf: JSON.parse(row.all_of),
  };
  return {
    id: trackerId(destination),
    title: source.title,
    scope: scopeText(destination, {
      scopeTitle: row.scope_title,
      isBuiltIn: source.isBuiltIn,
    }),
    url: row.url,
    isBuiltIn: source.isBuiltIn ?? false,
    destination,
  };
}

/** The same for the same place in the same tracker, and of a fixed length. */
export function trackerId(destination: Destination): string {
  const { allOf, container, scopeKey, sourceId } = destination;
  return createHash('sha256')
    .update(JSON.stringify([sourceId, scopeKey, container, allOf]))
    .digest('base64url')
    .slice(0, 32);
}

/** What people call a place in a tracker. */
export function scopeText(
  { allOf, container, scopeKey }: Destination,
  options: { scopeTitle: string | null; isBuiltIn: boolean | undefined },
): string {
  const { isBuiltIn, scopeTitle } = options;
  // Every entity is a container of the built-in tracker.
  const place =
    isBuiltIn || container === scopeKey ? scopeTitle ?? container : container;
  return allOf.length ? `${place} (${allOf.join(', ')})` : place;
}
