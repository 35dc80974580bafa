import { LoggerService } from '@backstage/backend-plugin-api';
import { Policy } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { SourceRegistry } from '../sources';
import { StatusUpdater } from '../status';
import { TicketStore } from '../tickets';
import { VisibilityService } from '../visibility';
import { AuthorizedImprovements } from './AuthorizedImprovements';
import { ImprovementFiling } from './ImprovementFiling';
import { Improvements } from './Improvements';
import { ImprovementStore } from './ImprovementStore';
import { createOutbox, Outbox } from './outbox';
import { ImprovementQueries } from './queries';
import { ServiceTrackers } from './trackers';

/** Longer, and people wonder whether anything happens. */
const ANSWER_WITHIN_MS = 10_000;

/** What people do with improvements, and the outbox that has them filed. */
export function createImprovements(options: {
  /** Where the portal is opened. */
  appBaseUrl?: string;
  db: Knex;
  logger: LoggerService;
  policies: readonly Policy[];
  sources: SourceRegistry;
  status: StatusUpdater;
  tickets: TicketStore;
  visibility: VisibilityService;
}): { improvements: Improvements; outbox: Outbox } {
  const { db, policies, sources, visibility } = options;
  const trackers = ServiceTrackers.create({ sources });
  const outbox = createOutbox({ ...options, trackers });
  const improvements = AuthorizedImprovements.create({
    visibility,
    filing: ImprovementFiling.create({
      db,
      outbox,
      store: ImprovementStore.create(),
      trackers,
      withinMs: ANSWER_WITHIN_MS,
    }),
    queries: ImprovementQueries.create({
      db,
      policies,
      sourceTitles: new Map(sources.all().map(({ id, title }) => [id, title])),
      trackers,
    }),
  });
  return { improvements, outbox };
}
