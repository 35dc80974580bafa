import {
  ExerciseKind,
  ExerciseOutcome,
} from 'backstage-plugin-operational-excellence-common';

/** A rehearsal that people planned, and held or forgot. */
export interface ExerciseStory {
  /** What the seeding knows it by. */
  key: string;
  kind: ExerciseKind;
  title: string;
  /** The names of services. */
  services: readonly string[];
  /** When it was to begin; negative ones are to come. */
  daysAgo: number;
  minutes: number;
  /** The name of a user. */
  facilitator: string;
  scope: string;
  hypothesis?: string;
  hypothesisBound?: string;
  steadyState?: string;
  blastRadius?: string;
  stopConditions?: readonly string[];
  /** None of what is planned, or was missed. */
  held?: { outcome: ExerciseOutcome; surprises?: string };
}

/**
 * The exercises of the demo. Those that were held are older than the newest
 * experiments of their services, or of a kind that no policy of app-config.yaml
 * counts: what the services say of themselves stays as `services.ts` tells it.
 */
export const DEMO_EXERCISES: readonly ExerciseStory[] = [
  {
    key: 'demo-payments-failover',
    kind: 'game-day',
    title: 'Payments while the database fails over',
    services: ['payments', 'refunds'],
    daysAgo: 161,
    minutes: 90,
    facilitator: 'sofia.ferrari',
    scope: 'The writer of the payments database is lost at noon.',
    hypothesis: 'Payments wait for the new writer, and none is taken twice',
    hypothesisBound: 'No order waits longer than 60 seconds',
    steadyState: '40 payments a minute, 99.9 % of them accepted',
    blastRadius: 'The staging copy of the payments account',
    stopConditions: ['More than 2 % of payments fail'],
    held: {
      outcome: 'hypothesis-not-held',
      surprises:
        'Refunds kept their old connections for eleven minutes, and nobody was paged.',
    },
  },
  {
    key: 'demo-booking-zone',
    kind: 'game-day',
    title: 'Booking with one zone less',
    services: ['booking-api', 'booking-web'],
    daysAgo: 146,
    minutes: 60,
    facilitator: 'lucia.romero',
    scope: 'One of three zones loses its power.',
    hypothesis: 'Customers notice nothing',
    hypothesisBound: 'The 99th percentile of booking stays below 800 ms',
    blastRadius: 'Production, one zone',
    stopConditions: ['More than 1 % of bookings fail for five minutes'],
    held: { outcome: 'hypothesis-held' },
  },
  {
    key: 'demo-courier-premortem',
    kind: 'pre-mortem',
    title: 'The peak season has gone wrong: why?',
    services: ['courier-app', 'courier-dispatch'],
    daysAgo: 35,
    minutes: 75,
    facilitator: 'amara.nwosu',
    scope: 'It is January, and couriers stood still in the busiest week.',
    held: {
      outcome: 'completed',
      surprises: 'Four of seven stories began with the same feature flag.',
    },
  },
  {
    key: 'demo-tracking-tabletop',
    kind: 'tabletop',
    title: 'Events arrive a day late',
    services: ['tracking-api'],
    daysAgo: 21,
    minutes: 45,
    facilitator: 'samir.haddad',
    scope: 'Talked through by the runbook, nothing is broken.',
    hypothesis: 'The runbook leads to the delayed partition',
    held: {
      outcome: 'hypothesis-not-held',
      surprises: 'The runbook names a dashboard that is gone.',
    },
  },
  {
    key: 'demo-depot-missed',
    kind: 'game-day',
    title: 'The depot without its network',
    services: ['depot-inventory'],
    daysAgo: 12,
    minutes: 60,
    facilitator: 'freya.holm',
    scope: 'Scanners work on while the depot is cut off.',
    hypothesis: 'Scans are kept and sent once the network is back',
    stopConditions: ['A truck waits longer than 15 minutes'],
  },
  {
    key: 'demo-dispatch-next',
    kind: 'game-day',
    title: 'Dispatch loses its tasks',
    services: ['courier-dispatch', 'delivery-slots'],
    daysAgo: -9,
    minutes: 90,
    facilitator: 'jonas.lindqvist',
    scope: 'Half of the tasks are stopped while routes are planned.',
    hypothesis: 'Every courier has a route within five minutes',
    hypothesisBound: 'No slot is promised twice',
    steadyState: '300 routes an hour',
    blastRadius: 'The pre-production region',
    stopConditions: ['Routes older than ten minutes'],
  },
  {
    key: 'demo-scan-next',
    kind: 'game-day',
    title: 'Scanning while hubs are cut off',
    services: ['scan-gateway', 'hub-sorter'],
    daysAgo: -23,
    minutes: 120,
    facilitator: 'ines.carvalho',
    scope: 'The subnets of two hubs are cut off from each other.',
    hypothesis: 'Parcels are sorted by what the hub knows itself',
    stopConditions: ['The belt stands still for two minutes'],
  },
];
