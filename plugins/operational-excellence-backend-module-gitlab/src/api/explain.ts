import { UpstreamError } from 'backstage-plugin-operational-excellence-node';

/** What was asked for, and as whom. */
export interface Question {
  host: string;
  /** What it was about, such as `the project acme/payments`. */
  subject: string;
  /** Whether an issue was to be created. */
  isWrite: boolean;
  hasToken: boolean;
  /** The path of something that exists and may have been meant. */
  suggestion?: string;
}

/** A failure of GitLab in words that a person can act on, and GitLab's own. */
export function explain(
  error: UpstreamError,
  question: Question,
): UpstreamError {
  const advice = adviceOn(error, question);
  if (!advice) return error;
  return new UpstreamError({
    kind: error.kind,
    source: error.source,
    operation: error.operation,
    status: error.status,
    detail: `${advice} (${error.detail})`,
    retryAt: error.retryAt,
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  });
}

function adviceOn(
  error: UpstreamError,
  { host, subject, isWrite, hasToken, suggestion }: Question,
): string | undefined {
  const entry = `the entry of ${host} in integrations.gitlab`;
  const caller = hasToken ? 'the token' : 'a caller without a token';
  switch (error.kind) {
    case 'unauthorized':
      return hasToken
        ? `${host} refuses the token: check ${entry}; it may be wrong, expired or revoked`
        : `${host} refuses callers without a token: add one to ${entry}`;
    case 'forbidden':
      return isWrite
        ? `${caller} may not create issues in ${subject}: it needs the scope api and a role in the project, and the project must be neither archived nor without issues`
        : `${caller} may not read ${subject}: it needs the scope read_api and the role Reporter`;
    case 'not-found':
      return `${subject} does not exist on ${host}, or ${caller} may not see it: check the annotations, and that the token is a member${
        suggestion ? `; there is ${suggestion}` : ''
      }`;
    case 'rejected':
      if (error.status === 405) {
        return `${subject} was renamed: correct the annotation gitlab.com/project-slug`;
      }
      return isWrite ? `${host} does not accept the issue as it is` : undefined;
    case 'rate-limited':
      return `the rate limit of ${host} is used up${
        error.retryAt === undefined
          ? ''
          : ` until ${new Date(error.retryAt).toISOString()}`
      }`;
    default:
      return undefined;
  }
}
