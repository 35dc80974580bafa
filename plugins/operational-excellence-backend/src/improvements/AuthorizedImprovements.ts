import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ImprovementCorrection,
  ImprovementQuery,
  ImprovementSubmission,
  operationalExcellenceImprovementCreatePermission as improvementCreate,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { fullEntityRef } from '../services/fullEntityRef';
import { noSuchService } from '../services/noSuchService';
import { lowerCase } from '../services/serviceFilters';
import { isVisible } from '../services/visibleServices';
import { ServiceToChange, Visibility, VisibilityService } from '../visibility';
import { ImprovementFiling } from './ImprovementFiling';
import { Caller, Improvements } from './Improvements';
import { ImprovementQueries } from './queries';

interface AuthorizedImprovementsOptions {
  filing: ImprovementFiling;
  queries: ImprovementQueries;
  visibility: VisibilityService;
}

/** Lets callers do with improvements what they may, of services that they see. */
export class AuthorizedImprovements implements Improvements {
  readonly #filing: ImprovementFiling;
  readonly #queries: ImprovementQueries;
  readonly #visibility: VisibilityService;

  static create(options: AuthorizedImprovementsOptions) {
    return new AuthorizedImprovements(options);
  }

  private constructor(options: AuthorizedImprovementsOptions) {
    this.#filing = options.filing;
    this.#queries = options.queries;
    this.#visibility = options.visibility;
  }

  async submit(submission: ImprovementSubmission, { credentials }: Caller) {
    const entityRef = fullEntityRef(submission.entityRef);
    const given = { ...submission, entityRef };
    // Looked up while it is decided what the caller may do, who is told nothing
    // of it before.
    const preparing = this.#filing.prepare(given, {
      filedBy: nameOfCaller(credentials),
    });
    // Awaited below, unless they may not: then it does not matter how it went.
    preparing.catch(() => undefined);
    const service = await this.#ofServiceToFileFor(entityRef, credentials);
    const prepared = isVisible(lowerCase(entityRef), service.visible)
      ? await preparing
      : undefined;
    if (!prepared) throw noSuchService(entityRef);
    service.authorize();
    const { id, isNew } = await this.#filing.submit(given, prepared);
    return { improvement: await this.#read(id), isNew };
  }

  async resend(
    id: string,
    correction: ImprovementCorrection,
    { credentials }: Caller,
  ) {
    const improvement = await this.#queries.read(id);
    if (!improvement) throw noSuchImprovement(id);
    const service = await this.#ofServiceToFileFor(
      improvement.entityRef,
      credentials,
    );
    if (!(await this.#queries.get(id, service.visible))) {
      throw noSuchImprovement(id);
    }
    service.authorize();
    await this.#filing.resend(id, correction);
    return this.#read(id);
  }

  async list(query: ImprovementQuery, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    return this.#queries.list(query, visible);
  }

  async get(id: string, { credentials }: Caller) {
    const improvement = await this.#queries.read(id);
    // Who may see nothing is told so, also where there is nothing.
    const visible = await (improvement
      ? this.#ofService(improvement.entityRef, credentials)
      : this.#visibility.ofServices(credentials, serviceRead));
    const detail = await this.#queries.get(id, visible);
    if (!detail) throw noSuchImprovement(id);
    return detail;
  }

  async trackers(entityRef: string, { credentials }: Caller) {
    const visible = await this.#ofService(entityRef, credentials);
    const trackers = await this.#queries.trackers(entityRef, visible);
    if (!trackers) throw noSuchService(entityRef);
    return trackers;
  }

  async similarTickets(
    entityRef: string,
    query: { q: string },
    { credentials }: Caller,
  ) {
    const visible = await this.#ofService(entityRef, credentials);
    const tickets = await this.#queries.similarTickets(
      entityRef,
      query,
      visible,
    );
    if (!tickets) throw noSuchService(entityRef);
    return tickets;
  }

  async #ofService(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    return this.#visibility.ofService(entityRef, credentials, serviceRead);
  }

  async #ofServiceToFileFor(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ServiceToChange> {
    return this.#visibility.ofServiceToChange(
      { permission: improvementCreate, entityRef },
      credentials,
      serviceRead,
    );
  }

  /** What was just written. */
  async #read(id: string) {
    const improvement = await this.#queries.read(id);
    if (!improvement) throw noSuchImprovement(id);
    return improvement;
  }
}

/** The same whether there is none or its service is hidden from the caller. */
export function noSuchImprovement(id: string) {
  return new NotFoundError(
    `There is no improvement ${
      id.length > 100 ? `${id.slice(0, 100)}…` : id
    }, or you may not see its service in the catalog`,
  );
}
