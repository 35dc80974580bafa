import { z } from 'zod';

/** `2024-05-06T07:08:09.010+0000`, as epoch milliseconds. */
const instant = z.string().transform((text, context) => {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected a date and time' });
  return z.NEVER;
});

/** Bulk answers also write epoch milliseconds, or seconds. */
const anyInstant = z.union([
  instant,
  z.number().transform(at => (at < 100_000_000_000 ? at * 1000 : at)),
]);

const named = z.object({ name: z.string() });

const historySchema = z.object({
  created: anyInstant,
  items: z.array(
    z.object({
      field: z.string(),
      fieldId: z.string().nullish(),
      from: z.string().nullish(),
      to: z.string().nullish(),
    }),
  ),
});

/** A change of an issue, as Jira writes it. */
export type JiraHistory = z.infer<typeof historySchema>;

const status = z.object({
  id: z.string(),
  name: z.string(),
  statusCategory: z.object({ key: z.string() }),
});

/** What we read of an issue. */
export const issueSchema = z.object({
  id: z.string().regex(/^\d+$/),
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*-\d+$/),
  fields: z.object({
    summary: z.string().nullish(),
    project: z.object({ key: z.string() }),
    status,
    issuetype: named,
    labels: z.array(z.string()).nullish(),
    components: z.array(named).nullish(),
    priority: named.nullish(),
    assignee: z.object({ displayName: z.string().nullish() }).nullish(),
    created: instant,
    updated: instant,
    resolutiondate: instant.nullish(),
    statuscategorychangedate: instant.nullish(),
  }),
  changelog: z.object({ histories: z.array(historySchema) }).optional(),
});

/** An issue as Jira writes it. */
export type JiraIssue = z.infer<typeof issueSchema>;

/** The fields that {@link issueSchema} reads. */
export const ISSUE_FIELDS = Object.keys(issueSchema.shape.fields.shape);

export const idSchema = z.object({ id: z.string().regex(/^\d+$/) });

export const createdSchema = z.object({
  id: z.string().regex(/^\d+$/),
  key: z.string(),
});

/** An issue of which only the labels are wanted. */
export const labelledSchema = createdSchema.extend({
  fields: z.object({ labels: z.array(z.string()).nullish() }),
});

export const myselfSchema = z.object({ displayName: z.string().nullish() });

export const projectSchema = z.object({ key: z.string(), name: z.string() });

/** A project as Jira writes it. */
export type JiraProject = z.infer<typeof projectSchema>;

export const projectPageSchema = z.object({
  isLast: z.boolean(),
  values: z.array(projectSchema),
});

export const statusesSchema = z.array(status);

/** A status as Jira writes it. */
export type JiraStatus = z.infer<typeof status>;

export const componentsSchema = z.array(
  z.object({ id: z.string(), name: z.string() }),
);

/** A page of a search on Cloud. */
export function tokenPageSchema<T extends z.ZodType>(issue: T) {
  return z.object({
    issues: z.array(issue),
    nextPageToken: z.string().nullish(),
  });
}

/** A page of a search on Data Center. */
export function offsetPageSchema<T extends z.ZodType>(issue: T) {
  return z.object({
    issues: z.array(issue),
    startAt: z.number().int(),
    total: z.number().int(),
  });
}

export function bulkIssuesSchema<T extends z.ZodType>(issue: T) {
  return z.object({
    issues: z.array(issue),
    issueErrors: z
      .array(z.object({ id: z.string().nullish() }).loose())
      .nullish(),
  });
}

export const bulkHistoriesSchema = z.object({
  issueChangeLogs: z
    .array(
      z.object({
        issueId: z.string(),
        changeHistories: z.array(historySchema).nullish(),
      }),
    )
    .nullish(),
  nextPageToken: z.string().nullish(),
});
