import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  EnvironmentQuery,
  EnvironmentReport,
  Instant,
  operationalExcellenceEnvironmentManagePermission as environmentManage,
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller, Improvements } from '../improvements';
import { noSuchService } from '../services/noSuchService';
import { Visibility, VisibilityService } from '../visibility';
import { EnvironmentQueries } from './EnvironmentQueries';
import { Environments } from './Environments';
import { EnvironmentService, noSuchEnvironment } from './EnvironmentService';

interface AuthorizedEnvironmentsOptions {
  environments: EnvironmentService;
  improvements: Pick<Improvements, 'get'>;
  queries: EnvironmentQueries;
  visibility: VisibilityService;
  now?: () => Instant;
}

/** Lets callers do with environments what they may, as far as they see them. */
export class AuthorizedEnvironments implements Environments {
  readonly #environments: EnvironmentService;
  readonly #improvements: Pick<Improvements, 'get'>;
  readonly #queries: EnvironmentQueries;
  readonly #visibility: VisibilityService;
  readonly #now: () => Instant;

  static create(options: AuthorizedEnvironmentsOptions) {
    return new AuthorizedEnvironments(options);
  }

  private constructor(options: AuthorizedEnvironmentsOptions) {
    this.#environments = options.environments;
    this.#improvements = options.improvements;
    this.#queries = options.queries;
    this.#visibility = options.visibility;
    this.#now = options.now ?? Date.now;
  }

  async list(query: EnvironmentQuery, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    return this.#queries.list(query, visible, this.#now());
  }

  async report(
    name: string,
    report: EnvironmentReport,
    { credentials }: Caller,
  ) {
    await this.#visibility.authorize(credentials, environmentManage);
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    const { isNew } = await this.#environments.report(name, report, {
      reportedBy: nameOfCaller(credentials),
      ownerRef: fullRef('ownerRef', report.ownerRef, 'group'),
      serviceIds: await this.#serviceIds(report, visible),
    });
    return { environment: await this.#read(name), isNew };
  }

  async remove(
    name: string,
    removal: { removedAt?: string },
    { credentials }: Caller,
  ) {
    await this.#visibility.authorize(credentials, environmentManage);
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    if (!(await this.#queries.get({ name }, visible, this.#now()))) {
      throw noSuchEnvironment(name);
    }
    await this.#environments.remove(name, removal, {
      reportedBy: nameOfCaller(credentials),
    });
    return this.#read(name);
  }

  async choose(
    improvementId: string,
    environmentId: string | null,
    caller: Caller,
  ) {
    const { credentials } = caller;
    const { entityRef, id } = await this.#improvements.get(
      improvementId,
      caller,
    );
    await this.#visibility.authorizeFor(
      entityRef,
      credentials,
      improvementCreate,
    );
    if (environmentId !== null) {
      const visible = await this.#visibility.ofServices(
        credentials,
        serviceRead,
      );
      const environment = await this.#queries.get(
        { id: environmentId },
        visible,
        this.#now(),
      );
      if (!environment) throw noSuchEnvironment(environmentId);
    }
    await this.#environments.choose(id, environmentId);
    return this.#improvements.get(id, caller);
  }

  async #serviceIds(
    { entityRefs }: EnvironmentReport,
    visible: Visibility,
  ): Promise<number[]> {
    const refs = new Set(
      entityRefs.map(ref => fullRef('entityRefs', ref, 'component')),
    );
    const ids = await this.#queries.serviceIds([...refs], visible);
    for (const ref of refs) if (!ids.has(ref)) throw noSuchService(ref);
    return [...ids.values()];
  }

  /** What was just written. */
  async #read(name: string) {
    const environment = await this.#queries.get(
      { name },
      { kind: 'all' },
      this.#now(),
    );
    if (!environment) throw noSuchEnvironment(name);
    return environment;
  }
}

/** @throws InputError where it is no entity reference */
function fullRef(property: string, given: string, defaultKind: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(given, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    throw new InputError(
      `Invalid body property ${property}: expected an entity reference, such as ${defaultKind}:default/payments, given ${given.slice(
        0,
        100,
      )}`,
    );
  }
}
