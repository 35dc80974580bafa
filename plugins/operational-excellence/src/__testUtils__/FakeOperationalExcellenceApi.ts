import { NotFoundError } from '@backstage/errors';
import {
  environmentQuerySchema,
  exerciseQuerySchema,
  experimentQuerySchema,
  experimentTemplateQuerySchema,
  findingQuerySchema,
  historyQuerySchema,
  improvementQuerySchema,
  initiativeQuerySchema,
  lessonQuerySchema,
  moversQuerySchema,
  readinessTestQuerySchema,
  rollupQuerySchema,
  serviceFacetsQuerySchema,
  serviceQuerySchema,
  waiverQuerySchema,
  CalendarFeed,
  CalendarFeedItem,
  CalendarFeedList,
  CalendarFeedRequest,
  EnvironmentItem,
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
  ExperimentTemplateItem,
  ExperimentSuggestions,
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
  ReadinessTemplateItem,
  ReadinessTemplateList,
  ReadinessTest,
  ReadinessTestDetail,
  ReadinessTestSubmission,
  RetestSubmissionInput,
  Rollup,
  RollupDimension,
  SafetyLever,
  SavedView,
  SavedViewSubmission,
  Service,
  ServiceDetail,
  ServiceFacets,
  SimilarTicketList,
  Source,
  SourceKind,
  SourceProblem,
  SourceScope,
  TicketItem,
  TimeReport,
  TrackerList,
  UnmappedService,
  Waiver,
  WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';
import { OperationalExcellenceApi, OperationalExcellenceQuery } from '../api';
import { FakeEnvironments } from './FakeEnvironments';
import { FakeExercises } from './FakeExercises';
import { facetsOf } from './FakeFacets';
import { FakeFindings } from './FakeFindings';
import { FakeHistory, FakeHistoryOf } from './FakeHistory';
import { FakeImprovements } from './FakeImprovements';
import { FakeInitiatives } from './FakeInitiatives';
import { FakePolicies } from './FakePolicies';
import { FakeGroup, ownersOf, rollupsOf } from './FakeRollups';
import { FakeSavedViews } from './FakeSavedViews';
import { FakeWaivers } from './FakeWaivers';
import { FakeReadinessTests } from './FakeReadinessTests';
import { BUILT_IN_TRACKER, timeReport } from './improvementFixtures';
import { inDays } from './instants';
import { refusal } from './refusal';
import { compareServices, matchesService } from './serviceQuery';

type Method = keyof OperationalExcellenceApi;

/** What the fake backend knows; lists are in the order in which it lists them. */
export interface FakeContents {
  services?: ServiceDetail[];
  /** The groups that own services, or have others beneath that do. */
  groups?: FakeGroup[];
  savedViews?: SavedView[];
  /** By entity reference. */
  tickets?: Record<string, TicketItem[]>;
  experiments?: ExperimentItem[];
  experimentTemplates?: ExperimentTemplateItem[];
  safetyLevers?: SafetyLever[];
  sources?: Source[];
  /** By the id of the source. */
  scopes?: Record<string, SourceScope[]>;
  /** By the id of the source. */
  problems?: Record<string, SourceProblem[]>;
  /** By the kind of the sources that they name none of. */
  unmapped?: Record<SourceKind, UnmappedService[]>;
  /** By entity reference; the built-in tracker where a service is left out. */
  trackers?: Record<string, TrackerList['items']>;
  improvements?: ImprovementDetail[];
  exercises?: ExerciseDetail[];
  environments?: EnvironmentItem[];
  findings?: Finding[];
  calendarFeeds?: CalendarFeedItem[];
  readinessTemplates?: ReadinessTemplateItem[];
  /** What is configured and could never be read. */
  readinessProblems?: ReadinessTemplateList['problems'];
  readinessTests?: ReadinessTestDetail[];
  /** By the entity reference of a service or an owner; see `timeReport`. */
  timeReports?: Record<string, TimeReport>;
  histories?: FakeHistoryOf[];
  movers?: Partial<Pick<Movers, 'improved' | 'worsened'>>;
  initiatives?: Initiative[];
  policies?: Policies['items'];
  policyPreviews?: PolicyPreview[];
  /** What any preview says of services. */
  previewedServices?: PolicyPreviewService[];
  /** By what they are grouped by; counted of the services where left out. */
  rollups?: Partial<Record<RollupDimension, Rollup[]>>;
  waivers?: Waiver[];
}

/** The parameters that lists take. */
const QUERIES: Partial<Record<Method, { shape: object }>> = {
  getEnvironments: environmentQuerySchema,
  getExercises: exerciseQuerySchema,
  getExperiments: experimentQuerySchema,
  getExperimentTemplates: experimentTemplateQuerySchema,
  getFindings: findingQuerySchema,
  getHistory: historyQuerySchema,
  getImprovements: improvementQuerySchema,
  getInitiatives: initiativeQuerySchema,
  getLessons: lessonQuerySchema,
  getMovers: moversQuerySchema,
  getReadinessTests: readinessTestQuerySchema,
  getRollups: rollupQuerySchema,
  getServiceFacets: serviceFacetsQuerySchema,
  getServices: serviceQuerySchema,
  getServicesCsv: serviceQuerySchema,
  getWaivers: waiverQuerySchema,
};

/** Refuses what the backend would refuse, too. */
async function requireKnownParameters(method: Method, query: unknown) {
  const known = QUERIES[method];
  if (!known) return;
  const unknown = Object.keys(query ?? {}).filter(
    name => !(name in known.shape),
  );
  if (unknown.length) {
    throw await refusal(400, `Unknown query parameter ${unknown.join(', ')}`);
  }
}

/**
 * Answers as the backend does, from memory: it filters, sorts and pages, and it
 * can be told to refuse or not to answer yet. It records what it was asked.
 */
export class FakeOperationalExcellenceApi implements OperationalExcellenceApi {
  readonly contents: Required<FakeContents>;
  readonly calls: { method: Method; args: unknown[] }[] = [];
  /** What was filed, and what becomes of what is filed next. */
  readonly improvements: FakeImprovements;
  readonly waivers: FakeWaivers;
  readonly exercises: FakeExercises;
  readonly environments: FakeEnvironments;
  readonly findings: FakeFindings;
  readonly readinessTests: FakeReadinessTests;
  readonly history: FakeHistory;
  readonly initiatives: FakeInitiatives;
  readonly policies: FakePolicies;
  readonly savedViews: FakeSavedViews;
  readonly #failures = new Map<Method, Error>();
  readonly #holds = new Map<Method, Promise<void>>();

  constructor(contents: FakeContents = {}) {
    this.contents = {
      services: [],
      groups: [],
      savedViews: [],
      tickets: {},
      experiments: [],
      experimentTemplates: [],
      safetyLevers: [],
      sources: [],
      scopes: {},
      problems: {},
      unmapped: { ticket: [], experiment: [] },
      trackers: {},
      improvements: [],
      exercises: [],
      environments: [],
      findings: [],
      calendarFeeds: [],
      readinessTemplates: [],
      readinessProblems: [],
      readinessTests: [],
      timeReports: {},
      histories: [],
      movers: {},
      initiatives: [],
      policies: [],
      policyPreviews: [],
      previewedServices: [],
      rollups: {},
      waivers: [],
      ...contents,
    };
    this.history = new FakeHistory(
      this.contents.histories,
      this.contents.movers,
    );
    this.initiatives = new FakeInitiatives(this.contents.initiatives);
    this.policies = new FakePolicies(
      this.contents.policies,
      this.contents.policyPreviews,
      this.contents.previewedServices,
    );
    this.savedViews = new FakeSavedViews(this.contents.savedViews);
    this.improvements = new FakeImprovements(this.contents.improvements);
    this.environments = new FakeEnvironments(this.contents.environments);
    this.findings = new FakeFindings(this.contents.findings);
    this.waivers = new FakeWaivers(
      this.contents.waivers,
      entityRef =>
        this.contents.services.find(each => each.entityRef === entityRef)
          ?.ownerRef,
    );
    this.readinessTests = new FakeReadinessTests(
      this.contents.readinessTests,
      this.contents.readinessTemplates,
      entityRef => this.#titleOf(entityRef),
    );
    this.exercises = new FakeExercises(
      this.contents.exercises,
      entityRef =>
        this.contents.services.find(each => each.entityRef === entityRef)
          ?.title ?? entityRef,
    );
  }

  /** Lets a method fail from now on, until told otherwise. */
  fail(method: Method, error: Error | undefined): void {
    if (error) this.#failures.set(method, error);
    else this.#failures.delete(method);
  }

  /** Keeps a method from answering until the returned function is called. */
  hold(method: Method): () => void {
    let release = () => {};
    this.#holds.set(
      method,
      new Promise(resolve => {
        release = () => {
          this.#holds.delete(method);
          resolve();
        };
      }),
    );
    return () => release();
  }

  /** The arguments of all calls of a method so far. */
  callsOf(method: Method): unknown[][] {
    return this.calls
      .filter(call => call.method === method)
      .map(call => call.args);
  }

  async getServices(query: OperationalExcellenceQuery): Promise<Page<Service>> {
    await this.#asked('getServices', query);
    return page(this.#servicesFor(query), query);
  }

  async getServicesCsv(query: OperationalExcellenceQuery): Promise<Blob> {
    await this.#asked('getServicesCsv', query);
    const rows = this.#servicesFor(query).map(({ entityRef, title }) =>
      [entityRef, title].join(','),
    );
    return new Blob([['entityRef,title', ...rows].join('\r\n')]);
  }

  async getServiceFacets(
    query: OperationalExcellenceQuery,
  ): Promise<ServiceFacets> {
    await this.#asked('getServiceFacets', query);
    return facetsOf(query, {
      groups: this.contents.groups,
      servicesFor: filter => this.#servicesFor(filter),
    });
  }

  async getService(entityRef: string): Promise<ServiceDetail> {
    await this.#asked('getService', entityRef);
    const service = this.contents.services.find(
      each => each.entityRef === entityRef,
    );
    if (!service) {
      throw await refusal(404, `No service ${entityRef}`);
    }
    return service;
  }

  async getTickets(
    entityRef: string,
    query: OperationalExcellenceQuery,
  ): Promise<Page<TicketItem>> {
    await this.#asked('getTickets', entityRef, query);
    const sort = String(query.sort ?? 'createdAt');
    const by = sort.replace('-', '') as 'createdAt' | 'closedAt' | 'updatedAt';
    const sign = sort.startsWith('-') ? -1 : 1;
    const matching = (this.contents.tickets[entityRef] ?? [])
      .filter(ticket => query.class === 'all' || ticket.improvement)
      .filter(ticket => {
        if (query.state === 'all') return true;
        if (query.state === undefined || query.state === 'not-done') {
          return ticket.state !== 'done';
        }
        return ticket.state === query.state;
      })
      .sort(
        (a, b) =>
          sign * (Date.parse(a[by] ?? '') - Date.parse(b[by] ?? '')) ||
          a.id.localeCompare(b.id),
      );
    return page(matching, query);
  }

  async getExperimentTemplates(
    query: OperationalExcellenceQuery,
  ): Promise<Page<ExperimentTemplateItem>> {
    await this.#asked('getExperimentTemplates', query);
    const services = [query.service ?? []].flat();
    const matching = this.contents.experimentTemplates.filter(
      ({ entityRefs, guardrails }) =>
        (!services.length || entityRefs.some(ref => services.includes(ref))) &&
        (query.unguarded !== 'true' || !guardrails.stopConditions.length),
    );
    return page(matching, query);
  }

  async getSafetyLevers(): Promise<{ items: SafetyLever[] }> {
    await this.#asked('getSafetyLevers');
    return { items: this.contents.safetyLevers };
  }

  async getExperiments(
    query: OperationalExcellenceQuery,
  ): Promise<Page<ExperimentItem>> {
    await this.#asked('getExperiments', query);
    const services = [query.service ?? []].flat();
    const states = [query.state ?? []].flat();
    const matching = this.contents.experiments.filter(
      experiment =>
        (!services.length ||
          experiment.entityRefs.some(ref => services.includes(ref))) &&
        (!states.length || states.includes(experiment.state)) &&
        (query.unguarded !== 'true' ||
          (experiment.startedAt !== null &&
            !experiment.guardrails.stopConditions.length)),
    );
    return page(matching, query);
  }

  async getSources(): Promise<{ items: Source[]; asOf: string }> {
    await this.#asked('getSources');
    return { items: this.contents.sources, asOf: new Date().toISOString() };
  }

  async getSourceScopes(
    sourceId: string,
    query: OperationalExcellenceQuery,
  ): Promise<Page<SourceScope>> {
    await this.#asked('getSourceScopes', sourceId, query);
    const healths = [query.health ?? []].flat();
    const text = String(query.q ?? '').toLowerCase();
    const matching = (this.contents.scopes[sourceId] ?? []).filter(
      scope =>
        (!healths.length || healths.includes(scope.health)) &&
        `${scope.title}\n${scope.key}`.toLowerCase().includes(text),
    );
    return page(matching, query);
  }

  async getSourceProblems(
    sourceId: string,
    query: OperationalExcellenceQuery,
  ): Promise<Page<SourceProblem>> {
    await this.#asked('getSourceProblems', sourceId, query);
    return page(this.contents.problems[sourceId] ?? [], query);
  }

  async getUnmappedServices(
    query: OperationalExcellenceQuery,
  ): Promise<Page<UnmappedService>> {
    await this.#asked('getUnmappedServices', query);
    const kind = query.kind === 'experiment' ? 'experiment' : 'ticket';
    const text = String(query.q ?? '').toLowerCase();
    const matching = this.contents.unmapped[kind].filter(service =>
      `${service.title} ${service.entityRef}`.toLowerCase().includes(text),
    );
    return page(matching, query);
  }

  async getTrackers(entityRef: string): Promise<TrackerList> {
    await this.#asked('getTrackers', entityRef);
    return { items: this.#trackersOf(entityRef) };
  }

  async getSimilarTickets(
    entityRef: string,
    title: string,
  ): Promise<SimilarTicketList> {
    await this.#asked('getSimilarTickets', entityRef, title);
    const words = title.toLowerCase().split(/\W+/);
    return {
      items: (this.contents.tickets[entityRef] ?? []).filter(
        ticket =>
          ticket.state !== 'done' &&
          ticket.title
            .toLowerCase()
            .split(/\W+/)
            .some(word => words.includes(word)),
      ),
    };
  }

  async fileImprovement(
    submission: ImprovementSubmission,
  ): Promise<Improvement> {
    await this.#asked('fileImprovement', submission);
    const { entityRef } = submission;
    const service = this.contents.services.find(
      each => each.entityRef === entityRef,
    );
    return this.improvements.file(
      submission,
      service?.title ?? entityRef,
      this.#trackersOf(entityRef),
    );
  }

  async resendImprovement(
    id: string,
    correction: ImprovementCorrection,
  ): Promise<Improvement> {
    await this.#asked('resendImprovement', id, correction);
    const { entityRef } = this.improvements.get(id);
    return this.improvements.resend(
      id,
      correction,
      this.#trackersOf(entityRef),
    );
  }

  async getImprovements(
    query: OperationalExcellenceQuery,
  ): Promise<Page<Improvement>> {
    await this.#asked('getImprovements', query);
    return page(this.improvements.list(query), query);
  }

  async getImprovement(id: string): Promise<ImprovementDetail> {
    await this.#asked('getImprovement', id);
    return this.improvements.get(id);
  }

  async evaluateImprovement(
    id: string,
    evaluation: EvaluationRequest,
  ): Promise<Improvement> {
    await this.#asked('evaluateImprovement', id, evaluation);
    return this.improvements.evaluate(id, evaluation);
  }

  async getExercises(
    query: OperationalExcellenceQuery,
  ): Promise<Page<Exercise>> {
    await this.#asked('getExercises', query);
    return page(this.exercises.list(query), query);
  }

  async getExercise(id: string): Promise<ExerciseDetail> {
    await this.#asked('getExercise', id);
    return this.exercises.get(id);
  }

  async planExercise(
    submission: ExerciseSubmissionInput,
  ): Promise<ExerciseDetail> {
    await this.#asked('planExercise', submission);
    return this.exercises.plan(submission);
  }

  async changeExercise(
    id: string,
    change: ExerciseChange,
  ): Promise<ExerciseDetail> {
    await this.#asked('changeExercise', id, change);
    return this.exercises.change(id, change);
  }

  async moveExercise(
    id: string,
    transition: ExerciseTransitionInput,
  ): Promise<ExerciseDetail> {
    await this.#asked('moveExercise', id, transition);
    return this.exercises.move(id, transition);
  }

  async logInExercise(id: string, entry: ExerciseLogSubmission): Promise<void> {
    await this.#asked('logInExercise', id, entry);
    await this.exercises.log(id, entry);
  }

  async decideOnExercise(
    id: string,
    decision: ExerciseApprovalRequest,
  ): Promise<void> {
    await this.#asked('decideOnExercise', id, decision);
    await this.exercises.decide(id, decision);
  }

  async linkExperiment(
    id: string,
    link: ExerciseExperimentLink,
  ): Promise<void> {
    await this.#asked('linkExperiment', id, link);
    await this.exercises.link(id, link);
  }

  async unlinkExperiment(
    id: string,
    link: ExerciseExperimentLink,
  ): Promise<void> {
    await this.#asked('unlinkExperiment', id, link);
    await this.exercises.unlink(id, link);
  }

  async getExperimentSuggestions(id: string): Promise<ExperimentSuggestions> {
    await this.#asked('getExperimentSuggestions', id);
    return this.exercises.suggestions(id);
  }

  async createCalendarFeed(
    request: CalendarFeedRequest,
  ): Promise<CalendarFeed> {
    await this.#asked('createCalendarFeed', request);
    const id = `feed-${this.contents.calendarFeeds.length + 1}`;
    const expiresAt = inDays(365);
    this.contents.calendarFeeds.push({
      id,
      entityRef: request.entityRef ?? null,
      owner: request.owner ?? null,
      createdAt: new Date().toISOString(),
      expiresAt,
    });
    return { id, url: `https://portal.example.com/${id}.ics`, expiresAt };
  }

  async getCalendarFeeds(): Promise<CalendarFeedList> {
    await this.#asked('getCalendarFeeds');
    return { items: [...this.contents.calendarFeeds] };
  }

  async revokeCalendarFeed(id: string): Promise<void> {
    await this.#asked('revokeCalendarFeed', id);
    this.contents.calendarFeeds = this.contents.calendarFeeds.filter(
      feed => feed.id !== id,
    );
  }

  async getEnvironments(
    query: OperationalExcellenceQuery,
  ): Promise<Page<EnvironmentItem>> {
    await this.#asked('getEnvironments', query);
    return page(this.environments.list(query), query);
  }

  async reportEnvironment(
    name: string,
    report: EnvironmentReportInput,
  ): Promise<EnvironmentItem> {
    await this.#asked('reportEnvironment', name, report);
    return this.environments.report(name, report);
  }

  async removeEnvironment(name: string): Promise<EnvironmentItem> {
    await this.#asked('removeEnvironment', name);
    return this.environments.remove(name);
  }

  async chooseEnvironment(
    improvementId: string,
    environmentId: string | null,
  ): Promise<ImprovementDetail> {
    await this.#asked('chooseEnvironment', improvementId, environmentId);
    return this.improvements.get(improvementId);
  }

  async getFindings(query: OperationalExcellenceQuery): Promise<Page<Finding>> {
    await this.#asked('getFindings', query);
    return page(this.findings.list(query), query);
  }

  async getFinding(id: string): Promise<Finding> {
    await this.#asked('getFinding', id);
    return this.findings.get(id);
  }

  async createFinding(submission: FindingSubmissionInput): Promise<Finding> {
    await this.#asked('createFinding', submission);
    return this.findings.create(submission);
  }

  async changeFinding(id: string, change: FindingChange): Promise<Finding> {
    await this.#asked('changeFinding', id, change);
    return this.findings.change(id, change);
  }

  async retestFinding(
    id: string,
    submission: RetestSubmissionInput,
  ): Promise<Finding> {
    await this.#asked('retestFinding', id, submission);
    return this.findings.retest(id, submission);
  }

  async getLessons(query: OperationalExcellenceQuery): Promise<LessonPage> {
    await this.#asked('getLessons', query);
    return {
      ...page(this.findings.lessons(query), query),
      tags: this.findings.tags(),
    };
  }

  async getReadinessTemplates(
    query: OperationalExcellenceQuery,
  ): Promise<ReadinessTemplateList> {
    await this.#asked('getReadinessTemplates', query);
    return {
      items: this.contents.readinessTemplates,
      problems: this.contents.readinessProblems,
    };
  }

  async getReadinessTests(
    query: OperationalExcellenceQuery,
  ): Promise<Page<ReadinessTest>> {
    await this.#asked('getReadinessTests', query);
    return page(this.readinessTests.list(query), query);
  }

  async getReadinessTest(id: string): Promise<ReadinessTestDetail> {
    await this.#asked('getReadinessTest', id);
    return this.readinessTests.get(id);
  }

  async beginReadinessTest(
    submission: ReadinessTestSubmission,
  ): Promise<ReadinessTestDetail> {
    await this.#asked('beginReadinessTest', submission);
    return this.readinessTests.begin(submission);
  }

  async answerReadinessItem(
    id: string,
    itemId: string,
    change: ReadinessAnswerChange,
  ): Promise<ReadinessAnswer> {
    await this.#asked('answerReadinessItem', id, itemId, change);
    return this.readinessTests.answer(id, itemId, change);
  }

  async withdrawReadinessAnswer(
    id: string,
    itemId: string,
    version: number,
  ): Promise<ReadinessTestDetail> {
    await this.#asked('withdrawReadinessAnswer', id, itemId, version);
    return this.readinessTests.withdraw(id, itemId, version);
  }

  async finishReadinessTest(
    id: string,
    request: ReadinessFinish,
  ): Promise<ReadinessTestDetail> {
    await this.#asked('finishReadinessTest', id, request);
    return this.readinessTests.finish(id, request);
  }

  async signOffReadinessTest(
    id: string,
    request: ReadinessSignOff,
  ): Promise<ReadinessTestDetail> {
    await this.#asked('signOffReadinessTest', id, request);
    return this.readinessTests.signOff(id, request);
  }

  async discardReadinessTest(
    id: string,
    request: { version: number },
  ): Promise<ReadinessTestDetail> {
    await this.#asked('discardReadinessTest', id, request);
    return this.readinessTests.discard(id);
  }

  async getReadinessDifference(
    id: string,
    from: string,
  ): Promise<ReadinessDifference> {
    await this.#asked('getReadinessDifference', id, from);
    return this.readinessTests.difference(id, from);
  }

  async getTimeReport(entityRef: string): Promise<TimeReport> {
    await this.#asked('getTimeReport', entityRef);
    return this.#timeReportOf(entityRef);
  }

  async getOwnerTimeReport(ownerRef: string): Promise<TimeReport> {
    await this.#asked('getOwnerTimeReport', ownerRef);
    return this.#timeReportOf(ownerRef);
  }

  async getWaivers(query: OperationalExcellenceQuery): Promise<Page<Waiver>> {
    await this.#asked('getWaivers', query);
    return page(this.waivers.list(query), query);
  }

  async grantWaiver(request: WaiverRequest): Promise<Waiver> {
    await this.#asked('grantWaiver', request);
    const { title } = await this.getService(request.entityRef);
    return this.waivers.grant(request, title);
  }

  async endWaiver(id: string): Promise<Waiver> {
    await this.#asked('endWaiver', id);
    return this.waivers.end(id);
  }

  async getRollups(query: OperationalExcellenceQuery): Promise<Page<Rollup>> {
    await this.#asked('getRollups', query);
    const by = query.by as RollupDimension;
    const { groups, rollups } = this.contents;
    return page(
      rollups[by] ?? rollupsOf(this.#servicesFor(query), groups, query),
      query,
    );
  }

  async getHistory(query: OperationalExcellenceQuery): Promise<History> {
    await this.#asked('getHistory', query);
    return this.history.of(query);
  }

  async getMovers(query: OperationalExcellenceQuery): Promise<Movers> {
    await this.#asked('getMovers', query);
    return this.history.movers(query);
  }

  async getInitiatives(
    query: OperationalExcellenceQuery,
  ): Promise<Page<Initiative>> {
    await this.#asked('getInitiatives', query);
    return page(this.initiatives.list(query), query);
  }

  async getInitiative(id: string): Promise<Initiative> {
    await this.#asked('getInitiative', id);
    return this.initiatives.get(id);
  }

  async createInitiative(
    submission: InitiativeSubmission,
  ): Promise<Initiative> {
    await this.#asked('createInitiative', submission);
    return this.initiatives.create(submission);
  }

  async changeInitiative(
    id: string,
    change: InitiativeChange,
  ): Promise<Initiative> {
    await this.#asked('changeInitiative', id, change);
    return this.initiatives.change(id, change);
  }

  async closeInitiative(
    id: string,
    closing: InitiativeClosing,
  ): Promise<Initiative> {
    await this.#asked('closeInitiative', id, closing);
    return this.initiatives.close(id, closing);
  }

  async getPolicies(): Promise<Policies> {
    await this.#asked('getPolicies');
    return this.policies.list();
  }

  async previewPolicies(
    submission: PolicyPreviewSubmission,
  ): Promise<PolicyPreview> {
    await this.#asked('previewPolicies', submission);
    return this.policies.begin(submission);
  }

  async getPolicyPreview(id: string): Promise<PolicyPreview> {
    await this.#asked('getPolicyPreview', id);
    return this.policies.get(id);
  }

  async getPolicyPreviewServices(
    id: string,
    query: OperationalExcellenceQuery,
  ): Promise<Page<PolicyPreviewService>> {
    await this.#asked('getPolicyPreviewServices', id, query);
    await this.policies.get(id);
    return page(this.policies.services(query), query);
  }

  async getSavedViews(): Promise<{ items: SavedView[] }> {
    await this.#asked('getSavedViews');
    return this.savedViews.list();
  }

  async saveView(submission: SavedViewSubmission): Promise<SavedView> {
    await this.#asked('saveView', submission);
    return this.savedViews.save(submission);
  }

  async changeSavedView(
    id: string,
    submission: SavedViewSubmission,
  ): Promise<SavedView> {
    await this.#asked('changeSavedView', id, submission);
    return this.savedViews.change(id, submission);
  }

  async removeSavedView(id: string): Promise<void> {
    await this.#asked('removeSavedView', id);
    return this.savedViews.remove(id);
  }

  async syncSource(
    sourceId: string,
    request: { scope?: string } = {},
  ): Promise<{ scopes: number }> {
    await this.#asked('syncSource', sourceId, request);
    const source = this.contents.sources.find(({ id }) => id === sourceId);
    if (!source) throw new NotFoundError(`No source ${sourceId}`);
    return { scopes: request.scope === undefined ? source.scopes.total : 1 };
  }

  async #asked(method: Method, ...args: unknown[]): Promise<void> {
    this.calls.push({ method, args });
    await requireKnownParameters(method, args[0]);
    await this.#holds.get(method);
    const failure = this.#failures.get(method);
    if (failure) throw failure;
  }

  #titleOf(entityRef: string): string {
    const service = this.contents.services.find(
      each => each.entityRef === entityRef,
    );
    return service?.title ?? entityRef;
  }

  #trackersOf(entityRef: string): TrackerList['items'] {
    return this.contents.trackers[entityRef] ?? [BUILT_IN_TRACKER];
  }

  async #timeReportOf(ref: string): Promise<TimeReport> {
    const report = this.contents.timeReports[ref];
    if (report) return report;
    const isKnown = this.contents.services.some(
      ({ entityRef, ownerRef }) => entityRef === ref || ownerRef === ref,
    );
    if (!isKnown) throw await refusal(404, `No service or owner ${ref}`);
    return timeReport();
  }

  #servicesFor(query: OperationalExcellenceQuery): Service[] {
    return (
      this.contents.services
        .filter(service =>
          matchesService(
            service,
            ownersOf(service, this.contents.groups),
            query,
          ),
        )
        // The sort of a rollup is that of its groups.
        .sort(compareServices(String((!query.by && query.sort) || 'state')))
    );
  }
}

/** The cursor is the place at which the next page starts. */
function page<T>(all: T[], query: OperationalExcellenceQuery): Page<T> {
  const start = Number(query.cursor ?? 0);
  const end = start + Number(query.limit ?? 50);
  return {
    items: all.slice(start, end),
    totalItems: all.length,
    asOf: new Date().toISOString(),
    ...(end < all.length && { nextCursor: String(end) }),
  };
}
