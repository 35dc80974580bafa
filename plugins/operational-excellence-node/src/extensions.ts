import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  Evidence,
  ExerciseKind,
  ExerciseOutcome,
  InitiativeFilter,
  InitiativeGoal,
  Instant,
  Measure,
  MeasureState,
  ReadinessAnswerValue,
  ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import { ExperimentSource, TicketSource } from './sources';

/**
 * Takes ticket sources from modules.
 *
 * @public
 */
export interface OperationalExcellenceTicketSourcesExtensionPoint {
  /**
   * Adds a connected tracker instance. Called by modules while they
   * initialise; throws where another source has the same id.
   */
  addTicketSource(...sources: TicketSource[]): void;
}

/** @public */
export const operationalExcellenceTicketSourcesExtensionPoint =
  createExtensionPoint<OperationalExcellenceTicketSourcesExtensionPoint>({
    id: 'operational-excellence.ticket-sources',
  });

/**
 * Takes experiment sources from modules.
 *
 * @public
 */
export interface OperationalExcellenceExperimentSourcesExtensionPoint {
  /**
   * Adds a source of experiments. Called by modules while they initialise;
   * throws where another source has the same id.
   */
  addExperimentSource(...sources: ExperimentSource[]): void;
}

/** @public */
export const operationalExcellenceExperimentSourcesExtensionPoint =
  createExtensionPoint<OperationalExcellenceExperimentSourcesExtensionPoint>({
    id: 'operational-excellence.experiment-sources',
  });

/**
 * Lets modules ask for a synchronisation, such as when they are told that
 * something changed upstream.
 *
 * @public
 */
export interface OperationalExcellenceSyncExtensionPoint {
  /**
   * Makes a scope, or all scopes of a source, due now. The run itself happens in
   * the background, on any replica. Requests that come before the backend has
   * started are kept until then; a scope that is running runs once more. A scope
   * that no service names is left alone.
   *
   * @throws NotFoundError where there is no such source; for a request that was
   * kept, that is logged instead
   */
  requestSync(request: { sourceId: string; scopeKey?: string }): Promise<void>;
}

/** @public */
export const operationalExcellenceSyncExtensionPoint =
  createExtensionPoint<OperationalExcellenceSyncExtensionPoint>({
    id: 'operational-excellence.sync',
  });

/**
 * A run of a readiness template against a service, as it was performed.
 *
 * @public
 */
export interface ReadinessTestRecord {
  /** The entity reference of the service. */
  entityRef: string;
  /** The id of the readiness template. */
  template: string;
  performedAt: Instant;
  /** The entity reference of who performed it, where that is known. */
  performedBy: string | null;
  verdict: ReadinessVerdict;
  /** When the result expires; `null` leaves that to the policy. */
  validUntil: Instant | null;
  /** What people should know of it, Markdown. */
  summary: string | null;
}

/**
 * What was answered to an item of a readiness template.
 *
 * @public
 */
export interface ReadinessAnswerRecord {
  /** The id of the item in the template. */
  itemId: string;
  value: ReadinessAnswerValue;
  /** Markdown. */
  note: string | null;
  /** Where it can be seen; http and https only. */
  evidence: Evidence[];
  /** The entity reference of who answered. */
  answeredBy: string;
  answeredAt: Instant;
}

/**
 * A run of a readiness template against a service with what was answered, as it
 * was performed or stands.
 *
 * @public
 */
export interface ReadinessRunRecord {
  /**
   * Chosen by who performs it: the same key of the same one is the same run,
   * however often it is recorded. 8 to 64 letters, digits, `_` and `-`.
   */
  key: string;
  /** The entity reference of who began it, and finished it where it is. */
  performedBy: string;
  /** The entity reference of the service. */
  entityRef: string;
  /** The id of the readiness template, which asks what it says by now. */
  template: string;
  startedAt: Instant;
  /** At most one for each item. */
  answers: ReadinessAnswerRecord[];
  /** `null` where it is still being answered. */
  finished: {
    performedAt: Instant;
    /** What people should know of it, Markdown. */
    summary: string | null;
  } | null;
}

/**
 * A time-limited, reasoned exception to one measure of one service.
 *
 * @public
 */
export interface WaiverRecord {
  /** The entity reference of the service. */
  entityRef: string;
  measure: Measure;
  reason: string;
  /** The entity reference of who approves it. */
  approver: string;
  until: Instant;
}

/**
 * An exercise that is planned, or was held, as it was recorded elsewhere.
 *
 * @public
 */
export interface ExerciseRecord {
  /**
   * Chosen by who records it: the same key of the same one is the same exercise,
   * however often it is recorded. 8 to 64 letters, digits, `_` and `-`.
   */
  key: string;
  /** The entity reference of who records it. */
  recordedBy: string;
  kind: ExerciseKind;
  title: string;
  /** The entity references of its services; at least one. */
  entityRefs: string[];
  plannedStart: Instant;
  plannedEnd: Instant;
  /** An entity reference, or a name. */
  facilitator: string | null;
  /** What is rehearsed, Markdown. */
  scope: string | null;
  hypothesis: string | null;
  /** By what is seen whether the hypothesis holds. */
  hypothesisBound: string | null;
  steadyState: string | null;
  blastRadius: string | null;
  stopConditions: string[];
  /** What became of it; `null` where it is still to be held. */
  held: {
    startedAt: Instant;
    endedAt: Instant;
    outcome: ExerciseOutcome;
    /** What nobody had expected, Markdown. */
    surprises: string | null;
  } | null;
}

