import { z } from 'zod';

const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'expected a date and time');

/** What we read of an issue, as GitLab writes it. */
export const gitlabIssueSchema = z.object({
  id: z.number().int(),
  iid: z.number().int(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.enum(['opened', 'closed']),
  web_url: z.string(),
  created_at: instant,
  updated_at: instant,
  closed_at: instant.nullish(),
  labels: z.array(z.string()),
  issue_type: z.string().nullish(),
  author: z.object({ id: z.number().int() }).nullish(),
  assignees: z.array(z.object({ username: z.string() })).nullish(),
  references: z.object({ full: z.string() }),
  moved_to_id: z.number().int().nullish(),
});

/** An issue as GitLab writes it. */
export type GitlabIssue = z.infer<typeof gitlabIssueSchema>;

export const gitlabIssuesSchema = z.array(gitlabIssueSchema);

/** What we read of a project; what it says of issues is said for the caller. */
export const gitlabProjectSchema = z.object({
  id: z.number().int(),
  path_with_namespace: z.string(),
  issues_enabled: z.boolean(),
  open_issues_count: z.number().int().nullish(),
});

/** What we read of projects that we look for. */
export const gitlabProjectNamesSchema = z.array(
  z.object({ path_with_namespace: z.string() }),
);

/** What we read of a group. */
export const gitlabGroupSchema = z.object({ full_path: z.string() });

/** What we read of a caller. */
export const gitlabUserSchema = z.object({ id: z.number().int() });

/** What we read of an access token. */
export const gitlabTokenSchema = z.object({
  scopes: z.array(z.string()),
  active: z.boolean().optional(),
  /** Set for a token of fine-grained rights, which has no scopes to speak of. */
  granular_scopes: z.unknown().optional(),
});
