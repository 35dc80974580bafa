import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { JiraSourceConfig } from '../config';

/** A failure of Jira in words that a person can act on, and Jira's own. */
export function explain(
  error: UpstreamError,
  config: JiraSourceConfig,
): UpstreamError {
  const advice = adviceOn(error, config);
  return advice ? withDetail(error, `${advice} (${error.detail})`) : error;
}

/** The same failure in other words. */
export function withDetail(error: UpstreamError, detail: string) {
  return new UpstreamError({
    kind: error.kind,
    source: error.source,
    operation: error.operation,
    status: error.status,
    detail,
    retryAt: error.retryAt,
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  });
}

function adviceOn(
  { kind, status }: UpstreamError,
  { key, deployment, baseUrl }: JiraSourceConfig,
): string | undefined {
  switch (kind) {
    case 'unauthorized':
      return `${baseUrl} refuses the credentials: check ${
        deployment === 'cloud' ? 'email and apiToken' : 'token'
      } of ${key}; they may be wrong, expired or revoked, and a token with scopes needs cloudId`;
    case 'forbidden':
      return `the account may not do this: it needs Browse projects for what is read${
        deployment === 'cloud'
          ? ', and a token with scopes needs read:jira-work and read:jira-user'
          : ''
      }`;
    case 'not-found':
      return status === 404
        ? `${baseUrl} has no such address for this account: check baseUrl, cloudId and deployment of ${key}`
        : undefined;
    default:
      return undefined;
  }
}
