import {
  InitiativeFilter,
  InitiativeGoal,
} from 'backstage-plugin-operational-excellence-common';

/** A goal that somebody set for a set of services. */
export interface InitiativeStory {
  /** What the seeding knows it by. */
  key: string;
  title: string;
  description: string;
  filter: InitiativeFilter;
  goal:
    | Extract<InitiativeGoal, { kind: 'in-order' }>
    | { kind: 'done-since'; measure: 'gameDay'; daysAgo: number };
  createdDaysAgo: number;
  /** Negative: over. */
  dueInDays: number;
  /** The name of a user. */
  createdBy: string;
}

/** One that runs, and one whose day has passed with something left. */
export const DEMO_INITIATIVES: readonly InitiativeStory[] = [
  {
    key: 'demo-peak-season',
    title: 'A game day for each tier 1 service before the peak season',
    description:
      'Last December, **three** of our tier 1 services failed in a way that nobody had rehearsed. Hold a game day, or run an experiment, for each of them before the parcels come.',
    filter: { tier: ['1'] },
    goal: { kind: 'done-since', measure: 'gameDay', daysAgo: 75 },
    createdDaysAgo: 60,
    dueInDays: 24,
    createdBy: 'sofia.ferrari',
  },
  {
    key: 'demo-network-ready',
    title: 'Every service of the parcel network passes its readiness test',
    description:
      'The new depots open with what we have. No service goes there whose readiness test fails, is missing or is out of date.',
    filter: {
      owner: ['group:default/parcel-network'],
      lifecycle: ['production'],
    },
    goal: { kind: 'in-order', measure: 'readinessTest' },
    createdDaysAgo: 90,
    dueInDays: -9,
    createdBy: 'sofia.ferrari',
  },
];

/** A view of the scorecard that the demo organisation shares. */
export const DEMO_VIEW = {
  title: 'Demo: tier 1 by owner',
  search: 'by=owner&tier=1',
  createdBy: 'sofia.ferrari',
} as const;
