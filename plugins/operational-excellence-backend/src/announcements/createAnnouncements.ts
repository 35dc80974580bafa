import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { NotificationsConfig } from '../config';
import { StatusUpdater } from '../status';
import { Announcement, ANNOUNCEMENT_KINDS } from './Announcement';
import { AnnouncementStore } from './AnnouncementStore';
import { AnnouncementClaims, Courier } from './delivery';
import {
  DueRetests,
  EndingWaivers,
  ImprovementSweep,
  InitiativeReminders,
  MeasureChanges,
  MissedExercises,
} from './detection';
import { Digests } from './digest';
import { Lookout } from './Lookout';

const TICK_MS = 5_000;
const SEND_MS = 30_000;
const STOP_MS = 5_000;
const LEASE_MS = 2 * SEND_MS;

export interface AnnouncementsOptions {
  config: NotificationsConfig;
  db: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  policies: readonly Policy[];
  status: StatusUpdater;
  now?: () => Instant;
}

/** What finds out what owners are to be told, and what tells them. */
export function createAnnouncements(options: AnnouncementsOptions): {
  lookout: Lookout;
  /** `undefined` where nobody is told anything. */
  courier: Courier | undefined;
} {
  const { config, db, logger, notifications, now, policies, status } = options;
  const { digest, enabled, waiverWarnBefore } = config;
  const store = AnnouncementStore.create();
  const kinds = new Set<Announcement['kind']>(
    ANNOUNCEMENT_KINDS.filter(kind => enabled && config.kinds[kind]),
  );
  const lookout = Lookout.create({
    db,
    detections: [
      MeasureChanges.create({ store }),
      MissedExercises.create(),
      DueRetests.create(),
      EndingWaivers.create({ store, warnBefore: waiverWarnBefore }),
      ImprovementSweep.create({ policies, store }),
      InitiativeReminders.create(),
    ],
    digests:
      enabled && digest.enabled
        ? Digests.create({ policies, store, time: digest, waiverWarnBefore })
        : undefined,
    kinds,
    status,
    store,
    now,
    onDropped: count =>
      logger.warn(
        `${
          count === 1 ? 'One announcement was' : `${count} announcements were`
        } given up, because notifications could not be sent in time`,
      ),
  });
  const courier = enabled
    ? Courier.create({
        claims: AnnouncementClaims.create({ leaseMs: LEASE_MS }),
        db,
        logger,
        notifications,
        now,
        sendMs: SEND_MS,
        stopMs: STOP_MS,
        tickMs: TICK_MS,
      })
    : undefined;
  return { lookout, courier };
}
