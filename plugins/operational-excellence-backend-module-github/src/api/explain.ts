import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { RequestCredentials } from '../credentials';

/** What was asked for, and as whom. */
export interface Question {
  host: string;
  /** `owner/repository`, where it was about one. */
  repository?: string;
  credentials: RequestCredentials['kind'];
}

/** GitHub names a secondary rate limit in the text alone, at times. */
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;

/** What GitHub asks for where a secondary rate limit comes without `retry-after`. */
const SECONDARY_LIMIT_PAUSE_MS = 60_000;

const SUBJECT = {
  app: 'the GitHub App',
  token: 'the token',
  anonymous: 'a caller without credentials',
};

const REMEDY = {
  app: 'check the name in the annotation github.com/project-slug, and that the App is installed for the repository',
  token:
    'check the name in the annotation github.com/project-slug, and that the token covers the repository',
  anonymous:
    'check the name in the annotation github.com/project-slug; a private repository needs a token in integrations.github, or a GitHub App that is installed for its owner',
};

/** A failure of GitHub in words that a person can act on, and GitHub's own. */
export function explain(
  error: UpstreamError,
  question: Question,
): UpstreamError {
  const isSecondaryLimit =
    error.kind === 'forbidden' && SECONDARY_LIMIT.test(error.detail);
  const kind = isSecondaryLimit ? 'rate-limited' : error.kind;
  const retryAt = isSecondaryLimit
    ? Date.now() + SECONDARY_LIMIT_PAUSE_MS
    : error.retryAt;
  const advice = adviceOn({ kind, status: error.status, retryAt }, question);
  if (!advice) return error;
  return new UpstreamError({
    kind,
    source: error.source,
    operation: error.operation,
    status: error.status,
    detail: `${advice} (${error.detail})`,
    retryAt,
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  });
}

function adviceOn(
  failure: Pick<UpstreamError, 'kind' | 'status' | 'retryAt'>,
  question: Question,
): string | undefined {
  const { host, repository = 'what was asked for', credentials } = question;
  switch (failure.kind) {
    case 'unauthorized':
      return credentials === 'anonymous'
        ? `${host} refuses ${SUBJECT[credentials]}: add a token or apps to its entry in integrations.github`
        : `${host} refuses ${SUBJECT[credentials]}: check the entry of ${host} in integrations.github; it may be wrong, expired or revoked`;
    case 'forbidden':
      return `${SUBJECT[credentials]} may not read ${repository}: it needs read access to Issues and Metadata, and where the organisation uses single sign-on, the token must be authorised for it`;
    case 'not-found':
      return failure.status === 410
        ? `issues are switched off in ${repository}: switch them on, or take the repository out of the annotation github.com/project-slug`
        : `${repository} does not exist on ${host}, or ${SUBJECT[credentials]} may not see it: ${REMEDY[credentials]}`;
    case 'rate-limited':
      return `the rate limit of ${host} is used up${
        failure.retryAt === undefined
          ? ''
          : ` until ${new Date(failure.retryAt).toISOString()}`
      }${
        credentials === 'anonymous'
          ? '; without a token it is 60 requests an hour: add a token or apps to integrations.github'
          : ''
      }`;
    default:
      return undefined;
  }
}
