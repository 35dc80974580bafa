import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { OperationalExcellenceConfig } from './config';
import { ServiceDirectory } from './directory';
import { StatusUpdater } from './status';
import { SyncEngine } from './sync';
import { logWords } from './sync/failureWords';

const EXPIRED_BATCH = 500;

/** Schedules what happens by itself. */
export async function scheduleTasks(options: {
  config: Pick<OperationalExcellenceConfig, 'services' | 'sync'>;
  db: Knex;
  directory: ServiceDirectory;
  engine: SyncEngine;
  logger: LoggerService;
  scheduler: SchedulerService;
  status: StatusUpdater;
}): Promise<void> {
  const { config, db, directory, engine, logger, scheduler, status } = options;

  /** The scheduler keeps failures to itself. */
  const told = (what: string, task: (signal: AbortSignal) => Promise<void>) => {
    return async (signal: AbortSignal) => {
      try {
        await task(signal);
      } catch (error) {
        if (!signal.aborted) logger.error(`${what} failed: ${logWords(error)}`);
        throw error;
      }
    };
  };

  await scheduler.scheduleTask({
    id: 'refresh-directory',
    scope: 'global',
    frequency: { milliseconds: config.services.refreshEvery },
    timeout: { minutes: 30 },
    fn: told('Refreshing the service directory', async signal => {
      await directory.refresh({ signal });
      engine.wake();
    }),
  });
  await scheduler.scheduleTask({
    id: 'sync',
    // Every replica takes its share of what is due.
    scope: 'local',
    frequency: { milliseconds: config.sync.tickEvery },
    timeout: { minutes: 1 },
    fn: told('Looking for what is to be synchronised', () => engine.tick()),
  });
  await scheduler.scheduleTask({
    id: 'recompute-expired',
    scope: 'global',
    frequency: { minutes: 10 },
    timeout: { minutes: 30 },
    fn: told('Recomputing expired figures', async signal => {
      while (!signal.aborted) {
        const done = await status.recomputeExpired(db, EXPIRED_BATCH);
        if (done < EXPIRED_BATCH) return;
      }
    }),
  });
}
