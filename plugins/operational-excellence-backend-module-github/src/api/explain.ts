import { UpstreamError } from 'backstage-plugin-operational-excellence-node';
import { RequestCredentials } from '../credentials';

/** What was to be done: to read issues, to file one, or to learn whose token it is. */
export type Purpose = 'read' | 'file' | 'identify';

/** What was asked for, and as whom. */
export interface Question {
  host: string;
  /** `owner/repository`, where it was about one. */
  repository?: string;
  credentials: RequestCredentials['kind'];
  purpose: Purpose;
}

/** GitHub names a secondary rate limit in the text alone, at times. */
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;

/** What GitHub asks for where a secondary rate limit comes without `retry-after`. */
const SECONDARY_LIMIT_PAUSE_MS = 60_000;

/** GitHub refuses every write to an archived repository with 403, in these words. */
const ARCHIVED = /\barchived\b/i;

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
  const { status, detail } = error;
  const advice = adviceOn({ kind, status, retryAt, detail }, question);
  if (!advice) return error;
  return new UpstreamError({
    kind,
    source: error.source,
    operation: error.operation,
    status,
    detail: `${advice} (${detail})`,
    retryAt,
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  });
}

function adviceOn(
  failure: Pick<UpstreamError, 'kind' | 'status' | 'retryAt' | 'detail'>,
  question: Question,
): string | undefined {
  const { host, repository = 'what was asked for', credentials } = question;
  switch (failure.kind) {
    case 'unauthorized':
      return credentials === 'anonymous'
        ? `${host} refuses ${SUBJECT[credentials]}: add a token or apps to its entry in integrations.github`
        : `${host} refuses ${SUBJECT[credentials]}: check the entry of ${host} in integrations.github; it may be wrong, expired or revoked`;
    case 'forbidden':
      return adviceOnRights(failure, question);
    case 'rejected':
      return question.purpose === 'file'
        ? `${host} refuses the issue in ${repository}`
        : undefined;
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

function adviceOnRights(
  { detail }: Pick<UpstreamError, 'detail'>,
  question: Question,
): string {
  const { repository = 'what was asked for', credentials, purpose } = question;
  const subject = SUBJECT[credentials];
  const signOn =
    'where the organisation uses single sign-on, the token must be authorised for it';
  switch (purpose) {
    case 'read':
      return `${subject} may not read ${repository}: it needs read access to Issues and Metadata, and ${signOn}`;
    case 'file':
      return ARCHIVED.test(detail)
        ? `${repository} is archived, so that no issue can be filed in it: take it out of the annotation github.com/project-slug, or unarchive it`
        : `${subject} may not file issues in ${repository}: it needs write access to Issues, and ${signOn}`;
    case 'identify':
      return `${subject} does not tell whose it is, so that an issue filed with it could not be found again: use a personal access token or a GitHub App`;
    default:
      throw new TypeError(`Unknown purpose ${purpose satisfies never}`);
  }
}
