import { LoggerService } from '@backstage/backend-plugin-api';
import { logWords } from '../sync/failureWords';

/** Tells of mistakes in sources once per reading, not once per service. */
export class SourceErrors {
  readonly #logger: LoggerService;
  readonly #bySource = new Map<
    string,
    { count: number; entityRef: string; error: unknown }
  >();

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  add(sourceId: string, entityRef: string, error: unknown) {
    const known = this.#bySource.get(sourceId);
    if (known) known.count++;
    else this.#bySource.set(sourceId, { count: 1, entityRef, error });
  }

  log() {
    for (const [sourceId, { count, entityRef, error }] of this.#bySource) {
      this.#logger.error(
        `The source ${sourceId} failed to read the annotations of ${count} services, first of ${entityRef}: ${logWords(
          error,
        )}`,
      );
    }
  }
}
