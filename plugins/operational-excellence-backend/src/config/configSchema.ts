import { InputError } from '@backstage/errors';
import {
  FilterPredicate,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import {
  defaultPolicy,
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { durationMs } from './durationMs';
import { flag, notificationsSchema } from './notificationsSchema';

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

const FILTER_EXPECTED =
  'expected a filter predicate, such as { kind: Component }, with the operators $all, $any, $not, $in, $exists, $contains and $hasPrefix';

const filterSchema = z
  .record(z.string(), z.unknown(), { error: FILTER_EXPECTED })
  .refine(isFilter, FILTER_EXPECTED)
  .transform(value => value as FilterPredicate);

function isFilter(value: unknown) {
  try {
    parseFilterPredicate(value);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const policiesSchema = z
  .array(policySchema)
  .min(1, 'expected at least one policy, or no such key for the default one')
  .superRefine((policies, context) => {
    policies.forEach(({ id, match }, index) => {
      if (match && !isFilter(match)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'match'],
          message: FILTER_EXPECTED,
        });
      }
      const first = policies.findIndex(policy => policy.id === id);
      if (first < index) {
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: `expected an id that no other policy has; policies[${first}] has it`,
        });
      }
    });
    const catchAll = policies.findIndex(matchesAll);
    if (catchAll >= 0 && catchAll < policies.length - 1) {
      context.addIssue({
        code: 'custom',
        path: [catchAll + 1],
        message: `expected a policy that can apply; the first match wins, and policies[${catchAll}] matches every service, so move that one to the end`,
      });
    }
  });

function matchesAll({ match }: Policy) {
  return !match || Object.keys(match).length === 0;
}

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
  notifications: notificationsSchema,
  /** Of the modules, which read and check their own keys. */
  sources: z.unknown().optional(),
});
