/** What a benchmark wants of a tracker that it starts, as JSON. */
export interface UpstreamSettings {
  kind: 'jira' | 'redmine';
  /** Projects. */
  containers: number;
  issues: number;
  /** Components of each project, where the tracker has them. */
  components: number;
  /** How long each answer takes. */
  latencyMs: number;
}

/** What a benchmark wants of a backend that reads such a tracker, as JSON. */
export interface TrackerBackendSettings {
  kind: 'jira' | 'redmine';
  connection: string;
  port: number;
  services: number;
  containers: number;
  upstreamUrl: string;
  concurrency: number;
}

export const JIRA_ACCESS = {
  email: 'backstage@example.com',
  apiToken: 'of-the-benchmark',
};
export const JIRA_INSTANCE = 'bench';
export const WEBHOOK_SECRET = 'of-the-webhook-of-the-benchmark';

export const REDMINE_KEY = '0123456789abcdef0123456789abcdef01234567';
