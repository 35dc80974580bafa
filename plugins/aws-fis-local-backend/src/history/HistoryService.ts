import { Knex } from 'knex';
import { z } from 'zod';
import { FisError } from '../api/FisError';
import { Scope } from '../database';
import { Experiment, ExperimentStore, FINAL_STATES } from '../experiments';
import { lockScope } from '../safety';
import {
  actionSchema,
  experimentIdSchema,
  logConfigurationSchema,
  stopConditionSchema,
  tagsSchema,
  targetSchema,
  templateIdSchema,
} from '../templates';

const epochSecondsSchema = z
  .number()
  .positive()
  .max(8.64e12)
  .transform(seconds => Math.round(seconds * 1000));

const pastExperimentSchema = z
  .object({
    id: experimentIdSchema,
    experimentTemplateId: templateIdSchema,
    roleArn: z.string().min(20).max(2048).optional(),
    state: z.object({
      status: z.enum(FINAL_STATES),
      reason: z.string().max(512).default(''),
      error: z
        .object({
          accountId: z.string().optional(),
          code: z.string().optional(),
          location: z.string().optional(),
        })
        .optional(),
    }),
    targets: z.record(z.string(), targetSchema).default({}),
    actions: z
      .record(
        z.string(),
        actionSchema.extend({
          state: z.object({
            status: z.string(),
            reason: z.string().optional(),
          }),
          startTime: epochSecondsSchema.optional(),
          endTime: epochSecondsSchema.optional(),
        }),
      )
      .default({}),
    stopConditions: z.array(stopConditionSchema).default([]),
    logConfiguration: logConfigurationSchema.optional(),
    creationTime: epochSecondsSchema,
    startTime: epochSecondsSchema.optional(),
    endTime: epochSecondsSchema.optional(),
    tags: tagsSchema.default({}),
    experimentOptions: z.record(z.string(), z.string()).default({}),
  })
  .refine(
    ({ creationTime, startTime, endTime }) =>
      (startTime ?? creationTime) >= creationTime &&
      (endTime ?? Infinity) >= (startTime ?? creationTime),
    'must be created before it starts, and start before it ends',
  );

export const importHistorySchema = z.object({
  experiments: z.array(pastExperimentSchema).min(1).max(1000),
  /** Keeps them for ever, however long ago they ended. */
  retain: z.boolean().default(false),
});

type ImportHistoryRequest = z.output<typeof importHistorySchema>;
type PastExperiment = ImportHistoryRequest['experiments'][number];

/**
 * Takes experiments of the past, in the form in which `GetExperiment` answers.
 * No part of the FIS API.
 */
export class HistoryService {
  private readonly db: Knex;
  private readonly experiments: ExperimentStore;
  private readonly now: () => number;

  static create(options: {
    db: Knex;
    experiments: ExperimentStore;
    now: () => number;
  }): HistoryService {
    return new HistoryService(options.db, options.experiments, options.now);
  }

  private constructor(
    db: Knex,
    experiments: ExperimentStore,
    now: () => number,
  ) {
    this.db = db;
    this.experiments = experiments;
    this.now = now;
  }

  /** Adds all of them or none; those that were imported before are replaced. */
  async import(
    scope: Scope,
    request: ImportHistoryRequest,
  ): Promise<{ imported: number }> {
    // Locked, so that two imports of one id do not meet.
    await this.db.transaction(async tx => {
      await lockScope(tx, scope);
      for (const past of request.experiments) {
        await this.importOne(tx, scope, past, request.retain);
      }
    });
    return { imported: request.experiments.length };
  }

  private async importOne(
    tx: Knex.Transaction,
    scope: Scope,
    past: PastExperiment,
    retained: boolean,
  ): Promise<void> {
    const experiment = toExperiment(scope, past, retained);
    if (experiment.endsAt > this.now()) {
      throw new FisError(
        'ValidationException',
        `Experiment ${past.id} has not ended yet.`,
      );
    }
    const known = await this.experiments.findAnywhere(tx, past.id);
    const replaceable =
      !known ||
      (known.course.kind === 'recorded' &&
        known.accountId === scope.accountId &&
        known.region === scope.region);
    if (!replaceable) {
      throw new FisError(
        'ConflictException',
        `Experiment ${past.id} exists and was not imported into this account and Region.`,
      );
    }
    await this.experiments.put(tx, experiment);
  }
}

function toExperiment(
  scope: Scope,
  past: PastExperiment,
  retained: boolean,
): Experiment {
  const { creationTime, startTime, endTime } = past;
  return {
    ...scope,
    id: past.id,
    templateId: past.experimentTemplateId,
    clientToken: null,
    requestHash: null,
    createdAt: creationTime,
    endsAt: endTime ?? startTime ?? creationTime,
    retained,
    definition: {
      roleArn: past.roleArn,
      targets: past.targets,
      actions: Object.fromEntries(
        Object.entries(past.actions).map(
          ([
            name,
            { state: _state, startTime: _start, endTime: _end, ...action },
          ]) => [name, action],
        ),
      ),
      stopConditions: past.stopConditions,
      logConfiguration: past.logConfiguration,
    },
    course: {
      kind: 'recorded',
      state: past.state,
      startTime,
      endTime,
      options: past.experimentOptions,
      actions: Object.fromEntries(
        Object.entries(past.actions).map(([name, action]) => [
          name,
          {
            state: action.state,
            startTime: action.startTime,
            endTime: action.endTime,
          },
        ]),
      ),
    },
    tags: past.tags,
  };
}
