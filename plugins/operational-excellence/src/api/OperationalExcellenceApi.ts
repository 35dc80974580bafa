import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  CalendarFeed,
  CalendarFeedList,
  CalendarFeedRequest,
  EnvironmentItem,
  EnvironmentRemoval,
  EnvironmentReportInput,
  EvaluationRequest,
  Exercise,
  ExerciseApprovalRequest,
  ExerciseChange,
  ExerciseDetail,
  ExerciseExperimentLink,
  ExerciseLogSubmission,
  ExerciseSubmissionInput,
  ExerciseTransitionInput,
  ExperimentItem,
  ExperimentSuggestions,
  ExperimentTemplateItem,
  Finding,
  FindingChange,
  FindingSubmissionInput,
  History,
  Improvement,
  ImprovementCorrection,
  ImprovementDetail,
  ImprovementSubmission,
  Initiative,
  InitiativeChange,
  InitiativeClosing,
  InitiativeSubmission,
  LessonPage,
  Movers,
  Page,
  Policies,
  PolicyPreview,
  PolicyPreviewService,
  PolicyPreviewSubmission,
  ReadinessAnswer,
  ReadinessAnswerChange,
  ReadinessDifference,
  ReadinessFinish,
  ReadinessSignOff,
  ReadinessTemplateList,
  ReadinessTest,
  ReadinessTestDetail,
  ReadinessTestSubmission,
  RetestSubmissionInput,
  Rollup,
  SafetyLever,
  SavedView,
  SavedViewSubmission,
  Service,
  ServiceDetail,
  ServiceFacets,
  SimilarTicketList,
  Source,
  SourceProblem,
  SourceScope,
  TicketItem,
  TimeReport,
  TrackerList,
  UnmappedService,
  Waiver,
  WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';

/**
 * The parameters of a request, by their names in the API. Several values of one
 * parameter are alternatives.
 *
 * @public
 */
export type OperationalExcellenceQuery = Record<
  string,
  string | number | readonly string[] | undefined
>;

/** @public */
export interface OperationalExcellenceRequestOptions {
  signal?: AbortSignal;
}

/**
 * Reads the figures of services and the state of their sources, and files and
 * evaluates improvements.
 *
 * @remarks
 *
 * Every method throws a `ResponseError` with the backend's message where the
 * backend refuses.
 *
 * @public
 */
