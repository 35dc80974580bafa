import { z } from 'zod';

const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'expected a date and time');

const named = z.object({ id: z.number().int(), name: z.string() });

/** What we read of an issue, as Redmine writes it. */
export const redmineIssueSchema = z.object({
  id: z.number().int().positive(),
  project: named,
  tracker: named,
  // Redmine before 5.0 does not tell is_closed here.
  status: named.extend({ is_closed: z.boolean().optional() }),
  priority: named.nullish(),
  author: named.nullish(),
  assigned_to: named.nullish(),
  category: named.nullish(),
  subject: z.string(),
  description: z.string().nullish(),
  custom_fields: z.array(named.extend({ value: z.unknown() })).optional(),
  created_on: instant,
  updated_on: instant,
  closed_on: instant.nullish(),
});

/** An issue as Redmine writes it. */
export type RedmineIssue = z.infer<typeof redmineIssueSchema>;

const page = {
  total_count: z.number().int().nonnegative(),
  limit: z.number().int().positive(),
};

export const issuesSchema = z.object({
  issues: z.array(redmineIssueSchema),
  ...page,
});

export const issueSchema = z.object({ issue: redmineIssueSchema });

const project = z.object({
  id: z.number().int(),
  identifier: z.string(),
  name: z.string(),
});

/** A project as Redmine writes it. */
export type RedmineProject = z.infer<typeof project>;

export const projectsSchema = z.object({ projects: z.array(project), ...page });

export const projectSchema = z.object({ project });

export const currentUserSchema = z.object({
  user: z.object({ id: z.number().int(), login: z.string().optional() }),
});

export const trackersSchema = z.object({ trackers: z.array(named) });

export const statusesSchema = z.object({
  issue_statuses: z.array(named.extend({ is_closed: z.boolean().optional() })),
});

export const prioritiesSchema = z.object({ issue_priorities: z.array(named) });

/** Something that Redmine keeps by number and name. */
export type Named = z.infer<typeof named>;
