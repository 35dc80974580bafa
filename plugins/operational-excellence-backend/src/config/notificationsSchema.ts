import { IANAZone, WeekdayNumbers } from 'luxon';
import { z } from 'zod';
import { durationMs } from './durationMs';

const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** Whether something is so, or the text of that, as environment variables give it. */
export const flag = (byDefault: boolean) =>
  z
    .union([z.boolean(), z.stringbool()], { error: 'expected true or false' })
    .default(byDefault);

const hourSchema = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], {
    error: 'expected a whole number from 0 to 23',
  })
  .refine(
    hour => Number.isInteger(hour) && hour >= 0 && hour <= 23,
    'expected a whole number from 0 to 23',
  )
  .default(8);

/** The schema of `operationalExcellence.notifications`. */
export const notificationsSchema = z
  .strictObject({
    enabled: flag(true),
    kinds: z
      .strictObject({
        dueSoon: flag(true),
        overdue: flag(true),
        failing: flag(true),
        missedGameDay: flag(true),
        retestDue: flag(true),
        evaluationDue: flag(true),
        waiverEnding: flag(true),
        initiativeDue: flag(true),
      })
      .prefault({}),
    digest: z
      .strictObject({
        enabled: flag(true),
        weekday: z
          .enum(WEEKDAYS)
          .default('monday')
          .transform(day => (WEEKDAYS.indexOf(day) + 1) as WeekdayNumbers),
        hour: hourSchema,
        timeZone: z
          .string()
          .refine(
            zone => IANAZone.isValidZone(zone),
            'expected the name of a time zone, such as Europe/Berlin',
          )
          .default('UTC'),
      })
      .prefault({}),
    waiverWarnBefore: durationMs('P14D'),
  })
  .prefault({});

/** Who is told what, and when. Durations are milliseconds. */
export type NotificationsConfig = z.output<typeof notificationsSchema>;
