import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  EnvironmentReport,
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf } from '../database';
import { cleanLine } from '../improvements/text';
import { inTransaction } from '../sync/inTransaction';
import { EnvironmentStore } from './EnvironmentStore';

/** How far the clocks of pipelines may go ahead. */
const AHEAD_MS = 5 * 60_000;

export interface EnvironmentServiceOptions {
  db: Knex;
  now?: () => Instant;
}

/** Keeps what people and pipelines report of environments. */
export class EnvironmentService {
  readonly #db: Knex;
  readonly #now: () => Instant;
  readonly #environments = EnvironmentStore.create();

  static create(options: EnvironmentServiceOptions) {
    return new EnvironmentService(options);
  }

  private constructor({ db, now = Date.now }: EnvironmentServiceOptions) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Keeps what is reported of an environment; the same report twice is one.
   *
   * @returns whether there was none of that name
   * @throws InputError where its times are out of order
   * @throws ConflictError where it was removed
   */
  async report(
    name: string,
    report: EnvironmentReport,
    options: { reportedBy: string; ownerRef: string; serviceIds: number[] },
  ): Promise<{ isNew: boolean }> {
    const title = cleanLine(report.title);
    if (!title) {
      throw new InputError(
        'Invalid body property title: expected more than control characters',
      );
    }
    const expiresAt =
      report.expiresAt === null ? null : Date.parse(report.expiresAt);
    return inTransaction(this.#db, async tx => {
      const reported = (createdAt: Instant) => {
        this.#checkTimes(createdAt, expiresAt);
        const { kind, url } = report;
        return { ...options, kind, title, url, createdAt, expiresAt };
      };
      const given =
        report.createdAt === undefined
          ? undefined
          : Date.parse(report.createdAt);
      const isNew =
        !(await this.#environments.lock(tx, name)) &&
        (await this.#environments.add(tx, {
          ...reported(given ?? this.#now()),
          name,
        }));
      if (isNew) return { isNew };

      // There was one, or somebody else reported it a moment ago.
      const current = (await this.#environments.lock(tx, name))!;
      if (current.removed_at !== null) {
        throw new ConflictError(
          `The environment ${name} was removed at ${toIsoInstant(
            instantOf(current.removed_at),
          )}, and is kept with what was held in it; report another one by another name`,
        );
      }
      await this.#environments.update(
        tx,
        current,
        reported(given ?? instantOf(current.created_at)),
      );
      return { isNew };
    });
  }

  /**
   * Puts down that an environment was removed. One that was removed before stays
   * as it is.
   *
   * @throws InputError where that would be before it was created, or is to come
   * @throws NotFoundError where there is none of that name
   */
  async remove(
    name: string,
    removal: { removedAt?: string },
    options: { reportedBy: string },
  ): Promise<void> {
    await inTransaction(this.#db, async tx => {
      const current = await this.#environments.lock(tx, name);
      if (!current) throw noSuchEnvironment(name);
      if (current.removed_at !== null) return;
      const removedAt =
        removal.removedAt === undefined
          ? this.#now()
          : Date.parse(removal.removedAt);
      const createdAt = instantOf(current.created_at);
      if (removal.removedAt !== undefined && removedAt < createdAt) {
        throw new InputError(
          `Invalid body property removedAt: the environment was created at ${toIsoInstant(
            createdAt,
          )} and cannot have been removed before`,
        );
      }
      this.#requirePast('removedAt', removedAt);
      await this.#environments.remove(tx, current, {
        removedAt: Math.max(removedAt, createdAt),
        reportedBy: options.reportedBy,
      });
    });
  }

  /** Says where an improvement is tried. */
  async choose(
    improvementId: string,
    environmentId: string | null,
  ): Promise<void> {
    await inTransaction(this.#db, tx =>
      this.#environments.choose(tx, improvementId, environmentId),
    );
  }

  #checkTimes(createdAt: Instant, expiresAt: Instant | null) {
    this.#requirePast('createdAt', createdAt);
    if (expiresAt !== null && expiresAt <= createdAt) {
      throw new InputError(
        `Invalid body property expiresAt: expected an instant after ${toIsoInstant(
          createdAt,
        )}, when the environment was created`,
      );
    }
  }

  #requirePast(property: string, instant: Instant) {
    if (instant <= this.#now() + AHEAD_MS) return;
    throw new InputError(
      `Invalid body property ${property}: ${toIsoInstant(
        instant,
      )} is in the future`,
    );
  }
}

/** The same whether there is none or its services are hidden from the caller. */
export function noSuchEnvironment(name: string) {
  return new NotFoundError(
    `There is no environment ${
      name.length > 100 ? `${name.slice(0, 100)}…` : name
    }, or you may not see its services in the catalog`,
  );
}
