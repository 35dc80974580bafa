import { UpstreamError } from 'backstage-plugin-operational-excellence-node';

/**
 * AWS refuses with 403 whatever is wrong: this tells credentials that are not
 * accepted from credentials that lack a right, and names the right.
 *
 * @param action - the IAM action that the call needs
 */
export function explain(error: unknown, action: string): unknown {
  if (!(error instanceof UpstreamError) || error.kind !== 'forbidden') {
    return error;
  }
  const { source, operation, status, message } = error;
  const detail = message.slice(message.indexOf(`${status}: `) + 5);
  if (isAboutCredentials(detail)) {
    return new UpstreamError({
      kind: 'unauthorized',
      source,
      operation,
      status,
      detail,
      cause: error,
    });
  }
  if (detail.includes(action)) return error;
  return new UpstreamError({
    kind: 'forbidden',
    source,
    operation,
    status,
    detail: `the credentials lack the IAM action ${action}: ${detail}`,
    cause: error,
  });
}

/** Whether AWS refused who calls, rather than what was called. */
function isAboutCredentials(detail: string): boolean {
  return (
    !/not authorized to perform/i.test(detail) &&
    /security token|signature|access key|authentication token|credential should/i.test(
      detail,
    )
  );
}
