import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { lineSchema, textSchema } from '../validation';

/** A full entity reference, made lower case as the catalog compares them. */
export const entityRefSchema = lineSchema(500).transform((given, context) => {
  try {
    const { kind, namespace, name } = parseEntityRef(given, {
      defaultNamespace: 'default',
    });
    return stringifyEntityRef({ kind, namespace, name });
  } catch {
    context.addIssue({
      code: 'custom',
      message:
        'must be an entity reference, such as component:default/payments',
    });
    return z.NEVER;
  }
});

const titleSchema = lineSchema(300);
// Room for what is filed from the portal, with all that is added to it.
const descriptionSchema = textSchema(65_536);
const labelsSchema = z
  .array(lineSchema(100))
  .max(30, 'must not hold more than 30 labels')
  .transform(labels => [...new Set(labels)]);
const prioritySchema = lineSchema(50).nullable();
const assigneeSchema = lineSchema(300).nullable();

/** What a ticket is created from. */
export const newTicketSchema = z.strictObject({
  entityRef: entityRefSchema,
  title: titleSchema,
  description: descriptionSchema.default(''),
  labels: labelsSchema.default([]),
  priority: prioritySchema.default(null),
  assignee: assigneeSchema.default(null),
  improvement: z.boolean().default(true),
});

/** What can be changed of a ticket. */
export const ticketChangesSchema = z
  .strictObject({
    title: titleSchema,
    description: descriptionSchema,
    labels: labelsSchema,
    priority: prioritySchema,
    assignee: assigneeSchema,
  })
  .partial();

const pastInstantSchema = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 instant, such as 2026-07-01T08:00:00Z',
  })
  .transform(given => Date.parse(given));

/** A ticket that has a past. */
export const pastTicketSchema = newTicketSchema.extend({
  externalKey: lineSchema(200),
  createdAt: pastInstantSchema,
  startedAt: pastInstantSchema.nullable().default(null),
  closedAt: pastInstantSchema.nullable().default(null),
  reopenings: z
    .array(
      z.strictObject({
        closedAt: pastInstantSchema,
        reopenedAt: pastInstantSchema,
      }),
    )
    .max(20)
    .default([]),
});
