import { Knex } from 'knex';

export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

interface AlarmRow {
  arn: string;
  state: AlarmState;
}

/** Remembers the state of an alarm that stop conditions may name. */
export async function setAlarm(tx: Knex, alarm: AlarmRow): Promise<void> {
  await tx<AlarmRow>('alarms').insert(alarm).onConflict('arn').merge();
}

/** Whether one of the alarms is in the state ALARM. */
export async function anyInAlarm(db: Knex, arns: string[]): Promise<boolean> {
  if (arns.length === 0) return false;
  const row = await db<AlarmRow>('alarms')
    .whereIn('arn', arns)
    .where({ state: 'ALARM' })
    .first();
  return row !== undefined;
}
