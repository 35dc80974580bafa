import {
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  QueryPermissionRequest,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { unavailable } from './unavailable';

/** What a caller may do, and whether they may read entities of the catalog. */
export interface Decision {
  allowed: boolean;
  entities: PolicyDecision;
}

interface DecisionsOptions {
  logger: LoggerService;
  permissions: PermissionsService;
}

/** Asks the permission backend. Whatever is not allowed is denied. */
export class Decisions {
  readonly #logger: LoggerService;
  readonly #permissions: PermissionsService;

  static create(options: DecisionsOptions) {
    return new Decisions(options);
  }

  private constructor({ logger, permissions }: DecisionsOptions) {
    this.#logger = logger;
    this.#permissions = permissions;
  }

  /**
   * Whether the caller has the permission, and whether they may read entities of
   * the catalog, in one request.
   *
   * @remarks
   *
   * The type of `authorizeConditional` speaks of resource permissions only. The
   * permission backend decides basic ones in the same request, and answers them
   * without conditions, which a policy must not give for them.
   */
  async withEntities(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Decision> {
    const [own, entities] = await this.#ask(() =>
      this.#permissions.authorizeConditional(
        [
          { permission } as unknown as QueryPermissionRequest,
          { permission: catalogEntityReadPermission },
        ],
        { credentials },
      ),
    );
    return { allowed: own.result === AuthorizeResult.ALLOW, entities };
  }

  /** @throws NotAllowedError where the caller lacks the permission */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [{ result }] = await this.#ask(() =>
      this.#permissions.authorize([{ permission }], { credentials }),
    );
    if (result !== AuthorizeResult.ALLOW) throw notAllowed(permission);
  }

  /** @throws NotAllowedError where the caller lacks the permission for the service */
  async requireFor(
    entityRef: string,
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<void> {
    const [{ result }] = await this.#ask(() =>
      this.#permissions.authorize([{ permission, resourceRef: entityRef }], {
        credentials,
      }),
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name} for ${entityRef}; ask its owners, or those who run this portal`,
      );
    }
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw unavailable('permission backend', error, this.#logger);
    }
  }
}

/** The answer to a caller who lacks a permission. */
export function notAllowed(permission: BasicPermission) {
  return new NotAllowedError(
    `You lack the permission ${permission.name}; ask those who run this portal for it`,
  );
}
