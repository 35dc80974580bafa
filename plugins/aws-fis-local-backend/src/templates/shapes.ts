import { z } from 'zod';

/**
 * The shapes that experiment templates and experiments share, with the limits of
 * the API reference (2020-12-01).
 */

const word = (max: number) =>
  z.string().min(1).max(max).regex(/^\S+$/, 'must not contain white space');

export const clientTokenSchema = word(1024);
export const templateIdSchema = word(64);
export const experimentIdSchema = word(64);

export const tagsSchema = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine(tags => Object.keys(tags).length <= 50, 'must have at most 50 tags')
  .refine(
    tags =>
      !Object.keys(tags).some(key => key.toLowerCase().startsWith('aws:')),
    'must not have keys that start with aws:',
  );

const arn = word(2048).min(20);

export const targetSchema = z.object({
  resourceType: word(128),
  resourceArns: z.array(arn).max(5).optional(),
  resourceTags: tagsSchema.optional(),
  filters: z
    .array(z.object({ path: word(256), values: z.array(word(128)) }))
    .optional(),
  selectionMode: z
    .string()
    .regex(
      /^(ALL|COUNT\([1-9]\d*\)|PERCENT\(([1-9]\d?|100)\))$/,
      'must be ALL, COUNT(n) or PERCENT(n)',
    ),
  parameters: z.record(word(64), z.string().min(1).max(1024)).optional(),
});

export const actionSchema = z.object({
  actionId: word(128).regex(
    /^aws:[\w-]+:[\w/-]+$/,
    'must have the form aws:service-name:action-type',
  ),
  description: z.string().max(512).optional(),
  parameters: z.record(word(64), word(1024)).optional(),
  targets: z.record(word(64), word(64)).optional(),
  startAfter: z.array(word(64)).optional(),
});

export const stopConditionSchema = z
  .object({
    source: z.enum(['none', 'aws:cloudwatch:alarm']),
    value: z.string().min(20).max(2048).optional(),
  })
  .refine(
    ({ source, value }) => source === 'none' || value !== undefined,
    'must have the ARN of the alarm as its value',
  );

export const logConfigurationSchema = z.object({
  cloudWatchLogsConfiguration: z.object({ logGroupArn: arn }).optional(),
  s3Configuration: z
    .object({
      bucketName: word(63).min(3),
      prefix: z.string().min(1).max(1024).optional(),
    })
    .optional(),
  logSchemaVersion: z.number().int(),
});

const reportConfigurationSchema = z.object({
  outputs: z
    .object({
      s3Configuration: z
        .object({
          bucketName: word(63).min(3).optional(),
          prefix: z.string().min(1).max(256).optional(),
        })
        .optional(),
    })
    .optional(),
  dataSources: z
    .object({
      cloudWatchDashboards: z
        .array(z.object({ dashboardIdentifier: z.string().min(1).max(512) }))
        .optional(),
    })
    .optional(),
  preExperimentDuration: word(32).optional(),
  postExperimentDuration: word(32).optional(),
});

const emptyTargetResolutionMode = z.enum(['fail', 'skip']);

export const templateOptionsSchema = z.object({
  accountTargeting: z.enum(['single-account', 'multi-account']).optional(),
  emptyTargetResolutionMode: emptyTargetResolutionMode.optional(),
});

/** What a template says, apart from its tags. */
const definitionSchema = z.object({
  description: z.string().min(1).max(512),
  stopConditions: z.array(stopConditionSchema),
  targets: z.record(word(64), targetSchema).optional(),
  actions: z.record(word(64), actionSchema),
  roleArn: arn,
  logConfiguration: logConfigurationSchema.optional(),
  experimentOptions: templateOptionsSchema.optional(),
  experimentReportConfiguration: reportConfigurationSchema.optional(),
});

export const createTemplateSchema = definitionSchema.extend({
  clientToken: clientTokenSchema,
  tags: tagsSchema.optional(),
});

export const updateTemplateSchema = definitionSchema.partial().extend({
  logConfiguration: logConfigurationSchema.partial().optional(),
  experimentOptions: z.object({ emptyTargetResolutionMode }).optional(),
});

export type Tags = z.infer<typeof tagsSchema>;
export type Target = z.infer<typeof targetSchema>;
export type TemplateAction = z.infer<typeof actionSchema>;
export type StopCondition = z.infer<typeof stopConditionSchema>;
export type TemplateDefinition = z.infer<typeof definitionSchema>;
export type CreateTemplateRequest = z.infer<typeof createTemplateSchema>;
export type UpdateTemplateRequest = z.infer<typeof updateTemplateSchema>;
