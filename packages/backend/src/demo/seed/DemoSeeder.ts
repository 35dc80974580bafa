import { LoggerService } from '@backstage/backend-plugin-api';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import {
  OperationalExcellenceRecordsExtensionPoint,
  OperationalExcellenceSyncExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { serviceRef } from '../catalog';
import { DEMO_SERVICES } from '../data';
import { FisEndpoint, seedExperiments, showExperiments } from '../experiments';
import {
  seedExercises,
  seedHistory,
  seedInitiatives,
  seedRecords,
} from '../records';
import { demoTickets } from '../tickets';
import { PluginApi } from './PluginApi';
import { SeedProgress } from './SeedProgress';

/** As many tickets as one import takes. */
const IMPORT_SIZE = 500;

export interface DemoSeederOptions {
  api: PluginApi;
  records: OperationalExcellenceRecordsExtensionPoint;
  sync: OperationalExcellenceSyncExtensionPoint;
  /** None where the portal has no local FIS endpoint. */
  fis: FisEndpoint | undefined;
  progress: SeedProgress;
  logger: LoggerService;
  now?: () => Instant;
}

/**
 * Fills the portal with the past of the demo organisation, through the same
 * interfaces that anybody else uses. Can be stopped at any point: whoever runs
 * it next goes on, and nothing is doubled.
 */
export class DemoSeeder {
  readonly #options: DemoSeederOptions;
  readonly #now: () => Instant;

  private constructor(options: DemoSeederOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  static create(options: DemoSeederOptions): DemoSeeder {
    return new DemoSeeder(options);
  }

  /**
   * Seeds what is not seeded yet.
   *
   * @returns whether everything is; `false` while the services are not known yet
   */
  async run(signal: AbortSignal): Promise<boolean> {
    const { fis, logger, progress, records, sync } = this.#options;
    if (await progress.isDone('everything')) return true;
    if (!(await this.#areServicesKnown())) return false;

    const seededAt = await progress.begin(this.#now());
    const step = async (name: string, seed: () => Promise<void>) => {
      signal.throwIfAborted();
      if (await progress.isDone(name)) return;
      await seed();
      await progress.done(name, this.#now());
      logger.info(`The demo has its ${name}`);
    };
    await step('tickets', () => this.#seedTickets(seededAt));
    if (fis) {
      await step('experiments', async () => {
        await seedExperiments(fis, seededAt);
        await showExperiments({ sync, accountId: fis.accountId, logger });
      });
    }
    await step('records', () =>
      seedRecords({
        records,
        service: name => this.#options.api.service(name),
        seededAt,
      }),
    );
    await step('exercises', () => seedExercises({ records, seededAt }));
    await step('initiatives', () => seedInitiatives({ records, seededAt }));
    await step('history', () =>
      seedHistory({
        records,
        service: name => this.#options.api.service(name),
        seededAt,
        signal,
      }),
    );
    await progress.done('everything', this.#now());
    return true;
  }

  async #areServicesKnown() {
    const known = new Set(await this.#options.records.knownServices());
    return DEMO_SERVICES.every(service => known.has(serviceRef(service)));
  }

  async #seedTickets(seededAt: Instant) {
    const tickets = DEMO_SERVICES.flatMap(service =>
      demoTickets(service, seededAt),
    );
    for (let start = 0; start < tickets.length; start += IMPORT_SIZE) {
      await this.#options.api.importTickets(
        tickets.slice(start, start + IMPORT_SIZE),
      );
    }
  }
}
