import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, stringifyError } from '@backstage/errors';

/**
 * The answer where someone who decides what callers see cannot be asked. Neither
 * the status nor the words of that failure are the caller's business: they go to
 * the log.
 */
export function unavailable(
  who: string,
  error: unknown,
  logger: LoggerService,
) {
  logger.error(
    `The ${who} could not be asked what a caller may see: ${stringifyError(
      error,
    )}`,
  );
  return new ServiceUnavailableError(
    `The ${who} could not be asked what you may see; try again later`,
  );
}
