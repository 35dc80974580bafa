import { EventParams } from '@backstage/plugin-events-node';
import {
  MalformedEventError,
  SyncHint,
} from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';
import { batchKey } from '../projects';

/** The topic of an instance, and the end of the path of its webhook. */
export function topicOf(instance: string): string {
  return `operational-excellence.jira.${instance}`;
}

const ISSUE_KEY = /^[A-Z][A-Z0-9_]{1,79}-\d{1,12}$/;
const ISSUE_EVENTS = [
  'jira:issue_created',
  'jira:issue_updated',
  'jira:issue_deleted',
];

const eventSchema = z.object({ webhookEvent: z.string() });
const issueSchema = z.object({ issue: z.object({ key: z.string() }) });
const movesSchema = z.object({
  changelog: z.object({
    items: z.array(
      z.object({ field: z.string(), fromString: z.string().nullish() }),
    ),
  }),
});

/**
 * What a webhook of Jira hints at: the issue by its key, and by the one that it
 * had where it was moved.
 *
 * @throws MalformedEventError where it is no webhook of Jira
 */
export function hintsOf(event: EventParams, batches: number): SyncHint[] {
  const { eventPayload } = event;
  const kind = eventSchema.safeParse(eventPayload);
  if (!kind.success) throw new MalformedEventError('webhookEvent, a text');
  if (!ISSUE_EVENTS.includes(kind.data.webhookEvent)) return [];
  const issue = issueSchema.safeParse(eventPayload);
  const key = issue.data?.issue.key.toUpperCase();
  if (key === undefined || !ISSUE_KEY.test(key)) {
    throw new MalformedEventError('issue.key, such as PAY-12');
  }
  const moves = movesSchema.safeParse(eventPayload);
  const earlier = (moves.data?.changelog.items ?? [])
    .filter(({ field }) => field === 'Key')
    .map(({ fromString }) => fromString?.toUpperCase() ?? '')
    .filter(text => ISSUE_KEY.test(text));
  return [...new Set([key, ...earlier])].map(ref => ({
    scopeKey: batchKey(projectOf(ref), batches),
    ref,
  }));
}

/** The project that a key of an issue names. */
export function projectOf(issueKey: string): string {
  return issueKey.slice(0, issueKey.lastIndexOf('-'));
}

export function isIssueKey(text: string): boolean {
  return ISSUE_KEY.test(text);
}
