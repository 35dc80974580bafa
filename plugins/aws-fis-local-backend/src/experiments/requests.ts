import { z } from 'zod';
import { clientTokenSchema, tagsSchema, templateIdSchema } from '../templates';

export const startExperimentSchema = z.object({
  clientToken: clientTokenSchema,
  experimentTemplateId: templateIdSchema,
  experimentOptions: z
    .object({ actionsMode: z.enum(['skip-all', 'run-all']).optional() })
    .optional(),
  tags: tagsSchema.optional(),
});

export type StartExperimentRequest = z.infer<typeof startExperimentSchema>;
