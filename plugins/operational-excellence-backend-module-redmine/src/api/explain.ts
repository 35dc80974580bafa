import { UpstreamError } from 'backstage-plugin-operational-excellence-node';

/** Which entry of the configuration the question is about, and what was asked. */
export interface Asked {
  /** The full key of the entry. */
  configKey: string;
  /** Whether it was asked who the key belongs to, as a proof. */
  isProof?: boolean;
  /** Whether an issue was to be created. */
  isFiling?: boolean;
}

/** A failure of Redmine in words that a person can act on, and Redmine's own. */
export function explain(error: UpstreamError, asked: Asked): UpstreamError {
  const advice = adviceOn(error, asked);
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
  { kind }: UpstreamError,
  { configKey, isProof, isFiling }: Asked,
): string | undefined {
  switch (kind) {
    case 'unauthorized':
      return `Redmine refuses the API key: check ${configKey}.apiKey; it may be wrong or reset, or its user locked`;
    case 'forbidden':
      if (isProof) {
        return `Redmine does not let the API in: an administrator has to switch on "Enable REST web service" (Administration, Settings, API), and the user must not have to change the password`;
      }
      return isFiling
        ? 'the user of the API key may not add issues there: give a role with "Add issues", and check that the project is neither closed nor archived'
        : 'the user of the API key may not see that: give a role with "View issues"';
    case 'not-found':
      if (isProof) {
        return `there is no Redmine at that address: check ${configKey}.baseUrl`;
      }
      return isFiling
        ? 'that project does not exist, or the user of the API key does not see it'
        : undefined;
    case 'rejected':
      return isFiling
        ? `Redmine refuses the issue: values of required fields go into ${configKey}.file.customFields, and ${configKey}.file.tracker must be a tracker of the project`
        : undefined;
    case 'invalid-response':
      return isProof
        ? `that is no answer of Redmine's REST API: check ${configKey}.baseUrl, and that no sign-in page is in front of it`
        : undefined;
    default:
      return undefined;
  }
}
