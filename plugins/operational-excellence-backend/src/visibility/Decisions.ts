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
  Permission,
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

/** A permission that speaks of a single service, and which one that is. */
export interface ServicePermission {
  permission: ResourcePermission;
  entityRef: string;
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
   */
  async withEntities(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Decision> {
    const [own, entities] = await this.#decide(credentials, [
      { permission },
      { permission: catalogEntityReadPermission },
    ]);
    return { allowed: own.result === AuthorizeResult.ALLOW, entities };
  }

  /**
   * The same, and whether the caller has a further permission for one service,
   * still in one request.
   */
  async withEntitiesAndService(
    credentials: BackstageCredentials,
    permission: BasicPermission,
    service: ServicePermission,
  ): Promise<Decision & { allowedForService: boolean }> {
    const [own, entities, forService] = await this.#decide(credentials, [
      { permission },
      { permission: catalogEntityReadPermission },
      { permission: service.permission, resourceRef: service.entityRef },
    ]);
    return {
      allowed: own.result === AuthorizeResult.ALLOW,
      entities,
      allowedForService: forService.result === AuthorizeResult.ALLOW,
    };
  }

  /** @throws NotAllowedError where the caller lacks the permission */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    if (!(await this.isAllowed(credentials, permission))) {
      throw notAllowed(permission);
    }
  }

  /** Whether the caller has the permission. */
  async isAllowed(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    const [{ result }] = await this.#ask(() =>
      this.#permissions.authorize([{ permission }], { credentials }),
    );
    return result === AuthorizeResult.ALLOW;
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
      throw notAllowedFor({ permission, entityRef });
    }
  }

  /** Those of some services for which the caller has the permission. */
  async allowedFor(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<ReadonlySet<string>> {
    const decisions = await this.#ask(() =>
      this.#permissions.authorize(
        entityRefs.map(resourceRef => ({ permission, resourceRef })),
        { credentials },
      ),
    );
    return new Set(
      entityRefs.filter(
        (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }

  /**
   * @remarks
   *
   * The type of `authorizeConditional` speaks of resource permissions without
   * their resources only. The permission backend decides others in the same
   * request: basic ones, for which a policy must not give conditions, and those
   * with a resource, to which it applies the conditions that a policy gives.
   */
  async #decide(
    credentials: BackstageCredentials,
    requests: readonly { permission: Permission; resourceRef?: string }[],
  ): Promise<PolicyDecision[]> {
    return this.#ask(() =>
      this.#permissions.authorizeConditional(
        requests as unknown as QueryPermissionRequest[],
        { credentials },
      ),
    );
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw unavailable('permission backend', error, this.#logger);
    }
  }
}

/** The answer to a caller who lacks a permission for a service. */
export function notAllowedFor({ entityRef, permission }: ServicePermission) {
  return new NotAllowedError(
    `You lack the permission ${permission.name} for ${entityRef}; ask its owners, or those who run this portal`,
  );
}

/** The answer to a caller who lacks a permission. */
export function notAllowed(permission: BasicPermission) {
  return new NotAllowedError(
    `You lack the permission ${permission.name}; ask those who run this portal for it`,
  );
}
