import { readFiledDigest } from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';

const instant = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'expected a date and time');

/**
 * What we read of an issue, as GitHub writes it. The list of issues also holds
 * the pull requests of the repository; those have `pull_request`. Of the body,
 * which can be large, only is kept under which key it was filed.
 */
export const githubIssueSchema = z
  .object({
    id: z.number().int(),
    number: z.number().int(),
    title: z.string(),
    state: z.enum(['open', 'closed']),
    html_url: z.string(),
    repository_url: z.string().optional(),
    created_at: instant,
    updated_at: instant,
    closed_at: instant.nullish(),
    labels: z.array(
      z.union([z.string(), z.object({ name: z.string().nullish() })]),
    ),
    assignee: z.object({ login: z.string() }).nullish(),
    type: z.object({ name: z.string() }).nullish(),
    user: z.object({ login: z.string() }).nullish(),
    body: z.string().nullish(),
    pull_request: z.unknown().optional(),
  })
  .transform(({ body, ...issue }) => ({
    ...issue,
    filedDigest: readFiledDigest(body ?? ''),
  }));

/** An issue or a pull request as GitHub writes it. */
export type GithubIssue = z.infer<typeof githubIssueSchema>;

export const githubIssuesSchema = z.array(githubIssueSchema);

/** What we read of a GitHub App. */
export const githubAppSchema = z.object({
  slug: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  installations_count: z.number().optional(),
});

/** What we read of the user whose token it is. */
export const githubUserSchema = z.object({ login: z.string().min(1) });

/** That the rate limit is told is enough. */
export const githubRateLimitSchema = z.object({
  resources: z.object({ core: z.object({ limit: z.number() }) }),
});
