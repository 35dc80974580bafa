import { JsonObject } from '@backstage/types';
import { RateLimit } from 'backstage-plugin-operational-excellence-node';
import { JiraIssue, JiraProject, JiraStatus } from './schemas';

/** Something that was read, and what it took. */
export interface Answer<T> {
  value: T;
  requests: number;
  rateLimit?: RateLimit;
}

/** Some issues in the order of their last update. */
export interface IssuePage {
  /** With their history, but for those on which work has not begun. */
  issues: JiraIssue[];
  /**
   * No issue that is still to come was updated before this instant; `undefined`
   * as long as that is not known.
   */
  position: number | undefined;
  /** Whether no other page follows. */
  isLast: boolean;
  requests: number;
  rateLimit?: RateLimit;
}

/** The calls to the REST API of one instance, whatever its deployment. */
export interface JiraApi {
  /** Proves the credentials, which a search does not. */
  provesCredentials(signal: AbortSignal): Promise<Answer<void>>;
  /** The projects that the account can browse. */
  projects(signal: AbortSignal): Promise<Answer<JiraProject[]>>;
  statuses(signal: AbortSignal): Promise<Answer<JiraStatus[]>>;
  components(
    projectKey: string,
    signal: AbortSignal,
  ): Promise<{ id: string; name: string }[]>;

  /**
   * The issues that a query finds and that were updated at `since` or later; at
   * least one page.
   */
  issues(
    where: string,
    options: { since: number | undefined; signal: AbortSignal },
  ): AsyncGenerator<IssuePage>;
  /** The ids of all issues that a query finds, page by page. */
  ids(where: string, signal: AbortSignal): AsyncGenerator<Answer<string[]>>;
  /**
   * Issues by their keys as they are now, not as the index has them; those that
   * do not exist are left out. In as many pieces as it takes.
   */
  issuesByKey(
    keys: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Answer<JiraIssue[]> & { keys: readonly string[] }>;

  /** Issues with all of a label, the oldest first. */
  labelled(
    label: string,
    projectKeys: readonly string[],
    signal: AbortSignal,
  ): Promise<{ id: string; key: string }[]>;
  /** Creates an issue. Never repeats the call. */
  create(
    fields: JsonObject,
    signal: AbortSignal,
  ): Promise<{ id: string; key: string }>;
  /** Text of people as the deployment takes it. */
  description(markdown: string): JsonObject[string];
}
