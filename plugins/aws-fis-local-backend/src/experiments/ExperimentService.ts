import { Knex } from 'knex';
import { actionDuration } from '../actions';
import { FisError } from '../api/FisError';
import { newId, page, PageRequest, Scope } from '../database';
import { requestHash } from '../idempotency';
import { anyInAlarm, lockScope } from '../safety';
import {
  StopCondition,
  Template,
  templateNotFound,
  TemplateStore,
} from '../templates';
import { SimulatedCourse } from './course';
import { Experiment, ExperimentStore } from './ExperimentStore';
import { StartExperimentRequest } from './requests';
import { StopCause } from './states';
import { emptyTargetOf, failingActionOf } from './targets';
import { timelineOf } from './timelineOf';

interface ExperimentServiceOptions {
  db: Knex;
  templates: TemplateStore;
  experiments: ExperimentStore;
  /** How many experiments may be under way in an account and Region. */
  quota: number;
  /** How many times faster than in AWS new experiments run. */
  timeScale: number;
  now: () => number;
}

export const experimentNotFound = (id: string) =>
  new FisError('ResourceNotFoundException', `Experiment does not exist: ${id}`);

const alarmsOf = (stopConditions: StopCondition[]): string[] =>
  stopConditions.flatMap(({ source, value }) =>
    source === 'aws:cloudwatch:alarm' && value !== undefined ? [value] : [],
  );

/** What the API does with experiments. */
export class ExperimentService {
  private readonly options: ExperimentServiceOptions;

  static create(options: ExperimentServiceOptions): ExperimentService {
    return new ExperimentService(options);
  }

  private constructor(options: ExperimentServiceOptions) {
    this.options = options;
  }

  async startExperiment(
    scope: Scope,
    request: StartExperimentRequest,
  ): Promise<Experiment> {
    const { db, templates, experiments, quota } = this.options;
    const { clientToken, experimentTemplateId } = request;
    const hash = requestHash(request);
    // Locked, so that two requests with one token start one experiment, two with
    // different ones do not both take the last place of the quota, and none slips
    // past a safety lever or an alarm that is set at the same time.
    return await db.transaction(async tx => {
      const lever = await lockScope(tx, scope);
      const earlier = await experiments.find(tx, scope, { clientToken });
      if (earlier) {
        if (earlier.requestHash === hash) return earlier;
        throw new FisError(
          'ConflictException',
          'The clientToken was used for a different request.',
        );
      }
      const template = await templates.find(tx, scope, {
        id: experimentTemplateId,
      });
      if (!template) throw templateNotFound(experimentTemplateId);
      await experiments.forget(tx, scope);
      if ((await experiments.active(tx, scope)).length >= quota) {
        throw new FisError(
          'ServiceQuotaExceededException',
          `You have reached the maximum number of active experiments: ${quota}`,
        );
      }
      const experiment = this.newExperiment(template, request, hash, {
        refused: lever.status === 'engaged',
        inAlarm: await anyInAlarm(
          tx,
          alarmsOf(template.definition.stopConditions),
        ),
      });
      await experiments.put(tx, experiment);
      return experiment;
    });
  }

  async getExperiment(
    scope: Scope,
    id: string,
    db: Knex = this.options.db,
  ): Promise<Experiment> {
    const experiment = await this.options.experiments.find(db, scope, { id });
    if (!experiment) throw experimentNotFound(id);
    return experiment;
  }

  async listExperiments(
    scope: Scope,
    request: PageRequest & { experimentTemplateId?: string },
  ) {
    const { db, experiments } = this.options;
    const { experimentTemplateId: templateId } = request;
    return await page<Experiment>(
      ['experiments', scope.accountId, scope.region, templateId].join(' '),
      request,
      (id, limit) => experiments.after(db, scope, { id, limit, templateId }),
    );
  }

  async stopExperiment(scope: Scope, id: string): Promise<Experiment> {
    const { db, now } = this.options;
    // Locked, so that of several causes the first one is kept.
    return await db.transaction(async tx => {
      await lockScope(tx, scope);
      const experiment = await this.getExperiment(scope, id, tx);
      if (experiment.endsAt <= now()) {
        throw new FisError(
          'ValidationException',
          `Experiment ${id} has already ended.`,
        );
      }
      return await this.stop(tx, experiment, 'request');
    });
  }

  /** Stops what is under way; the caller has locked the account and Region. */
  async stopAll(tx: Knex.Transaction, scope: Scope): Promise<void> {
    for (const experiment of await this.active(scope, tx)) {
      await this.stop(tx, experiment, 'safety-lever');
    }
  }

  /**
   * Stops what has the alarm for a stop condition; the caller has locked the
   * account and Region.
   */
  async stopByAlarm(
    tx: Knex.Transaction,
    scope: Scope,
    alarmArn: string,
  ): Promise<void> {
    for (const experiment of await this.active(scope, tx)) {
      if (alarmsOf(experiment.definition.stopConditions).includes(alarmArn)) {
        await this.stop(tx, experiment, 'stop-condition');
      }
    }
  }

  async active(
    scope: Scope,
    db: Knex = this.options.db,
  ): Promise<Experiment[]> {
    return await this.options.experiments.active(db, scope);
  }

  private async stop(
    tx: Knex.Transaction,
    experiment: Experiment,
    cause: StopCause,
  ): Promise<Experiment> {
    const { course } = experiment;
    if (course.kind !== 'simulated' || course.stop || course.refused) {
      return experiment;
    }
    const stopped = withCourse(experiment, {
      ...course,
      stop: { at: this.options.now(), cause },
    });
    await this.options.experiments.put(tx, stopped);
    return stopped;
  }

  private newExperiment(
    template: Template,
    request: StartExperimentRequest,
    hash: string,
    circumstances: { refused: boolean; inAlarm: boolean },
  ): Experiment {
    const { definition } = template;
    const { targets = {}, actions, experimentOptions } = definition;
    const now = this.options.now();
    const tags = request.tags ?? {};
    const course: SimulatedCourse = {
      kind: 'simulated',
      timeScale: this.options.timeScale,
      actionsMode: request.experimentOptions?.actionsMode ?? 'run-all',
      emptyTargetResolutionMode:
        experimentOptions?.emptyTargetResolutionMode ?? 'fail',
      accountTargeting: experimentOptions?.accountTargeting ?? 'single-account',
      actions: Object.fromEntries(
        Object.entries(actions).map(([name, action]) => [
          name,
          {
            durationMs: actionDuration(action) ?? 0,
            startAfter: action.startAfter ?? [],
            emptyTarget: emptyTargetOf(action, targets),
          },
        ]),
      ),
      failingAction: failingActionOf(tags, actions),
      refused: circumstances.refused || undefined,
      stop: circumstances.inAlarm
        ? { at: now, cause: 'stop-condition' }
        : undefined,
    };
    return withCourse(
      {
        accountId: template.accountId,
        region: template.region,
        id: newId('EXP'),
        templateId: template.id,
        clientToken: request.clientToken,
        requestHash: hash,
        createdAt: now,
        retained: false,
        definition: {
          roleArn: definition.roleArn,
          targets,
          actions,
          stopConditions: definition.stopConditions,
          logConfiguration: definition.logConfiguration,
          experimentReportConfiguration:
            definition.experimentReportConfiguration,
        },
        tags,
      },
      course,
    );
  }
}

function withCourse(
  experiment: Omit<Experiment, 'course' | 'endsAt'>,
  course: SimulatedCourse,
): Experiment {
  const { endTime } = timelineOf(course, experiment.createdAt);
  return { ...experiment, course, endsAt: endTime };
}
