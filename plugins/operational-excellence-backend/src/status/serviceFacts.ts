import {
  BacklogTicket,
  GameDay,
  Instant,
  Measure,
  ReadinessTestRun,
} from 'backstage-plugin-operational-excellence-common';
import { ListedService } from './statusRows';

/** What the status of one service follows from, beside its policy. */
export interface ServiceFacts {
  service: ListedService;
  /** Those that count, and the improvement that was closed last. */
  tickets: BacklogTicket[];
  ticketScopes: {
    scopeId: number;
    implicit: boolean;
    /** Whether a ticket of it belongs to the service. */
    matched: boolean;
    /** What of the scope the service names. */
    container: string;
    /** Whether a whole run has covered the container. */
    covered: boolean;
    /** Why the upstream does not know the container. */
    missing: { message: string; suggestion: string | null } | null;
  }[];
  /** Of each kind the newest one, and others held at the same instant. */
  gameDays: (GameDay & {
    /** The scope that told of it, if that is still read. */
    scopeId: number | null;
  })[];
  /** Of each template the newest one, and others performed at that instant. */
  readinessTests: ReadinessTestRun[];
  /** Until when a measure is waived. */
  waivers: Partial<Record<Measure, Instant>>;
  /** What is wrong with annotations. */
  problems: { sourceId: string; measure: Measure; message: string }[];
}

/** A service that nothing is stored about. */
export function emptyFacts(service: ListedService): ServiceFacts {
  return {
    service,
    tickets: [],
    ticketScopes: [],
    gameDays: [],
    readinessTests: [],
    waivers: {},
    problems: [],
  };
}
