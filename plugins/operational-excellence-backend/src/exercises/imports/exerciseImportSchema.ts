import {
  exerciseKindSchema,
  exerciseOutcomeSchema,
  RECORD_TEXT_MAX as MAX,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);

const instant = z.iso.datetime({
  offset: true,
  error: 'expected an ISO 8601 instant, such as 2026-07-01T08:00:00Z',
});

const SERVICES_EXPECTED =
  'expected one to 50 references of services, separated by semicolons, such as component:default/payments;component:default/search';

const services = z
  .union([z.string(), z.array(z.string())], { error: SERVICES_EXPECTED })
  .refine(given => {
    const count = referencesOf(given).length;
    return count >= 1 && count <= 50;
  }, SERVICES_EXPECTED);

/** One exercise of the past, as files name its fields. */
export const exerciseImportSchema = z.strictObject({
  externalId: text(MAX.name).describe(
    'What the file calls it by; the same one is the same exercise, however often it is imported',
  ),
  kind: exerciseKindSchema,
  title: text(MAX.title),
  services: services.describe(
    'References of services; in one text, separated by semicolons',
  ),
  start: instant.describe('When it began'),
  end: instant.describe('When it ended'),
  outcome: exerciseOutcomeSchema.optional().describe('completed if left out'),
  facilitator: text(MAX.name).optional(),
  hypothesis: text(MAX.line).optional(),
  surprises: text(MAX.text).optional().describe('Markdown'),
});

export type ExerciseImportEntry = z.output<typeof exerciseImportSchema>;

/** The references of services, as they are given. */
export function referencesOf(given: string | string[]): string[] {
  const refs = [given].flat().flatMap(part => part.split(';'));
  return [...new Set(refs.map(ref => ref.trim()).filter(Boolean))];
}
