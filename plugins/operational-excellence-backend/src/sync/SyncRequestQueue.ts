import { LoggerService } from '@backstage/backend-plugin-api';
import { OperationalExcellenceSyncExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { failureWords } from './failureWords';
import { SyncRequests } from './SyncRequests';

type Request = Parameters<
  OperationalExcellenceSyncExtensionPoint['requestSync']
>[0];

/** Keeps the requests of modules until there is someone to take them. */
export class SyncRequestQueue
  implements OperationalExcellenceSyncExtensionPoint
{
  readonly #kept: Request[] = [];
  #requests: SyncRequests | undefined;

  async requestSync(request: Request): Promise<void> {
    if (this.#requests) await this.#requests.requestIfTracked(request);
    else this.#kept.push(request);
  }

  /** Hands over what was kept, and from now on whatever comes. */
  async open(options: {
    logger: LoggerService;
    requests: SyncRequests;
  }): Promise<void> {
    const { logger, requests } = options;
    this.#requests = requests;
    for (const request of this.#kept.splice(0)) {
      await requests
        .requestIfTracked(request)
        .catch(error =>
          logger.error(
            `A request to synchronise ${
              request.sourceId
            } could not be met: ${failureWords(error)}`,
          ),
        );
    }
  }
}
