import { Knex } from 'knex';
import { ExperimentStore } from '../experiments';
import { FindingStore } from '../findings/FindingStore';
import { StatusUpdater } from '../status';
import { inTransaction } from '../sync/inTransaction';
import { ScopeContainers } from '../sync/ScopeContainers';
import { ScopeRegistry } from '../sync/ScopeRegistry';
import { TicketStore } from '../tickets';
import { CatalogReader } from './CatalogReader';
import { Organisation, RelatedEntity } from './Organisation';
import { RelatedEntityStore } from './RelatedEntityStore';
import { ServiceRecord } from './ServiceRecord';
import { ServiceStore } from './ServiceStore';

export interface DirectoryStores {
  db: Knex;
  catalog: CatalogReader;
  experiments: ExperimentStore;
  related: RelatedEntityStore;
  scopes: ScopeRegistry;
  services: ServiceStore;
  status: StatusUpdater;
  tickets: TicketStore;
}

/** One reading of all services of the catalog. */
export class DirectoryPass {
  readonly #stores: DirectoryStores;
  readonly #organisation: Organisation;
  /** The services that there were before the reading began. */
  readonly #before: number[];
  readonly #relatedBefore: ReadonlyMap<string, RelatedEntity>;
  readonly #containers = ScopeContainers.create();
  readonly #findings = FindingStore.create();
  readonly #seen = new Set<number>();
  readonly #relatedSeen = new Set<string>();
  #added = 0;
  #changed = 0;
  #moved = 0;

  static async begin(stores: DirectoryStores, organisation: Organisation) {
    const { db, related, services } = stores;
    return new DirectoryPass(stores, {
      organisation,
      before: await services.ids(db),
      relatedBefore: await related.all(db),
    });
  }

  private constructor(
    stores: DirectoryStores,
    options: {
      organisation: Organisation;
      before: number[];
      relatedBefore: ReadonlyMap<string, RelatedEntity>;
    },
  ) {
    this.#stores = stores;
    this.#organisation = options.organisation;
    this.#before = options.before;
    this.#relatedBefore = options.relatedBefore;
  }

  get seen() {
    return this.#seen.size;
  }

  get added() {
    return this.#added;
  }

  get changed() {
    return this.#changed;
  }

  /** How many came under another policy, and are otherwise as they were. */
  get moved() {
    return this.#moved;
  }

  /** Whether there were services before, but the catalog named none. */
  get foundNone() {
    return this.#seen.size === 0 && this.#before.length > 0;
  }

  /** Stores what differs, and renews what follows from it, all at once. */
  async store(records: readonly ServiceRecord[]): Promise<void> {
    const { db, experiments, related, scopes, services, status, tickets } =
      this.#stores;
    const { unchangedIds, moved, changed, added } = await services.compare(
      db,
      records,
    );
    const changedRelated = await this.#changedRelated(records);

    unchangedIds.forEach(id => this.#seen.add(id));
    if (changedRelated.length > 0) await related.store(db, changedRelated);
    if (moved.length > 0) {
      await inTransaction(db, async tx => {
        const ids = await services.move(tx, moved);
        await status.recomputeForPolicies(tx, ids);
      });
      moved.forEach(({ id }) => this.#seen.add(id));
      this.#moved += moved.length;
    }
    if (changed.length === 0) return;

    const ids = await inTransaction(db, async tx => {
      const scopeIds = await scopes.ensure(
        tx,
        changed.flatMap(record => record.scopes),
      );
      const stored = await services.store(tx, changed, { scopeIds });
      await this.#containers.note(tx, stored);
      await tickets.rematch(tx, stored);
      await experiments.rematch(tx, stored);
      await this.#findings.refreshSearch(tx, { serviceIds: stored });
      await status.recompute(tx, stored);
      return stored;
    });
    ids.forEach(id => this.#seen.add(id));
    this.#added += added;
    this.#changed += changed.length - added;
  }

  /**
   * Removes what the catalog no longer has. Only after all pages were read
   * without an error. A service that another replica added meanwhile stays.
   *
   * @returns how many services were removed
   */
  async removeUnseen(options: { at: number }): Promise<number> {
    const { db, related, services, status } = this.#stores;
    const removed = this.#before.filter(id => !this.#seen.has(id));
    if (removed.length > 0) {
      // What is listed are the services that have a status.
      await inTransaction(db, async tx => {
        await services.remove(tx, removed, options);
        await status.recompute(tx, removed);
      });
    }

    const unrelated = [...this.#relatedBefore.keys()].filter(
      ref => !this.#relatedSeen.has(ref),
    );
    if (unrelated.length > 0) await related.remove(db, unrelated);
    return removed.length;
  }

  /** What services refer to and was not known, or not like this. */
  async #changedRelated(
    records: readonly ServiceRecord[],
  ): Promise<RelatedEntity[]> {
    const unseen = new Set(records.flatMap(refsOf));
    this.#relatedSeen.forEach(ref => unseen.delete(ref));
    if (unseen.size === 0) return [];

    // Groups, systems and domains were all read before; users were not.
    const users = [...unseen].filter(
      ref => ref.startsWith('user:') && !this.#organisation.knows(ref),
    );
    if (users.length > 0) {
      this.#organisation.add(await this.#stores.catalog.named(users));
    }
    unseen.forEach(ref => this.#relatedSeen.add(ref));
    return [...unseen]
      .map(ref => this.#organisation.related(ref))
      .filter(entity => {
        const before = this.#relatedBefore.get(entity.entityRef);
        return (
          before?.title !== entity.title ||
          before.parentRef !== entity.parentRef
        );
      });
  }
}

function refsOf({ owners, systemRef, domainRef }: ServiceRecord): string[] {
  return [...Object.keys(owners), systemRef, domainRef].filter(
    ref => ref !== null,
  );
}
