import { arnOf } from '../database';
import { TemplateAction, toEpochSeconds } from '../templates';
import { Experiment } from './ExperimentStore';
import { stateAt } from './timeline';
import { timelineOf } from './timelineOf';

interface StateView {
  status: string;
  reason?: string;
  error?: object;
}

/** What shows of an experiment at an instant. */
interface Situation {
  state: StateView;
  startTime?: number;
  endTime?: number;
  options: Record<string, string>;
  actions: Record<
    string,
    { state: StateView; startTime?: number; endTime?: number }
  >;
}

const reached = (instant: number | undefined, now: number) =>
  instant !== undefined && instant <= now ? instant : undefined;

function situationAt(experiment: Experiment, now: number): Situation {
  const { course } = experiment;
  if (course.kind === 'recorded') return course;
  const timeline = timelineOf(course, experiment.createdAt);
  const { status, reason, error } = stateAt(timeline.transitions, now);
  return {
    state: {
      status,
      reason,
      error: error && { accountId: experiment.accountId, ...error },
    },
    startTime: reached(timeline.startTime, now),
    endTime: reached(timeline.endTime, now),
    options: {
      accountTargeting: course.accountTargeting,
      emptyTargetResolutionMode: course.emptyTargetResolutionMode,
      actionsMode: course.actionsMode,
    },
    actions: Object.fromEntries(
      Object.entries(timeline.actions).map(([name, action]) => {
        const state = stateAt(action.transitions, now);
        return [
          name,
          {
            state: { status: state.status, reason: state.reason },
            startTime: reached(action.startTime, now),
            endTime: reached(action.endTime, now),
          },
        ];
      }),
    ),
  };
}

const seconds = (instant: number | undefined) =>
  instant === undefined ? undefined : toEpochSeconds(instant);

const actionView = (
  action: TemplateAction,
  situation: Situation['actions'][string],
) => ({
  ...action,
  parameters: action.parameters ?? {},
  state: situation.state,
  startTime: seconds(situation.startTime),
  endTime: seconds(situation.endTime),
});

/** `Experiment` of the API reference. */
export function experimentView(experiment: Experiment, now: number) {
  const { definition } = experiment;
  const situation = situationAt(experiment, now);
  return {
    id: experiment.id,
    arn: arnOf(experiment, 'experiment', experiment.id),
    experimentTemplateId: experiment.templateId,
    roleArn: definition.roleArn,
    state: situation.state,
    targets: definition.targets,
    actions: Object.fromEntries(
      Object.entries(definition.actions).map(([name, action]) => [
        name,
        actionView(action, situation.actions[name]),
      ]),
    ),
    stopConditions: definition.stopConditions,
    creationTime: toEpochSeconds(experiment.createdAt),
    startTime: seconds(situation.startTime),
    endTime: seconds(situation.endTime),
    tags: experiment.tags,
    logConfiguration: definition.logConfiguration,
    experimentOptions: situation.options,
    targetAccountConfigurationsCount: 0,
    experimentReportConfiguration: definition.experimentReportConfiguration,
  };
}

/** `ExperimentSummary` of the API reference. */
export function experimentSummary(experiment: Experiment, now: number) {
  const { state, options } = situationAt(experiment, now);
  return {
    id: experiment.id,
    arn: arnOf(experiment, 'experiment', experiment.id),
    experimentTemplateId: experiment.templateId,
    state,
    creationTime: toEpochSeconds(experiment.createdAt),
    tags: experiment.tags,
    experimentOptions: options,
  };
}
