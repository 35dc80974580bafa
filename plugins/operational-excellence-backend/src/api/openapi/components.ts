import { JsonObject } from '@backstage/types';
import {
  dailyPointSchema,
  environmentChoiceSchema,
  environmentKindSchema,
  environmentPageSchema,
  environmentRemovalSchema,
  environmentReportSchema,
  environmentSchema,
  environmentStageSchema,
  evaluationRequestSchema,
  evaluationSchema,
  evaluationVerdictSchema,
  approvalDecisionSchema,
  approvalStateSchema,
  calendarFeedItemSchema,
  calendarFeedListSchema,
  calendarFeedRequestSchema,
  calendarFeedSchema,
  exerciseApprovalRequestSchema,
  exerciseChangeSchema,
  exerciseDetailSchema,
  exerciseExperimentLinkSchema,
  exerciseKindSchema,
  exerciseLogEntrySchema,
  exerciseLogSubmissionSchema,
  exerciseOutcomeSchema,
  exercisePageSchema,
  exerciseSchema,
  exerciseStageSchema,
  exerciseStateSchema,
  exerciseSubmissionSchema,
  exerciseTransitionSchema,
  experimentPageSchema,
  experimentSchema,
  experimentStateSchema,
  experimentSuggestionsSchema,
  experimentTemplatePageSchema,
  experimentTemplateSchema,
  findingChangeSchema,
  findingPageSchema,
  findingSchema,
  findingSeveritySchema,
  findingStageSchema,
  findingSubmissionSchema,
  gameDayKindSchema,
  guardrailsSchema,
  improvementCorrectionSchema,
  improvementDeliverySchema,
  improvementDetailSchema,
  improvementGoalSchema,
  improvementOriginKindSchema,
  improvementOriginSchema,
  improvementPageSchema,
  improvementPrioritySchema,
  improvementSchema,
  improvementStageSchema,
  improvementSubmissionSchema,
  historyDimensionSchema,
  historySchema,
  importResultSchema,
  initiativeChangeSchema,
  initiativeClosingSchema,
  initiativePageSchema,
  initiativeProgressSchema,
  initiativeSchema,
  initiativeSubmissionSchema,
  isoInstantSchema,
  linkedExperimentSchema,
  lessonPageSchema,
  lessonSchema,
  measureSchema,
  measureStateSchema,
  moverSchema,
  moversSchema,
  policiesSchema,
  policyPreviewSchema,
  policyPreviewServicePageSchema,
  policyPreviewServiceSchema,
  policyPreviewSubmissionSchema,
  policySchema,
  rateLimitSchema,
  readinessAnswerChangeSchema,
  readinessAnswerSchema,
  readinessAnswerValueSchema,
  readinessDifferenceSchema,
  readinessDiscardSchema,
  readinessFinishSchema,
  readinessItemSchema,
  readinessReportSchema,
  readinessRiskSchema,
  readinessSectionSchema,
  readinessSignOffSchema,
  readinessTemplateItemSchema,
  readinessTemplateListSchema,
  readinessTemplateSchema,
  readinessTestDetailSchema,
  readinessTestPageSchema,
  readinessTestSchema,
  readinessTestStateSchema,
  readinessTestSubmissionSchema,
  readinessVerdictSchema,
  retestSchema,
  retestSubmissionSchema,
  rollupPageSchema,
  rollupSchema,
  safetyLeverListSchema,
  safetyLeverSchema,
  savedViewSchema,
  savedViewsSchema,
  savedViewSubmissionSchema,
  serviceDetailSchema,
  serviceFacetsSchema,
  servicePageSchema,
  serviceSchema,
  similarTicketListSchema,
  sourceHealthSchema,
  sourceListSchema,
  sourceProblemPageSchema,
  sourceProblemSchema,
  sourceSchema,
  sourceScopePageSchema,
  sourceScopeSchema,
  stateCountsSchema,
  statesOfMeasuresSchema,
  syncRequestSchema,
  syncResponseSchema,
  ticketPageSchema,
  ticketSchema,
  ticketStateSchema,
  timeReportSchema,
  trackerListSchema,
  unmappedServicePageSchema,
  unmappedServiceSchema,
  waiverPageSchema,
  waiverRequestSchema,
  waiverSchema,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { exerciseImportSchema } from '../../exercises';
import { readinessImportSchema } from '../../readiness';

/** The body of an answer that failed, as every Backstage backend sends it. */
const errorSchema = z.object({
  error: z.looseObject({
    name: z.string().describe('What kind of error, such as NotFoundError'),
    message: z.string().describe('What was wrong and what to do'),
  }),
  request: z.object({ method: z.string(), url: z.string() }).optional(),
  response: z.object({ statusCode: z.number().int() }),
});

/** What answers are made of, by the name that the document gives it. */
const answers = {
  Environment: environmentSchema,
  EnvironmentKind: environmentKindSchema,
  EnvironmentPage: environmentPageSchema,
  EnvironmentStage: environmentStageSchema,
  Error: errorSchema,
  Evaluation: evaluationSchema,
  EvaluationVerdict: evaluationVerdictSchema,
  ApprovalDecision: approvalDecisionSchema,
  ApprovalState: approvalStateSchema,
  CalendarFeed: calendarFeedSchema,
  CalendarFeedItem: calendarFeedItemSchema,
  CalendarFeedList: calendarFeedListSchema,
  DailyPoint: dailyPointSchema,
  Exercise: exerciseSchema,
  ExerciseDetail: exerciseDetailSchema,
  ExerciseKind: exerciseKindSchema,
  ExerciseLogEntry: exerciseLogEntrySchema,
  ExerciseOutcome: exerciseOutcomeSchema,
  ExercisePage: exercisePageSchema,
  ExerciseStage: exerciseStageSchema,
  ExerciseState: exerciseStateSchema,
  Experiment: experimentSchema,
  ExperimentPage: experimentPageSchema,
  ExperimentState: experimentStateSchema,
  ExperimentSuggestions: experimentSuggestionsSchema,
  ExperimentTemplate: experimentTemplateSchema,
  ExperimentTemplatePage: experimentTemplatePageSchema,
  Finding: findingSchema,
  FindingPage: findingPageSchema,
  FindingSeverity: findingSeveritySchema,
  FindingStage: findingStageSchema,
  GameDayKind: gameDayKindSchema,
  Guardrails: guardrailsSchema,
  History: historySchema,
  HistoryDimension: historyDimensionSchema,
  Improvement: improvementSchema,
  ImprovementDelivery: improvementDeliverySchema,
  ImprovementDetail: improvementDetailSchema,
  ImprovementGoal: improvementGoalSchema,
  ImprovementOrigin: improvementOriginSchema,
  ImprovementOriginKind: improvementOriginKindSchema,
  ImprovementPage: improvementPageSchema,
  ImprovementPriority: improvementPrioritySchema,
  ImprovementStage: improvementStageSchema,
  ImportResult: importResultSchema,
  Initiative: initiativeSchema,
  InitiativePage: initiativePageSchema,
  InitiativeProgress: initiativeProgressSchema,
  Instant: isoInstantSchema,
  LinkedExperiment: linkedExperimentSchema,
  Lesson: lessonSchema,
  LessonPage: lessonPageSchema,
  Measure: measureSchema,
  MeasureState: measureStateSchema,
  Mover: moverSchema,
  Movers: moversSchema,
  Policies: policiesSchema,
  Policy: policySchema,
  PolicyPreview: policyPreviewSchema,
  PolicyPreviewService: policyPreviewServiceSchema,
  PolicyPreviewServicePage: policyPreviewServicePageSchema,
  RateLimit: rateLimitSchema,
  ReadinessAnswer: readinessAnswerSchema,
  ReadinessAnswerValue: readinessAnswerValueSchema,
  ReadinessDifference: readinessDifferenceSchema,
  ReadinessItem: readinessItemSchema,
  ReadinessRisk: readinessRiskSchema,
  ReadinessSection: readinessSectionSchema,
  ReadinessTemplate: readinessTemplateSchema,
  ReadinessTemplateItem: readinessTemplateItemSchema,
  ReadinessTemplateList: readinessTemplateListSchema,
  ReadinessTest: readinessTestSchema,
  ReadinessTestDetail: readinessTestDetailSchema,
  ReadinessTestPage: readinessTestPageSchema,
  ReadinessTestState: readinessTestStateSchema,
  ReadinessVerdict: readinessVerdictSchema,
  Retest: retestSchema,
  Rollup: rollupSchema,
  RollupPage: rollupPageSchema,
  SafetyLever: safetyLeverSchema,
  SafetyLeverList: safetyLeverListSchema,
  SavedView: savedViewSchema,
  SavedViewList: savedViewsSchema,
  Service: serviceSchema,
  ServiceDetail: serviceDetailSchema,
  ServiceFacets: serviceFacetsSchema,
  ServicePage: servicePageSchema,
  SimilarTicketList: similarTicketListSchema,
  Source: sourceSchema,
  SourceHealth: sourceHealthSchema,
  SourceList: sourceListSchema,
  SourceProblem: sourceProblemSchema,
  SourceProblemPage: sourceProblemPageSchema,
  SourceScope: sourceScopeSchema,
  SourceScopePage: sourceScopePageSchema,
  StateCounts: stateCountsSchema,
  StatesOfMeasures: statesOfMeasuresSchema,
  SyncResponse: syncResponseSchema,
  Ticket: ticketSchema,
  TicketPage: ticketPageSchema,
  TicketState: ticketStateSchema,
  TimeReport: timeReportSchema,
  TrackerList: trackerListSchema,
  UnmappedService: unmappedServiceSchema,
  UnmappedServicePage: unmappedServicePageSchema,
  Waiver: waiverSchema,
  WaiverPage: waiverPageSchema,
} satisfies Record<string, z.ZodType>;

const requests = {
  EnvironmentChoice: environmentChoiceSchema,
  EnvironmentRemoval: environmentRemovalSchema,
  EnvironmentReport: environmentReportSchema,
  FindingChange: findingChangeSchema,
  FindingSubmission: findingSubmissionSchema,
  RetestSubmission: retestSubmissionSchema,
  CalendarFeedRequest: calendarFeedRequestSchema,
  EvaluationRequest: evaluationRequestSchema,
  ExerciseApprovalRequest: exerciseApprovalRequestSchema,
  ExerciseChange: exerciseChangeSchema,
  ExerciseExperimentLink: exerciseExperimentLinkSchema,
  ExerciseImport: z.array(exerciseImportSchema),
  ExerciseLogSubmission: exerciseLogSubmissionSchema,
  ExerciseSubmission: exerciseSubmissionSchema,
  ExerciseTransition: exerciseTransitionSchema,
  ImprovementCorrection: improvementCorrectionSchema,
  ImprovementSubmission: improvementSubmissionSchema,
  InitiativeChange: initiativeChangeSchema,
  InitiativeClosing: initiativeClosingSchema,
  InitiativeSubmission: initiativeSubmissionSchema,
  PolicyPreviewSubmission: policyPreviewSubmissionSchema,
  ReadinessAnswerChange: readinessAnswerChangeSchema,
  ReadinessDiscard: readinessDiscardSchema,
  ReadinessFinish: readinessFinishSchema,
  ReadinessImport: z.array(readinessImportSchema),
  ReadinessReport: readinessReportSchema,
  ReadinessSignOff: readinessSignOffSchema,
  ReadinessTestSubmission: readinessTestSubmissionSchema,
  SavedViewSubmission: savedViewSubmissionSchema,
  SyncRequest: syncRequestSchema,
  WaiverRequest: waiverRequestSchema,
} satisfies Record<string, z.ZodType>;

export type ComponentName = keyof typeof answers | keyof typeof requests;

/** A reference to a component. */
export function refTo(name: ComponentName): JsonObject {
  return { $ref: uriOf(name) };
}

/** The schemas that the document refers to by name. */
export function componentSchemas(): JsonObject {
  const schemas = {
    ...schemasOf(answers, 'output'),
    ...schemasOf(requests, 'input'),
  };
  return Object.fromEntries(
    Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The schema of one query parameter. */
export function parameterSchema(schema: z.ZodType): JsonObject {
  const { $schema: _, ...parameter } = z.toJSONSchema(schema, {
    io: 'output',
    override: simplify,
  });
  return toJson(parameter);
}

function uriOf(name: string) {
  return `#/components/schemas/${name}`;
}

function schemasOf(
  named: Record<string, z.ZodType>,
  io: 'input' | 'output',
): Record<string, JsonObject> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named))
    registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: uriOf,
    override: io === 'output' ? leaveOpen : simplify,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(
      ([name, { $id: _id, $schema: _schema, ...schema }]) => [
        name,
        toJson(schema),
      ],
    ),
  );
}

type Overridden = { jsonSchema: z.core.JSONSchema.BaseSchema };

/**
 * Leaves out what says nothing to a reader: the pattern of instants, beside
 * their format, and the range of whole numbers that JavaScript can hold.
 */
function simplify({ jsonSchema }: Overridden) {
  // Zod writes it beside a reference to Instant once more.
  if (jsonSchema.format === 'date-time' || jsonSchema.$ref) {
    delete jsonSchema.pattern;
  }
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** Answers may gain properties; clients have to bear that. */
function leaveOpen(overridden: Overridden) {
  simplify(overridden);
  if (overridden.jsonSchema.additionalProperties === false) {
    delete overridden.jsonSchema.additionalProperties;
  }
}

function toJson(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema));
}
