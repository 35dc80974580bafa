import { LoggerService } from '@backstage/backend-plugin-api';
import { Policy } from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { StatusUpdater, WalkOptions } from '../status';
import { Settings } from './Settings';

/** The experiment sources that the status rows were computed with. */
const SOURCES = 'status.basis';

/** What each policy asked for that they were computed with. */
const POLICIES = 'status.policies';

/** How far a recomputation has come. */
const PROGRESS = 'status.progress';

export interface StatusBasisOptions {
  db: Knex;
  experimentSourceIds: readonly string[];
  logger: LoggerService;
  policies: readonly Policy[];
  settings: Settings;
  status: StatusUpdater;
}

/**
 * What all status rows were computed with, beside what is stored. When the
 * backend starts with something else, the rows are renewed, batch by batch; one
 * that takes over from a process that died goes on where that was.
 */
export class StatusBasis {
  readonly #options: StatusBasisOptions;
  readonly #sources: string;
  readonly #policies: Readonly<Record<string, string>>;

  static create(options: StatusBasisOptions) {
    return new StatusBasis(options);
  }

  private constructor(options: StatusBasisOptions) {
    this.#options = options;
    this.#sources = hashOf([...options.experimentSourceIds].sort());
    // Which services a policy is for is seen when the catalog is read.
    this.#policies = Object.fromEntries(
      options.policies.map(({ backlog, gameDay, id, readinessTest }) => [
        id,
        hashOf([backlog, gameDay, readinessTest]),
      ]),
    );
  }

  /** Recomputes what was computed with something else. */
  async renew(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { db, logger, settings, status } = this.#options;
    const sources = await settings.get(SOURCES);
    const policies: Record<string, string> = JSON.parse(
      (await settings.get(POLICIES)) ?? '{}',
    );
    const changed = Object.keys(this.#policies).filter(
      id => policies[id] !== this.#policies[id],
    );
    if (sources !== this.#sources) {
      if (sources !== undefined) {
        logger.info(
          'The experiment sources changed; every status is recomputed',
        );
      }
      await this.#walk(options, walk => status.recomputeAll(db, walk));
    } else if (changed.length > 0) {
      logger.info(
        `The policies changed; the services of ${changed.join(
          ', ',
        )} are recomputed`,
      );
      await this.#walk(options, walk =>
        status.recomputePolicies(db, changed, walk),
      );
    } else {
      return;
    }
    options.signal?.throwIfAborted();
    await settings.set(SOURCES, this.#sources);
    await settings.set(POLICIES, JSON.stringify(this.#policies));
    await settings.remove(PROGRESS);
  }

  async #walk(
    { signal }: { signal?: AbortSignal },
    recompute: (options: WalkOptions) => Promise<void>,
  ) {
    const { settings } = this.#options;
    const target = hashOf([this.#sources, this.#policies]);
    const progress = JSON.parse((await settings.get(PROGRESS)) ?? '{}');
    await recompute({
      after: progress.target === target ? progress.after : 0,
      signal,
      onProgress: after =>
        settings.set(PROGRESS, JSON.stringify({ target, after })),
    });
  }
}

function hashOf(value: unknown) {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
