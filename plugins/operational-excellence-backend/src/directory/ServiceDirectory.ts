import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Instant,
  policiesInForce,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { OperationalExcellenceConfig } from '../config';
import { ExperimentStore } from '../experiments';
import { SourceRegistry } from '../sources';
import { StatusUpdater } from '../status';
import { ScopeRegistry } from '../sync/ScopeRegistry';
import { TicketStore } from '../tickets';
import { CatalogReader } from './CatalogReader';
import { DirectoryPass, DirectoryStores } from './DirectoryPass';
import { entityFields } from './entityFields';
import { RelatedEntityStore } from './RelatedEntityStore';
import { ServiceRecordOptions, toServiceRecord } from './ServiceRecord';
import { ServiceStore } from './ServiceStore';
import { Settings } from './Settings';
import { SourceErrors } from './SourceErrors';
import { StatusBasis } from './StatusBasis';

/** When the catalog first named no service although some were known. */
const FOUND_NONE = 'directory.found-none-at';

export interface ServiceDirectoryOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: Pick<
    OperationalExcellenceConfig,
    'policies' | 'services' | 'tierLabel'
  >;
  db: Knex;
  experiments: ExperimentStore;
  logger: LoggerService;
  scopes: ScopeRegistry;
  sources: SourceRegistry;
  status: StatusUpdater;
  tickets: TicketStore;
  now?: () => Instant;
}

/**
 * Keeps the services in step with the catalog: which there are, who owns them,
 * and which scopes and experiments they name.
 */
export class ServiceDirectory {
  readonly #basis: StatusBasis;
  readonly #logger: LoggerService;
  readonly #now: () => Instant;
  readonly #policies: readonly Policy[];
  readonly #recordOptions: Omit<
    ServiceRecordOptions,
    'onSourceError' | 'organisation' | 'policies'
  >;
  readonly #settings: Settings;
  readonly #stores: DirectoryStores;

  static create(options: ServiceDirectoryOptions) {
    return new ServiceDirectory(options);
  }

  private constructor(options: ServiceDirectoryOptions) {
    const { config, db, sources } = options;
    const { policies, services, tierLabel } = config;
    const ticketSources = sources.ticketSources;
    const experimentSources = sources.experimentSources;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#policies = policies;
    this.#recordOptions = {
      experimentSources,
      ticketSources,
      tierLabel,
    };
    this.#settings = Settings.create({ db });
    this.#basis = StatusBasis.create({
      db,
      experimentSourceIds: experimentSources.map(({ id }) => id),
      logger: options.logger,
      policies,
      settings: this.#settings,
      status: options.status,
    });
    this.#stores = {
      db,
      catalog: CatalogReader.create({
        auth: options.auth,
        catalog: options.catalog,
        filter: services.filter,
        fields: entityFields({
          annotations: [...ticketSources, ...experimentSources].flatMap(
            source => source.annotations,
          ),
          policies,
          tierLabel,
        }),
      }),
      experiments: options.experiments,
      related: RelatedEntityStore.create(),
      scopes: options.scopes,
      services: ServiceStore.create(),
      status: options.status,
      tickets: options.tickets,
    };
  }

  /**
   * Reads the catalog page by page and stores what changed, and which policy
   * applies to each service now. What the catalog no longer has is removed at the
   * end; a reading that fails before removes nothing.
   */
  async refresh(options?: { signal?: AbortSignal }): Promise<void> {
    const { catalog, db, scopes } = this.#stores;
    await scopes.connect(db);
    await this.#basis.renew(options);

    const policies = policiesInForce(this.#policies, this.#now());
    const organisation = await catalog.organisation();
    const pass = await DirectoryPass.begin(this.#stores, organisation);
    const sourceErrors = new SourceErrors(this.#logger);
    for await (const entities of catalog.services()) {
      options?.signal?.throwIfAborted();
      await pass.store(
        entities.map(entity =>
          toServiceRecord(entity, {
            ...this.#recordOptions,
            organisation,
            policies,
            onSourceError: (...told) => sourceErrors.add(...told),
          }),
        ),
      );
    }
    sourceErrors.log();
    if (!(await this.#isBelievable(pass))) return;

    const removed = await pass.removeUnseen({ at: this.#now() });
    const scopesChanged = await scopes.renewActive(db);
    this.#log(pass, { removed, scopesChanged });
  }

  /**
   * Whether what the catalog named can be all there is. That it suddenly names
   * no service at all is believed only when it says so twice in a row.
   */
  async #isBelievable(pass: DirectoryPass): Promise<boolean> {
    const foundNoneAt = await this.#settings.get(FOUND_NONE);
    if (!pass.foundNone) {
      if (foundNoneAt !== undefined) await this.#settings.remove(FOUND_NONE);
      return true;
    }
    if (foundNoneAt !== undefined) {
      await this.#settings.remove(FOUND_NONE);
      return true;
    }
    await this.#settings.set(FOUND_NONE, new Date(this.#now()).toISOString());
    this.#logger.warn(
      'The catalog names no service although some were known; they are removed if it says so again',
    );
    return false;
  }

  #log(
    pass: DirectoryPass,
    { removed, scopesChanged }: { removed: number; scopesChanged: number },
  ) {
    const { added, changed, moved, seen } = pass;
    const message = `Service directory: ${added} added, ${changed} changed, ${removed} removed; ${
      moved > 0 ? `${moved} under another policy; ` : ''
    }now ${seen} services`;
    if (added + changed + moved + removed + scopesChanged > 0) {
      this.#logger.info(message);
    } else this.#logger.debug(message);
  }
}
