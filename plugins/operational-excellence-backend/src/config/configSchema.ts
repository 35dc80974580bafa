import { FilterPredicate } from '@backstage/filter-predicates';
import { defaultPolicy } from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { durationMs } from './durationMs';
import { flag, notificationsSchema } from './notificationsSchema';
import { FILTER_EXPECTED, isFilter, policiesSchema } from './policiesSchema';

/** A number, or the text of one, as environment variables give it. */
const count = (byDefault: number, max: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], {
      error: `expected a whole number from 1 to ${max}`,
    })
    .refine(
      value => Number.isInteger(value) && value >= 1 && value <= max,
      `expected a whole number from 1 to ${max}`,
    )
    .default(byDefault);

const filterSchema = z
  .record(z.string(), z.unknown(), { error: FILTER_EXPECTED })
  .refine(isFilter, FILTER_EXPECTED)
  .transform(value => value as FilterPredicate);

const TEMPLATE_SOURCE_EXPECTED =
  'expected { file: ./path } or { url: https://… }, one of them';

const templateSourceSchema = z.union(
  [
    z.strictObject({ file: z.string().min(1), url: z.undefined().optional() }),
    z.strictObject({
      url: z.string().refine(isWebAddress, 'expected an http or https address'),
      file: z.undefined().optional(),
    }),
  ],
  { error: TEMPLATE_SOURCE_EXPECTED },
);

function isWebAddress(text: string) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The schema of `operationalExcellence`, as config.d.ts describes it. */
export const configSchema = z.strictObject({
  services: z
    .strictObject({
      filter: filterSchema.prefault({ kind: 'Component' }),
      refreshEvery: durationMs('PT1M'),
    })
    .prefault({}),
  tierLabel: z.string().min(1, 'expected the key of a label').optional(),
  policies: policiesSchema.default([defaultPolicy]),
  readiness: z
    .strictObject({
      builtInTemplates: z.boolean().default(true),
      templates: z.array(templateSourceSchema).default([]),
      refreshEvery: durationMs('PT1H'),
    })
    .prefault({}),
  visibility: z
    .strictObject({
      decisionsFor: durationMs('PT5S'),
      servicesFor: durationMs('PT30S'),
    })
    .prefault({}),
  history: z.strictObject({ keepDays: count(1096, 36_500) }).prefault({}),
  calendar: z.strictObject({ feeds: flag(true) }).prefault({}),
  sync: z
    .strictObject({
      concurrency: count(4, 100),
      tickEvery: durationMs('PT5S'),
      tolerance: durationMs('PT6H'),
    })
    .prefault({}),
  readReplica: z
    .strictObject({
      host: z.string().min(1, 'expected the name of a host'),
      port: count(5432, 65_535),
      user: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
      maxLag: durationMs('PT5S'),
    })
    .optional(),
  notifications: notificationsSchema,
  /** Of the modules, which read and check their own keys. */
  sources: z.unknown().optional(),
});
