import {
  FilterPredicate,
  parseFilterPredicate,
} from '@backstage/filter-predicates';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { readinessRiskSchema } from '../api/readiness';
import { RECORD_TEXT_MAX as MAX } from '../api/text';
import { isoDuration } from '../policy/isoDuration';

/** Of templates and items: part of addresses, and what pipelines name. */
const idSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,99}$/,
    'expected lower case letters, digits and dashes, at most 100, such as alarms-have-owners',
  );

const lineSchema = (max: number) =>
  z.string().trim().min(1, 'expected some text').max(max);

const FILTER_EXPECTED =
  'expected a filter predicate over the entity, such as { spec.type: service }';

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

const itemSchema = z
  .strictObject({
    id: idSchema,
    question: lineSchema(MAX.line),
    guidance: z.string().trim().max(MAX.text).nullable().default(null),
    risk: readinessRiskSchema,
    blocking: z.boolean().optional(),
    evidence: z.enum(['required', 'optional', 'none']).default('optional'),
    automatic: z.boolean().default(false),
    appliesTo: filterSchema.nullable().default(null),
  })
  .transform(item => ({
    ...item,
    blocking: item.blocking ?? item.risk === 'high',
  }));

/**
 * The schema of a readiness template as a YAML file holds it, with what is left
 * out filled in.
 *
 * @public
 */
export const readinessTemplateFileSchema = z
  .strictObject({
    id: idSchema,
    version: z
      .union([z.string(), z.number().transform(String)], {
        error: 'expected a version, such as 1.0',
      })
      .pipe(lineSchema(100)),
    title: lineSchema(MAX.title),
    description: z.string().trim().max(MAX.text).nullable().default(null),
    validFor: isoDuration.nullable().default(null),
    signOff: z.boolean().default(false),
    sections: z
      .array(
        z.strictObject({
          title: lineSchema(MAX.title),
          items: z
            .array(itemSchema)
            .min(1, 'expected at least one item')
            .max(200),
        }),
      )
      .min(1, 'expected at least one section')
      .max(50),
  })
  .superRefine(({ sections }, context) => {
    const places = new Map<string, string>();
    sections.forEach(({ items }, section) =>
      items.forEach(({ id }, item) => {
        const first = places.get(id);
        if (first === undefined) {
          places.set(id, `sections[${section}].items[${item}]`);
          return;
        }
        context.addIssue({
          code: 'custom',
          path: ['sections', section, 'items', item, 'id'],
          message: `expected an id that no other item has; ${first} has it`,
        });
      }),
    );
  });

/**
 * A readiness template as code: what was read from its file.
 *
 * @public
 */
export type ReadinessTemplateFile = z.output<
  typeof readinessTemplateFileSchema
>;

/**
 * An item of a readiness template, with the filter over the entities that it
 * applies to; `null` applies to all.
 *
 * @public
 */
export type ReadinessTemplateFileItem =
  ReadinessTemplateFile['sections'][number]['items'][number];
