import { PermissionsService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  operationalExcellenceServiceReadPermission,
  operationalExcellenceTrackerCreatePermission,
  operationalExcellenceTrackerImportPermission,
  operationalExcellenceTrackerUpdatePermission,
} from 'backstage-plugin-operational-excellence-common';
import { ReadableEntities } from '../access';
import {
  NewTicket,
  PastTicket,
  TicketContent,
  TicketListQuery,
  Transition,
} from '../tickets';
import { CallOptions, ChangeOptions, TrackerService } from './TrackerService';

export interface AuthorizedTrackerServiceOptions {
  service: TrackerService;
  permissions: PermissionsService;
  entities: ReadableEntities;
}

/**
 * Lets callers do what they have the permission for, with tickets of entities
 * that they may read in the catalog. Other tickets do not exist for them.
 */
export class AuthorizedTrackerService implements TrackerService {
  readonly #service: TrackerService;
  readonly #permissions: PermissionsService;
  readonly #entities: ReadableEntities;

  private constructor(options: AuthorizedTrackerServiceOptions) {
    this.#service = options.service;
    this.#permissions = options.permissions;
    this.#entities = options.entities;
  }

  static create(
    options: AuthorizedTrackerServiceOptions,
  ): AuthorizedTrackerService {
    return new AuthorizedTrackerService(options);
  }

  async create(
    ticket: NewTicket,
    options: CallOptions & { idempotencyKey?: string },
  ) {
    await this.#authorize(
      operationalExcellenceTrackerCreatePermission,
      options,
    );
    await this.#assertReadable([ticket.entityRef], options);
    return this.#service.create(ticket, options);
  }

  async get(key: string, options: CallOptions) {
    await this.#authorize(operationalExcellenceServiceReadPermission, options);
    return this.#getReadable(key, options);
  }

  async list(query: TicketListQuery, options: CallOptions) {
    await this.#authorize(operationalExcellenceServiceReadPermission, options);
    const readable = await this.#entities.among(query.entityRefs, options);
    return this.#service.list({ ...query, entityRefs: [...readable] }, options);
  }

  async update(
    key: string,
    changes: Partial<TicketContent>,
    options: ChangeOptions,
  ) {
    await this.#authorize(
      operationalExcellenceTrackerUpdatePermission,
      options,
    );
    await this.#getReadable(key, options);
    return this.#service.update(key, changes, options);
  }

  async transition(
    key: string,
    transition: Transition,
    options: ChangeOptions,
  ) {
    await this.#authorize(
      operationalExcellenceTrackerUpdatePermission,
      options,
    );
    await this.#getReadable(key, options);
    return this.#service.transition(key, transition, options);
  }

  async import(tickets: PastTicket[], options: CallOptions) {
    await this.#authorize(
      operationalExcellenceTrackerImportPermission,
      options,
    );
    await this.#assertReadable(
      tickets.map(({ entityRef }) => entityRef),
      options,
    );
    return this.#service.import(tickets, options);
  }

  async #authorize(permission: BasicPermission, { credentials }: CallOptions) {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name}; ask whoever runs this portal for it`,
      );
    }
  }

  async #assertReadable(entityRefs: string[], options: CallOptions) {
    const readable = await this.#entities.among(entityRefs, options);
    const missing = [...new Set(entityRefs)].filter(ref => !readable.has(ref));
    if (missing.length) {
      const further =
        missing.length > 5 ? `, and ${missing.length - 5} more` : '';
      throw new InputError(
        `The catalog shows you no entity ${missing
          .slice(0, 5)
          .join(', ')}${further}`,
      );
    }
  }

  async #getReadable(key: string, options: CallOptions) {
    const found = await this.#service.get(key, options);
    const { entityRef } = found.ticket;
    const readable = await this.#entities.among([entityRef], options);
    if (!readable.has(entityRef)) {
      throw new NotFoundError(`There is no ticket ${key}`);
    }
    return found;
  }
}
