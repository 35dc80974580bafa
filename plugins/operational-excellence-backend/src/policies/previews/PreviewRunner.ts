import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { failureWords, logWords } from '../../sync/failureWords';
import { SparingLog } from '../../sync/SparingLog';
import { isChanged } from './movements';
import { PreviewedService } from './previewRows';
import { previewStates } from './previewStates';
import { ClaimedPreview, LostPreviewError, PreviewStore } from './PreviewStore';
import { readStoredServices } from './readStoredServices';
import { CatalogError, SelectedPolicies } from './SelectedPolicies';

/** Services that are looked at with one request to the catalog. */
const BATCH_SIZE = 500;

/** How often one is begun that does not get on. */
const MAX_ATTEMPTS = 5;

export interface PreviewRunnerOptions {
  db: Knex;
  experimentSourceIds: readonly string[];
  logger: LoggerService;
  selected: SelectedPolicies;
  store: PreviewStore;
  /** How often is looked for what is due, milliseconds. */
  tickMs: number;
  /** How long one waits that failed, the first time, milliseconds. */
  retryMs?: number;
  batchSize?: number;
  now?: () => Instant;
}

/**
 * Works out previews in the background, one after the other, in batches of
 * services. Any number of replicas share those of one database; each is worked
 * on by one at a time, and gone on with where one that died left it.
 */
export class PreviewRunner {
  readonly #options: PreviewRunnerOptions;
  readonly #errors: SparingLog;
  readonly #stop = new AbortController();
  readonly #now: () => Instant;
  #running: Promise<void> | undefined;
  #runAgain = false;
  #timer: NodeJS.Timeout | undefined;

  static create(options: PreviewRunnerOptions) {
    return new PreviewRunner(options);
  }

  private constructor(options: PreviewRunnerOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#errors = SparingLog.create({
      logger: options.logger,
      level: 'error',
    });
  }

  /** Looks for what is due from now on. */
  start(): void {
    this.#timer ??= setInterval(
      () => this.wake(),
      this.#options.tickMs,
    ).unref();
    this.wake();
  }

  /** Begins with what is due, in the background. */
  wake(): void {
    this.run().catch(error =>
      this.#errors.log(
        'tick',
        `Which policy previews are to be worked out could not be found out: ${logWords(
          error,
        )}`,
      ),
    );
  }

  /** Resolves when nothing is due any more. */
  async run(): Promise<void> {
    if (this.#running) {
      // What became due after it looked would be missed.
      this.#runAgain = true;
      return this.#running;
    }
    this.#running = this.#runAll();
    return this.#running;
  }

  /** Ends with the batch that is under way, and begins no more; `wake` logs failures. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#running?.catch(() => undefined);
  }

  async #runAll() {
    const { signal } = this.#stop;
    try {
      do {
        this.#runAgain = false;
        while (!signal.aborted) {
          const claimed = await this.#options.store.claim();
          if (!claimed) break;
          await this.#runOne(claimed);
        }
      } while (this.#runAgain && !signal.aborted);
    } finally {
      // At once: whoever asks in between would wait for the next tick.
      this.#running = undefined;
    }
  }

  async #runOne(claimed: ClaimedPreview) {
    const { logger, store } = this.#options;
    let preview = claimed;
    try {
      if (claimed.attempts > MAX_ATTEMPTS) {
        // Those before told nothing: their processes ended.
        await store.fail(claimed, {
          problem: `Working it out was begun ${MAX_ATTEMPTS} times and never got on; the log of the backend may say why`,
        });
        return;
      }
      while (!this.#stop.signal.aborted) {
        const batch = await this.#nextBatch(preview);
        if (!batch) {
          await store.finish(preview);
          return;
        }
        preview = await store.storeBatch(preview, batch);
      }
      await store.release(preview);
    } catch (error) {
      if (error instanceof LostPreviewError) logger.info(error.message);
      else await this.#noteFailure(preview, error);
    }
  }

  async #nextBatch({ afterId, policies }: ClaimedPreview) {
    const { batchSize = BATCH_SIZE, db, selected } = this.#options;
    const { freshness, services } = await readStoredServices(db, {
      after: afterId,
      limit: batchSize,
    });
    if (services.length === 0) return undefined;
    const chosen: (Policy | null | undefined)[] = await selected.of(
      services.map(({ status }) => status.entity_ref),
      policies,
    );
    const now = this.#now();
    const previewed = services.flatMap((service, index): PreviewedService[] => {
      const policy = chosen[index];
      // The catalog no longer has it, so it is about to be removed here.
      if (policy === undefined) return [];
      const { from, to } = previewStates(service, {
        now,
        policy: policy ?? undefined,
        experimentSourceIds: this.#options.experimentSourceIds,
        freshness,
      });
      const { entity_ref, policy_id, service_id, title } = service.status;
      return [
        {
          serviceId: service_id,
          entityRef: entity_ref,
          title,
          policyBefore: policy_id,
          policyAfter: policy?.id ?? null,
          service: { from: from.service, to: to.service },
          backlog: { from: from.backlog, to: to.backlog },
          gameDay: { from: from.gameDay, to: to.gameDay },
          readinessTest: { from: from.readinessTest, to: to.readinessTest },
        },
      ];
    });
    return {
      after: services[services.length - 1].status.service_id,
      seen: previewed.length,
      services: previewed.filter(isChanged),
    };
  }

  async #noteFailure(claimed: ClaimedPreview, error: unknown) {
    const { logger, retryMs = 2_000, store } = this.#options;
    const isOver = claimed.attempts >= MAX_ATTEMPTS;
    const cause = error instanceof CatalogError ? error.cause : error;
    logger.warn(
      `The policy preview ${claimed.id} ${
        isOver ? 'failed' : 'is tried again'
      }: ${logWords(cause)}`,
    );
    if (!isOver) {
      await store.postpone(claimed, {
        nextIn: retryMs * 2 ** claimed.attempts,
      });
      return;
    }
    await store.fail(claimed, {
      problem:
        error instanceof CatalogError
          ? `The entities of services could not be read from the catalog: ${failureWords(
              cause,
            )}; start the preview once more when the catalog answers`
          : 'The services could not be read or the result could not be stored; the log of the backend says why',
    });
  }
}
