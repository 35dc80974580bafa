import {
  InitiativeChange,
  InitiativeClosing,
  InitiativeQuery,
  InitiativeSubmission,
  Instant,
  operationalExcellenceInitiativeManagePermission as initiativeManage,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller } from '../improvements';
import { VisibilityService } from '../visibility';
import { InitiativeQueries } from './InitiativeQueries';
import { Initiatives } from './Initiatives';
import { InitiativeService, noSuchInitiative } from './InitiativeService';

interface AuthorizedInitiativesOptions {
  initiatives: InitiativeService;
  queries: InitiativeQueries;
  visibility: VisibilityService;
  now?: () => Instant;
}

/** Lets callers do with initiatives what they may. */
export class AuthorizedInitiatives implements Initiatives {
  readonly #initiatives: InitiativeService;
  readonly #queries: InitiativeQueries;
  readonly #visibility: VisibilityService;
  readonly #now: () => Instant;

  static create(options: AuthorizedInitiativesOptions) {
    return new AuthorizedInitiatives(options);
  }

  private constructor(options: AuthorizedInitiativesOptions) {
    this.#initiatives = options.initiatives;
    this.#queries = options.queries;
    this.#visibility = options.visibility;
    this.#now = options.now ?? Date.now;
  }

  async list(query: InitiativeQuery, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    return this.#queries.list(query, visible, this.#now());
  }

  async get(id: string, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    const initiative = await this.#queries.get(id, visible, this.#now());
    if (!initiative) throw noSuchInitiative(id);
    return initiative;
  }

  async create(submission: InitiativeSubmission, caller: Caller) {
    const { credentials } = caller;
    await this.#authorize(caller);
    const { id, isNew } = await this.#initiatives.create(submission, {
      createdBy: nameOfCaller(credentials),
    });
    return { initiative: await this.get(id, caller), isNew };
  }

  async change(id: string, change: InitiativeChange, caller: Caller) {
    const { credentials } = caller;
    await this.#authorize(caller);
    await this.#initiatives.change(id, change, {
      changedBy: nameOfCaller(credentials),
    });
    return this.get(id, caller);
  }

  async close(id: string, closing: InitiativeClosing, caller: Caller) {
    const { credentials } = caller;
    await this.#authorize(caller);
    await this.#initiatives.close(id, closing, {
      closedBy: nameOfCaller(credentials),
    });
    return this.get(id, caller);
  }

  /** Before anything is written: who may not see services is told nothing. */
  async #authorize({ credentials }: Caller) {
    await this.#visibility.ofServices(credentials, serviceRead);
    await this.#visibility.authorize(credentials, initiativeManage);
  }
}