export interface OperationalExcellenceApi {
  getServices(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Service>>;
  getServiceFacets(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ServiceFacets>;
  /** All services that a query finds, as CSV; it has no page. */
  getServicesCsv(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Blob>;
  getService(
    entityRef: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ServiceDetail>;
  getTickets(
    entityRef: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<TicketItem>>;
  getExperiments(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<ExperimentItem>>;
  getExperimentTemplates(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<ExperimentTemplateItem>>;
  getSafetyLevers(
    options?: OperationalExcellenceRequestOptions,
  ): Promise<{ items: SafetyLever[] }>;
  getSources(
    options?: OperationalExcellenceRequestOptions,
  ): Promise<{ items: Source[]; asOf: string }>;
  getSourceScopes(
    sourceId: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<SourceScope>>;
  /** What services name in a source that does not exist or cannot be read. */
  getSourceProblems(
    sourceId: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<SourceProblem>>;
  /** The services that name nothing in any source of a kind. */
  getUnmappedServices(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<UnmappedService>>;
  /** Where improvements of a service can be filed; the first is proposed. */
  getTrackers(
    entityRef: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<TrackerList>;
  /** Open tickets of a service whose titles look like one, most alike first. */
  getSimilarTickets(
    entityRef: string,
    title: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<SimilarTicketList>;
  /**
   * Files an improvement. It is stored once this answers, whatever became of its
   * ticket; sent again with the same key it stays one.
   */
  fileImprovement(submission: ImprovementSubmission): Promise<Improvement>;
  /** Sends an improvement again, corrected, that its tracker refused. */
  resendImprovement(
    id: string,
    correction: ImprovementCorrection,
  ): Promise<Improvement>;
  getImprovements(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Improvement>>;
  getImprovement(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ImprovementDetail>;
  /** Says whether an improvement that is done has reached its goal. */
  evaluateImprovement(
    id: string,
    evaluation: EvaluationRequest,
  ): Promise<Improvement>;
  getExercises(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Exercise>>;
  getExercise(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ExerciseDetail>;
  /** Plans an exercise; sent again with the same key it stays one. */
  planExercise(submission: ExerciseSubmissionInput): Promise<ExerciseDetail>;
  /**
   * Changes an exercise. Refused with the status 409, and a message that says who
   * saved when, where it is another version than the one that was changed.
   */
  changeExercise(id: string, change: ExerciseChange): Promise<ExerciseDetail>;
  /** Starts, ends or cancels an exercise; refused as `changeExercise` is. */
  moveExercise(
    id: string,
    transition: ExerciseTransitionInput,
  ): Promise<ExerciseDetail>;
  /** Writes an entry into the log of an exercise, once per key. */
  logInExercise(id: string, entry: ExerciseLogSubmission): Promise<void>;
  /** Approves or rejects the plan of an exercise. */
  decideOnExercise(
    id: string,
    decision: ExerciseApprovalRequest,
  ): Promise<void>;
  linkExperiment(id: string, link: ExerciseExperimentLink): Promise<void>;
  unlinkExperiment(id: string, link: ExerciseExperimentLink): Promise<void>;
  /** Experiments of the services and the time of an exercise. */
  getExperimentSuggestions(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ExperimentSuggestions>;
  /** Makes a calendar of exercises; its address is told only here. */
  createCalendarFeed(request: CalendarFeedRequest): Promise<CalendarFeed>;
  /** The calendars that the reader has made. */
  getCalendarFeeds(
    options?: OperationalExcellenceRequestOptions,
  ): Promise<CalendarFeedList>;
  /** Takes a calendar back: its address does not answer any more. */
  revokeCalendarFeed(id: string): Promise<void>;
  getEnvironments(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<EnvironmentItem>>;
  /** Creates or updates the environment of a name. */
  reportEnvironment(
    name: string,
    report: EnvironmentReportInput,
  ): Promise<EnvironmentItem>;
  /** Puts down that an environment was removed; now, unless told otherwise. */
  removeEnvironment(
    name: string,
    removal?: EnvironmentRemoval,
  ): Promise<EnvironmentItem>;
  /** Says where an improvement is tried; `null` for nowhere. */
  chooseEnvironment(
    improvementId: string,
    environmentId: string | null,
  ): Promise<ImprovementDetail>;
  getFindings(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Finding>>;
  getFinding(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Finding>;
  /** Writes down a finding; sent again with the same key it stays one. */
  createFinding(submission: FindingSubmissionInput): Promise<Finding>;
  /**
   * Changes a finding. Refused with the status 409, and a message that says who
   * saved when, where it is another version than the one that was changed.
   */
  changeFinding(id: string, change: FindingChange): Promise<Finding>;
  /** Puts down what a later exercise or experiment showed, once per key. */
  retestFinding(
    id: string,
    submission: RetestSubmissionInput,
  ): Promise<Finding>;
  /** What findings teach the organisation, newest first. */
  getLessons(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<LessonPage>;
  /** The readiness templates; for a service, only what applies to it. */
  getReadinessTemplates(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ReadinessTemplateList>;
  getReadinessTests(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<ReadinessTest>>;
  getReadinessTest(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ReadinessTestDetail>;
  /** Begins a readiness test; sent again with the same key it stays one. */
  beginReadinessTest(
    submission: ReadinessTestSubmission,
  ): Promise<ReadinessTestDetail>;
  /**
   * Answers an item of a readiness test. Refused with the status 409 where
   * somebody else has answered it since the version that is replaced.
   */
  answerReadinessItem(
    id: string,
    itemId: string,
    change: ReadinessAnswerChange,
  ): Promise<ReadinessAnswer>;
  /** Takes an answer back; refused as `answerReadinessItem` is. */
  withdrawReadinessAnswer(
    id: string,
    itemId: string,
    version: number,
  ): Promise<ReadinessTestDetail>;
  finishReadinessTest(
    id: string,
    request: ReadinessFinish,
  ): Promise<ReadinessTestDetail>;
  /** Accepts the result of a readiness test, or returns it to be mended. */
  signOffReadinessTest(
    id: string,
    request: ReadinessSignOff,
  ): Promise<ReadinessTestDetail>;
  /** Ends a readiness test that never will count. */
  discardReadinessTest(
    id: string,
    request: { version: number },
  ): Promise<ReadinessTestDetail>;
  /** What changed from one readiness test to a later one. */
  getReadinessDifference(
    id: string,
    from: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<ReadinessDifference>;
  /** How the time of a service is spent. */
  getTimeReport(
    entityRef: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<TimeReport>;
  /** How the time of all services of an owner is spent, nested groups included. */
  getOwnerTimeReport(
    ownerRef: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<TimeReport>;
  getWaivers(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Waiver>>;
  /** Excepts one measure of a service from its policy for a time. */
  grantWaiver(waiver: WaiverRequest): Promise<Waiver>;
  /** Ends a waiver before its time. */
  endWaiver(id: string): Promise<Waiver>;
  /** What is summed up of the services of groups. */
  getRollups(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Rollup>>;
  /** How a service or a group stood on each day of a span. */
  getHistory(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<History>;
  /** Whose services got better or worse the most. */
  getMovers(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Movers>;
  getInitiatives(
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<Initiative>>;
  getInitiative(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Initiative>;
  /** Starts an initiative; sent again with the same key it stays one. */
  createInitiative(submission: InitiativeSubmission): Promise<Initiative>;
  /**
   * Changes an initiative. Refused with the status 409 where it is another version
   * than the one that was changed.
   */
  changeInitiative(id: string, change: InitiativeChange): Promise<Initiative>;
  /** Closes an initiative with the result that it has; refused as a change is. */
  closeInitiative(id: string, closing: InitiativeClosing): Promise<Initiative>;
  /** The policies of the configuration, in their order. */
  getPolicies(options?: OperationalExcellenceRequestOptions): Promise<Policies>;
  /** Begins to find out what other policies would change. */
  previewPolicies(submission: PolicyPreviewSubmission): Promise<PolicyPreview>;
  getPolicyPreview(
    id: string,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<PolicyPreview>;
  /** The services of which a preview says that a state would change. */
  getPolicyPreviewServices(
    id: string,
    query: OperationalExcellenceQuery,
    options?: OperationalExcellenceRequestOptions,
  ): Promise<Page<PolicyPreviewService>>;
  /** The views of the scorecard that the reader or somebody for all has saved. */
  getSavedViews(
    options?: OperationalExcellenceRequestOptions,
  ): Promise<{ items: SavedView[] }>;
  saveView(submission: SavedViewSubmission): Promise<SavedView>;
  changeSavedView(
    id: string,
    submission: SavedViewSubmission,
  ): Promise<SavedView>;
  removeSavedView(id: string): Promise<void>;
  /** Asks a source, or one of its scopes, to synchronise now. */
  syncSource(
    sourceId: string,
    request?: { scope?: string },
  ): Promise<{ scopes: number }>;
}

/** @public */
export const operationalExcellenceApiRef =
  createApiRef<OperationalExcellenceApi>({
    id: 'plugin.operational-excellence.service',
  });
