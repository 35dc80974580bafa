import { Knex } from 'knex';
import { z } from 'zod';
import { FisError } from '../api/FisError';
import { arnOf, Scope } from '../database';
import { ExperimentService } from '../experiments';
import { ALARM_STATES, setAlarm } from './AlarmStore';
import {
  findSafetyLever,
  lockScope,
  SafetyLever,
  setSafetyLever,
} from './SafetyLeverStore';

const LEVER_ID = 'default';

export const updateSafetyLeverStateSchema = z.object({
  state: z.object({
    status: z.enum(['disengaged', 'engaged']),
    reason: z.string(),
  }),
});

export const putAlarmSchema = z.object({
  alarmArn: z
    .string()
    .max(512)
    .regex(
      /^arn:aws[\w-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:\S.*$/,
      'must be the ARN of a CloudWatch alarm',
    ),
  state: z.enum(ALARM_STATES),
});

type PutAlarmRequest = z.infer<typeof putAlarmSchema>;

/** What keeps experiments from doing harm: the safety lever and alarms. */
export class SafetyService {
  private readonly db: Knex;
  private readonly experiments: ExperimentService;

  static create(options: {
    db: Knex;
    experiments: ExperimentService;
  }): SafetyService {
    return new SafetyService(options.db, options.experiments);
  }

  private constructor(db: Knex, experiments: ExperimentService) {
    this.db = db;
    this.experiments = experiments;
  }

  /** `SafetyLever` of the API reference. */
  async getSafetyLever(scope: Scope, id: string) {
    checkId(id);
    return await this.view(scope, await findSafetyLever(this.db, scope));
  }

  async updateSafetyLever(
    scope: Scope,
    id: string,
    { status, reason }: z.infer<typeof updateSafetyLeverStateSchema>['state'],
  ) {
    checkId(id);
    // Locked, so that no experiment starts between the look at what is under way
    // and the lever's new state.
    await this.db.transaction(async tx => {
      const lever = await lockScope(tx, scope);
      if (lever.status === status) {
        throw new FisError(
          'ConflictException',
          `The safety lever is already ${status}.`,
        );
      }
      await setSafetyLever(tx, scope, { status, reason });
      if (status === 'engaged') await this.experiments.stopAll(tx, scope);
    });
    return await this.view(scope, { status, reason });
  }

  /** Sets the state of an alarm; in ALARM it fires stop conditions. */
  async putAlarm(
    scope: Scope,
    alarm: PutAlarmRequest,
  ): Promise<PutAlarmRequest> {
    // Locked, so that no experiment starts between the look at what is under way
    // and the alarm's new state.
    await this.db.transaction(async tx => {
      await lockScope(tx, scope);
      await setAlarm(tx, { arn: alarm.alarmArn, state: alarm.state });
      if (alarm.state === 'ALARM') {
        await this.experiments.stopByAlarm(tx, scope, alarm.alarmArn);
      }
    });
    return alarm;
  }

  private async view(scope: Scope, lever: SafetyLever) {
    const stopping =
      lever.status === 'engaged' &&
      (await this.experiments.active(scope)).length > 0;
    return {
      id: LEVER_ID,
      arn: arnOf(scope, 'safety-lever', LEVER_ID),
      state: {
        status: stopping ? 'engaging' : lever.status,
        reason: lever.reason ?? undefined,
      },
    };
  }
}

function checkId(id: string): void {
  if (id !== LEVER_ID) {
    throw new FisError(
      'ResourceNotFoundException',
      `Safety lever does not exist: ${id}`,
    );
  }
}
