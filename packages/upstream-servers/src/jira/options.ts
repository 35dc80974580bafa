import { JiraCreateField } from './model';

export interface JiraServerOptions {
  deployment: 'cloud' | 'data-center';
  /** Of the account on Cloud. */
  email?: string;
  /** Of the account on Cloud; taken at the site and through the gateway. */
  apiToken?: string;
  /** An API token with scopes, which only the gateway takes. */
  scopedToken?: string;
  /** Names the site at the gateway, under `/ex/jira/{cloudId}`. */
  cloudId?: string;
  /** A personal access token of Data Center. */
  token?: string;
  /** What a search on Cloud says to credentials that are not valid. */
  badCredentials?: 'refused' | 'anonymous';
  /** The most issues of a page with more fields than `id` and `key`; 100 if left out. */
  pageLimit?: number;
  /** The most issues of a page of ids and keys on Cloud; 5000 if left out. */
  idPageLimit?: number;
  /** The keys of its projects; more can be added. */
  projects?: string[];
  /** Fields of the create screen beside those of the system. */
  createFields?: JiraCreateField[];
  /** Added before each answer, milliseconds. */
  latencyMs?: number;
  /** What the server takes for the time. */
  now?: () => number;
  /** Requests that are granted in an hour; not limited if left out. */
  rateLimit?: number;
}