/**
 * A goal for a set of services, and a day until which it is to be reached.
 *
 * @public
 */
export interface InitiativeRecord {
  /**
   * Chosen by who records it: the same key of the same one is the same
   * initiative, however often it is recorded. 8 to 64 letters, digits, `_` and `-`.
   */
  key: string;
  /** The entity reference of who set the goal. */
  createdBy: string;
  createdAt: Instant;
  title: string;
  /** Markdown. */
  description: string | null;
  /** The services that it is for; all of them where it is empty. */
  filter: InitiativeFilter;
  goal: InitiativeGoal;
  /** The last day, in UTC, such as `2026-12-31`; may be over. */
  dueOn: string;
}

/**
 * A view of the scorecard that everybody is shown.
 *
 * @public
 */
export interface SharedViewRecord {
  /** The entity reference of who shares it. */
  createdBy: string;
  /** The same title of the same one is the same view. */
  title: string;
  /** The parameters of the scorecard, without a leading question mark. */
  search: string;
}

/**
 * How a service stood on a day, as it was recorded elsewhere.
 *
 * @public
 */
export interface ServicePointRecord {
  /** The entity reference of the service. */
  entityRef: string;
  states: Record<Measure, MeasureState>;
  /** When each improvement that was open was created. */
  openSince: Instant[];
  /** Whether improvements waited, and none was closed in the 90 days before. */
  starved: boolean;
  /** Improvements closed in the 90 days before. */
  closed90d: number;
  /** Tickets of any kind closed in the 90 days before. */
  allClosed90d: number;
  /** Game days held since the point before. */
  gameDaysHeld: number;
  /** Readiness tests passed since the point before. */
  testsPassed: number;
}

/**
 * How services stood on a day that is past, as it was recorded elsewhere.
 *
 * @public
 */
export interface DayRecord {
  /** A day in UTC, such as `2026-07-01`. */
  day: string;
  /** At most one for each service; of those left out, nothing is known. */
  services: ServicePointRecord[];
}

/**
 * Lets trusted modules put down what was done elsewhere, such as an importer of
 * readiness tests. Nobody's permission is asked.
 *
 * @remarks
 *
 * Calls wait until the backend has started. Modules initialise before that, so a
 * module must not wait for an answer while it initialises: it would wait for
 * itself.
 *
 * @public
 */
export interface OperationalExcellenceRecordsExtensionPoint {
  /** The entity references of all services that records can be put down for. */
  knownServices(): Promise<string[]>;

  /**
   * Records a readiness test; the state of the service follows at once. Each
   * call is another test.
   *
   * @returns the id of the test
   * @throws NotFoundError where the service is not known (yet)
   */
  recordReadinessTest(test: ReadinessTestRecord): Promise<string>;

  /**
   * Records a run of a readiness template with its answers, which the verdict
   * follows from. Once it is finished, and signed off where its template asks for
   * that, the state of the service follows at once. Its answers can be changed in
   * the portal as long as it is open.
   *
   * @returns the id of the test
   * @throws ConflictError where the key was used for another one
   * @throws InputError where the template or an item is not known, an answer is
   * wrong, times are impossible, or items stand against finishing: nothing is
   * recorded then
   * @throws NotFoundError where the service is not known (yet)
   */
  recordReadinessRun(run: ReadinessRunRecord): Promise<string>;

  /**
   * Records an exercise; the states of its services follow at once. Nobody has to
   * approve it.
   *
   * @returns the id of the exercise
   * @throws ConflictError where the key was used for another one
   * @throws InputError where its times are impossible
   * @throws NotFoundError where a service is not known (yet)
   */
  recordExercise(exercise: ExerciseRecord): Promise<string>;

  /**
   * Records how services stood on a day before the backend took points itself, so
   * that trends begin with it. Groups are summed up as the services belong to them
   * now. Days come in their order; one that does not lie behind all that have
   * points is left as it is, so that all can be recorded again after a failure,
   * and so is any once the backend has taken points.
   *
   * @returns whether it was put down
   * @throws InputError where the day is none, or not past
   * @throws NotFoundError where a service is not known (yet)
   */
  recordDay(record: DayRecord): Promise<boolean>;

  /**
   * Grants a waiver; the state of the service follows at once.
   *
   * @returns the id of the waiver
   * @throws NotFoundError where the service is not known (yet)
   */
  grantWaiver(waiver: WaiverRecord): Promise<string>;

  /**
   * Records an initiative. Owners are reminded of it from now on.
   *
   * @returns the id of the initiative
   * @throws ConflictError where the key was used for another one
   * @throws InputError where it has no title, or counts from a day after its last
   */
  recordInitiative(initiative: InitiativeRecord): Promise<string>;

  /**
   * Shares a view of the scorecard. One that is there already stays as it is.
   *
   * @returns the id of the view
   * @throws ConflictError where as many are shared as are kept
   * @throws InputError where it has no title
   */
  shareView(view: SharedViewRecord): Promise<string>;
}

/** @public */
export const operationalExcellenceRecordsExtensionPoint =
  createExtensionPoint<OperationalExcellenceRecordsExtensionPoint>({
    id: 'operational-excellence.records',
  });
