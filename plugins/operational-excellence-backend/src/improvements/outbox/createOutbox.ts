import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { StatusUpdater } from '../../status';
import { TicketStore } from '../../tickets';
import { ServiceTrackers } from '../trackers';
import { Delivery, DeliveryOptions } from './Delivery';
import { FiledTickets } from './FiledTickets';
import { Outbox, OutboxOptions } from './Outbox';
import { OutboxClaims } from './OutboxClaims';

const SECOND_MS = 1_000;

/** An outbox with the times that do well for trackers over the internet. */
export function createOutbox(options: {
  appBaseUrl?: string;
  db: Knex;
  logger: LoggerService;
  status: StatusUpdater;
  tickets: TicketStore;
  trackers: ServiceTrackers;
  /** Other times, for tests. */
  times?: Partial<
    Pick<OutboxOptions, 'tickMs' | 'stopMs'> &
      Pick<DeliveryOptions, 'callMs' | 'settleMs'> & { leaseMs: number }
  >;
}): Outbox {
  const { db, logger, status, tickets, times, trackers } = options;
  const {
    callMs = 30 * SECOND_MS,
    // Longer than a call, before which a claim is renewed.
    leaseMs = 60 * SECOND_MS,
    settleMs = 45 * SECOND_MS,
    stopMs = 10 * SECOND_MS,
    tickMs = 2 * SECOND_MS,
  } = times ?? {};
  const claims = OutboxClaims.create({ leaseMs });
  return Outbox.create({
    claims,
    concurrency: 2,
    db,
    logger,
    stopMs,
    tickMs,
    trackers,
    delivery: Delivery.create({
      appBaseUrl: options.appBaseUrl,
      callMs,
      claims,
      db,
      filedTickets: FiledTickets.create({ claims, db, status, tickets }),
      logger,
      settleMs,
      trackers,
    }),
  });
}
