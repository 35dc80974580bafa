import { z } from 'zod';
import { serviceQuerySchema } from './services';

/**
 * The columns of `GET /services.csv`, in their order. They mean what the
 * properties of a service mean that they are called by.
 *
 * @public
 */
export const SERVICE_CSV_COLUMNS = [
  'entityRef',
  'title',
  'ownerRef',
  'ownerTitle',
  'systemRef',
  'domainRef',
  'type',
  'lifecycle',
  'tier',
  'policy',
  'state',
  'backlogState',
  'backlogOpenCount',
  'backlogOldestCreatedAt',
  'backlogMedianCreatedAt',
  'backlogP85CreatedAt',
  'backlogOldestStartedAt',
  'backlogOpened30d',
  'backlogClosed30d',
  'backlogOpened90d',
  'backlogClosed90d',
  'backlogImprovementShare90d',
  'backlogStarvedSince',
  'backlogDueAt',
  'backlogWaivedUntil',
  'backlogCheckedAt',
  'gameDayState',
  'gameDayLastHeldAt',
  'gameDayLastKind',
  'gameDayLastTitle',
  'gameDayLastOutcome',
  'gameDayDueAt',
  'gameDayWaivedUntil',
  'gameDayCheckedAt',
  'readinessTestState',
  'readinessTestLastPerformedAt',
  'readinessTestVerdict',
  'readinessTestTemplate',
  'readinessTestDueAt',
  'readinessTestWaivedUntil',
] as const;

/** @public */
export type ServiceCsvColumn = (typeof SERVICE_CSV_COLUMNS)[number];

/**
 * The parameters of `GET /services.csv`: those of `GET /services`, without
 * pages.
 *
 * @public
 */
export const serviceCsvQuerySchema = serviceQuerySchema.omit({
  cursor: true,
  limit: true,
});

/** @public */
export type ServiceCsvQuery = z.output<typeof serviceCsvQuerySchema>;
