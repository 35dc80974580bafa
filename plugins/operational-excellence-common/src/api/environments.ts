import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import { RECORD_TEXT_MAX as MAX, requiredText, webAddressSchema } from './text';

/** @public */
export const environmentKindSchema = z.enum([
  'production',
  'production-like',
  'temporary',
]);

/**
 * Where an environment stands at an instant; `expired` was to be removed, and is
 * not.
 *
 * @public
 */
export const environmentStageSchema = z.enum(['active', 'expired', 'removed']);

/**
 * What pipelines call an environment by, such as `payments-pr-42`.
 *
 * @public
 */
export const environmentNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/,
    'expected up to 200 letters, digits, dots, dashes and underscores, the first of them a letter or digit',
  );

/**
 * The body of `PUT /environments/{name}`: a pipeline, or a person, reports an
 * environment, as often as it likes.
 *
 * @public
 */
export const environmentReportSchema = z
  .strictObject({
    kind: environmentKindSchema,
    title: requiredText(MAX.title),
    ownerRef: requiredText(MAX.name).describe('An entity reference'),
    entityRefs: z
      .array(requiredText(MAX.name))
      .max(200)
      .default([])
      .describe('The services that run in it'),
    url: webAddressSchema.nullable().default(null),
    createdAt: isoInstantSchema
      .optional()
      .describe('When it was created; now if left out'),
    expiresAt: isoInstantSchema.nullable().default(null),
  })
  .refine(({ kind, expiresAt }) => kind !== 'temporary' || expiresAt !== null, {
    path: ['expiresAt'],
    message: 'expected when a temporary environment is to be removed',
  });

/**
 * The body of `POST /environments/{name}/removal`.
 *
 * @public
 */
export const environmentRemovalSchema = z
  .strictObject({
    removedAt: isoInstantSchema
      .optional()
      .describe('When it was removed; now if left out'),
  })
  .default({});

/**
 * Where exercises are held and improvements are tried.
 *
 * @public
 */
export const environmentSchema = z.object({
  id: z.string(),
  name: z.string().describe('Unique; what pipelines call it by'),
  version: z.number().int(),
  kind: environmentKindSchema,
  title: z.string(),
  ownerRef: z.string(),
  services: z.array(z.object({ entityRef: z.string(), title: z.string() })),
  url: z.string().nullable(),
  createdAt: isoInstantSchema,
  expiresAt: isoInstantSchema.nullable(),
  removedAt: isoInstantSchema.nullable(),
  stage: environmentStageSchema,
  reportedBy: z.string(),
  exerciseCount: z.number().int(),
  improvementCount: z.number().int(),
});

/**
 * The parameters of `GET /environments`.
 *
 * @public
 */
export const environmentQuerySchema = pageQuerySchema.extend({
  kind: several(environmentKindSchema).describe('What they are'),
  stage: several(environmentStageSchema).describe('Where they stand'),
  owner: several(z.string().min(1)).describe('Entity references of owners'),
  entityRef: several(z.string().min(1)).describe('Services that run in it'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the name or the title contains'),
});

/** @public */
export const environmentPageSchema = pageSchema(environmentSchema);

/**
 * The body of `PUT /improvements/{id}/environment`: where it is tried.
 *
 * @public
 */
export const environmentChoiceSchema = z.strictObject({
  environmentId: z.string().max(100).nullable(),
});

/** @public */
export type EnvironmentKind = z.infer<typeof environmentKindSchema>;
/** @public */
export type EnvironmentStage = z.infer<typeof environmentStageSchema>;
/** @public */
export type EnvironmentReport = z.output<typeof environmentReportSchema>;
/** @public */
export type EnvironmentReportInput = z.input<typeof environmentReportSchema>;
/** @public */
export type EnvironmentRemoval = z.output<typeof environmentRemovalSchema>;
/** @public */
export type EnvironmentItem = z.infer<typeof environmentSchema>;
/** @public */
export type EnvironmentQuery = z.output<typeof environmentQuerySchema>;
