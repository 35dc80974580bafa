import {
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { BriefMemory } from './BriefMemory';
import {
  Decision,
  Decisions,
  notAllowed,
  notAllowedFor,
  ServicePermission,
} from './Decisions';
import { Visibility } from './Visibility';
import { VisibleServices } from './VisibleServices';

/** Callers whose decisions are kept. */
const MAX_DECISIONS = 5_000;

/** References kept over all callers, some 100 bytes each. */
const MAX_ENTITY_REFS = 500_000;

export interface VisibilityServiceOptions {
  catalog: CatalogService;
  logger: LoggerService;
  permissions: PermissionsService;
  /** Which entities of the catalog are services. */
  filter: FilterPredicate;
  /** How long a decision of the permission backend is believed, milliseconds. */
  decisionsFor: number;
  /** How long what the catalog showed to a caller is believed, milliseconds. */
  servicesFor: number;
  now?: () => number;
}

/** A service that a caller wants to change something of. */
export interface ServiceToChange {
  visible: Visibility;
  /**
   * Lets those through who may change it. For after they are told where they do
   * not see it.
   *
   * @throws NotAllowedError where they may not
   */
  authorize(): void;
}

/**
 * Decides what a caller may do and which services they may see: those whose
 * entities they may read in the catalog. Users and services are treated alike.
 *
 * Where reading entities is not bound to conditions, that takes one request to
 * the permission backend and none to the catalog. What was decided and seen is
 * remembered briefly, for each caller apart. A permission backend or a catalog
 * that fails fails the request.
 */
export class VisibilityService {
  readonly #decisions: Decisions;
  readonly #decided: BriefMemory<Decision>;
  readonly #visibleServices: VisibleServices;
  readonly #seen: BriefMemory<ReadonlySet<string>>;

  static create(options: VisibilityServiceOptions) {
    return new VisibilityService(options);
  }

  private constructor(options: VisibilityServiceOptions) {
    const { decisionsFor, servicesFor, now } = options;
    this.#decisions = Decisions.create(options);
    this.#decided = new BriefMemory({
      keepFor: decisionsFor,
      maxWeight: MAX_DECISIONS,
      now,
    });
    this.#visibleServices = VisibleServices.create(options);
    this.#seen = new BriefMemory({
      keepFor: servicesFor,
      maxWeight: MAX_ENTITY_REFS,
      // One who sees nothing takes room as well.
      weigh: entityRefs => entityRefs.size + 1,
      now,
    });
  }

  /**
   * Which services the caller may see, once they have the permission.
   *
   * @throws NotAllowedError where they lack it
   */
  async ofServices(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Visibility> {
    const entities = await this.#decide(credentials, permission);
    return (
      unconditional(entities) ?? {
        kind: 'only',
        entityRefs: await this.#seen.recall(keyOf(credentials, entities), () =>
          this.#visibleServices.all(credentials),
        ),
      }
    );
  }

  /**
   * Whether the caller may see one service, once they have the permission: a
   * visibility of that service only. Where it depends on conditions, this looks
   * at that one entity instead of the whole catalog.
   *
   * @throws NotAllowedError where they lack the permission
   */
  async ofService(
    entityRef: string,
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Visibility> {
    const entities = await this.#decide(credentials, permission);
    return this.#ofOne(entityRef, credentials, entities);
  }

  /**
   * The same for a caller who wants to change something of the service, for which
   * they need a further permission. Asks anew each time, because it guards what
   * changes something.
   *
   * @throws NotAllowedError where they lack the permission to see services
   */
  async ofServiceToChange(
    service: ServicePermission,
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<ServiceToChange> {
    const { allowed, allowedForService, entities } =
      await this.#decisions.withEntitiesAndService(
        credentials,
        permission,
        service,
      );
    if (!allowed) throw notAllowed(permission);
    return {
      visible: await this.#ofOne(service.entityRef, credentials, entities),
      authorize() {
        if (!allowedForService) throw notAllowedFor(service);
      },
    };
  }

  /**
   * Lets those through who have the permission. Asks anew each time, because it
   * guards what changes something.
   *
   * @throws NotAllowedError where they lack it
   */
  async authorize(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    await this.#decisions.require(credentials, permission);
  }

  /** The same as an answer. */
  async isAllowed(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<boolean> {
    return this.#decisions.isAllowed(credentials, permission);
  }

  /**
   * The same for a permission that speaks of a single service.
   *
   * @throws NotAllowedError where they lack it for that service
   */
  async authorizeFor(
    entityRef: string,
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<void> {
    await this.#decisions.requireFor(entityRef, credentials, permission);
  }

  /**
   * Those of some services for which the caller has the permission, in one
   * request. Asks anew each time, because it guards what changes something.
   */
  async allowedFor(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<ReadonlySet<string>> {
    return this.#decisions.allowedFor(entityRefs, credentials, permission);
  }

  async #ofOne(
    entityRef: string,
    credentials: BackstageCredentials,
    entities: PolicyDecision,
  ): Promise<Visibility> {
    return (
      unconditional(entities) ?? {
        kind: 'only',
        entityRefs:
          this.#seen.peek(keyOf(credentials, entities)) ??
          (await this.#visibleServices.one(entityRef, credentials)),
      }
    );
  }

  async #decide(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<PolicyDecision> {
    const { allowed, entities } = await this.#decided.recall(
      keyOf(credentials, permission.name),
      () => this.#decisions.withEntities(credentials, permission),
    );
    if (!allowed) throw notAllowed(permission);
    return entities;
  }
}

/** What everyone or no one sees; `undefined` where that depends on conditions. */
function unconditional(decision: PolicyDecision): Visibility | undefined {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return { kind: 'all' };
    case AuthorizeResult.CONDITIONAL:
      return undefined;
    default:
      return { kind: 'only', entityRefs: new Set() };
  }
}

/**
 * One key per caller and question. A service is told apart by its access
 * restrictions as well, for its subject alone need not be unique.
 */
function keyOf(
  { principal }: BackstageCredentials,
  question: string | PolicyDecision,
) {
  return JSON.stringify([principal, question]);
}
