import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/** A request to the permission backend: who asked for which permissions. */
export interface PolicyRequest {
  caller: string;
  permissions: string[];
  /** Of which resources, where it was asked of some. */
  resourceRefs?: string[];
}

type Request = { permission: { name: string }; resourceRef?: string };
type Options = { credentials?: BackstageCredentials };

/**
 * A permission backend with a policy of one's own, which keeps a record of what
 * it was asked. As the real one, it decides basic permissions in conditional
 * requests as well, and answers services by itself.
 */
export class FakePolicy implements PermissionsService {
  readonly requests: PolicyRequest[] = [];
  #decide: (permission: string, caller: string) => PolicyDecision;

  constructor(decide: (permission: string, caller: string) => PolicyDecision) {
    this.#decide = decide;
  }

  /** From now on the policy is another one. */
  become(decide: (permission: string, caller: string) => PolicyDecision) {
    this.#decide = decide;
  }

  async authorize(requests: Request[], options?: object) {
    return this.#answer(requests, options).map(({ result }) => ({
      result:
        result === AuthorizeResult.ALLOW
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    }));
  }

  async authorizeConditional(requests: Request[], options?: object) {
    return this.#answer(requests, options);
  }

  #answer(requests: Request[], options?: Options): PolicyDecision[] {
    const caller = callerOf(options?.credentials);
    const permissions = requests.map(({ permission }) => permission.name);
    const resourceRefs = requests.flatMap(({ resourceRef }) =>
      resourceRef === undefined ? [] : [resourceRef],
    );
    this.requests.push({
      caller,
      permissions,
      ...(resourceRefs.length > 0 && { resourceRefs }),
    });
    return permissions.map(permission => this.#decide(permission, caller));
  }
}

/** The entity reference of a user, the subject of a service. */
export function callerOf(credentials: BackstageCredentials | undefined) {
  const principal = credentials?.principal as
    | { userEntityRef?: string; subject?: string }
    | undefined;
  return principal?.userEntityRef ?? principal?.subject ?? 'none';
}

export const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };

export const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** Reading entities depends on conditions that only the catalog understands. */
export function conditional(rule = 'IS_ENTITY_OWNER'): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: { resourceType: 'catalog-entity', rule, params: {} },
  };
}
