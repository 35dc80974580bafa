import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { Lookout } from '../announcements';
import { OperationalExcellenceConfig } from '../config';
import { ServiceDirectory } from '../directory';
import { DailyPoints } from '../history';
import { PreviewUpkeep } from '../policies';
import { TemplateRefresh } from '../readiness';
import { RollupFolder } from '../rollups';
import { StatusUpdater } from '../status';
import { SyncEngine } from '../sync';
import { logWords } from '../sync/failureWords';
import { SparingLog } from '../sync/SparingLog';
import { TaskTurns } from './TaskTurns';

const EXPIRED_BATCH = 500;
const EXPIRED_EVERY_MS = 600_000;

/** How long it takes at most until what changed is announced. */
const LOOK_EVERY_MS = 30_000;

/** How soon after midnight in UTC the points of a day are taken. */
const TAKE_EVERY_MS = 60_000;

/** How often is looked for previews that are old. */
const PREVIEWS_EVERY_MS = 600_000;

/** How long changes of services wait until they are counted, at most. */
const FOLD_EVERY_MS = 1_000;

const LOOK_FOR_MISSED_EVERY_MS = 3_600_000;

/** How long another replica waits before it takes over from one that died. */
const LEASE_MS = 30_000;

/** A run may take long; one that hangs loses its turn when its process ends. */
const LONGEST_RUN = { hours: 6 };

/** Schedules what happens by itself, and answers how to stop it. */
export async function scheduleTasks(options: {
  config: Pick<OperationalExcellenceConfig, 'readiness' | 'services' | 'sync'>;
  dailyPoints: DailyPoints;
  db: Knex;
  directory: ServiceDirectory;
  engine: SyncEngine;
  logger: LoggerService;
  lookout: Lookout;
  previews: PreviewUpkeep;
  rollups: RollupFolder;
  scheduler: SchedulerService;
  status: StatusUpdater;
  templates: TemplateRefresh;
}): Promise<{ stop(): Promise<void> }> {
  const { config, db, directory, engine, logger, lookout, scheduler, status } =
    options;
  const { dailyPoints, previews, rollups, templates } = options;
  const turns = TaskTurns.create({ db, leaseMs: LEASE_MS });

  // Some are tried every second, and fail as often while the database is down.
  const errors = SparingLog.create({ logger, level: 'error' });

  /** The scheduler keeps failures to itself. */
  const told = (what: string, task: (signal: AbortSignal) => Promise<void>) => {
    return async (signal: AbortSignal) => {
      try {
        await task(signal);
      } catch (error) {
        if (!signal.aborted) {
          errors.log(what, `${what} failed: ${logWords(error)}`);
        }
        throw error;
      }
    };
  };

  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();

  /** Work that one replica does for all. It is offered often and done when due. */
  const scheduleTurns = (task: {
    id: string;
    everyMs: number;
    what: string;
    /** Whether there is anything to do; always, where left out. */
    isNeeded?: () => Promise<boolean>;
    work: (signal: AbortSignal) => Promise<void>;
  }) =>
    scheduler.scheduleTask({
      id: task.id,
      scope: 'local',
      frequency: { milliseconds: Math.min(task.everyMs, LEASE_MS) },
      timeout: LONGEST_RUN,
      fn: told(task.what, async signal => {
        if (task.isNeeded && !(await task.isNeeded())) return;
        const turn = turns.take(
          task.id,
          {
            everyMs: task.everyMs,
            signal: AbortSignal.any([signal, stopping.signal]),
          },
          task.work,
        );
        running.add(turn);
        try {
          await turn;
        } catch (error) {
          if (!stopping.signal.aborted) throw error;
        } finally {
          running.delete(turn);
        }
      }),
    });

  // The policies may have changed since, or for whom they are.
  await turns.makeDue('refresh-directory');
  await scheduleTurns({
    id: 'refresh-directory',
    everyMs: config.services.refreshEvery,
    what: 'Refreshing the service directory',
    work: async signal => {
      await directory.refresh({ signal });
      engine.wake();
      await previews.renew();
    },
  });
  await scheduler.scheduleTask({
    id: 'sync',
    // Every replica takes its share of what is due.
    scope: 'local',
    frequency: { milliseconds: config.sync.tickEvery },
    timeout: { minutes: 1 },
    fn: told('Looking for what is to be synchronised', () => engine.tick()),
  });
  await scheduleTurns({
    id: 'recompute-expired',
    everyMs: EXPIRED_EVERY_MS,
    what: 'Recomputing expired figures',
    work: async signal => {
      while (!signal.aborted) {
        const done = await status.recomputeExpired(db, EXPIRED_BATCH);
        if (done < EXPIRED_BATCH) return;
      }
    },
  });

  await scheduleTurns({
    id: 'fold-rollups',
    everyMs: FOLD_EVERY_MS,
    what: 'Counting changes of services into the sums of their groups',
    isNeeded: () => rollups.hasChanges(),
    work: signal => rollups.fold({ signal }),
  });

  await scheduleTurns({
    id: 'look-for-missed-rollups',
    everyMs: LOOK_FOR_MISSED_EVERY_MS,
    what: 'Looking for services that are not counted as what they are',
    work: async signal => {
      const missed = await rollups.noteMissed({ signal });
      if (missed) {
        logger.info(
          `${missed} services were not counted as what they are; they are counted anew`,
        );
      }
    },
  });

  await scheduleTurns({
    id: 'announce',
    everyMs: LOOK_EVERY_MS,
    what: 'Looking for what owners are to be told',
    work: signal => lookout.look({ signal }),
  });

  await scheduleTurns({
    id: 'take-daily-points',
    everyMs: TAKE_EVERY_MS,
    what: 'Taking the points of the day',
    work: signal => dailyPoints.take({ signal }),
  });

  await scheduleTurns({
    id: 'remove-policy-previews',
    everyMs: PREVIEWS_EVERY_MS,
    what: 'Removing old previews of policies',
    work: signal => previews.removeOld({ signal }),
  });

  // What is configured may have changed since it was last read.
  await turns.makeDue('refresh-readiness-templates');
  await scheduleTurns({
    id: 'refresh-readiness-templates',
    everyMs: config.readiness.refreshEvery,
    what: 'Refreshing the readiness templates',
    work: signal => templates.refresh({ signal }),
  });

  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}
