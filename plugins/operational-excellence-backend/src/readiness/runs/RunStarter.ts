import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  InputError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  applyingReadinessItems,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { noSuchService } from '../../services/noSuchService';
import { TemplateStore } from '../templates';
import { RunIdentity } from './runRows';
import { RunStore } from './RunStore';

export interface RunStarterOptions {
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  runs: RunStore;
  templates: TemplateStore;
}

/** Begins readiness tests: with what the template asks of the service by then. */
export class RunStarter {
  readonly #options: RunStarterOptions;

  static create(options: RunStarterOptions) {
    return new RunStarter(options);
  }

  private constructor(options: RunStarterOptions) {
    this.#options = options;
  }

  /**
   * The entity of a service as the catalog knows it, whoever may read it.
   *
   * @throws NotFoundError where it left the catalog
   */
  async entity(entityRef: string): Promise<Entity> {
    const { auth, catalog, logger } = this.#options;
    let items;
    try {
      ({ items } = await catalog.getEntitiesByRefs(
        { entityRefs: [entityRef] },
        { credentials: await auth.getOwnServiceCredentials() },
      ));
    } catch (error) {
      logger.error(
        `The catalog could not be asked for ${entityRef}: ${stringifyError(
          error,
        )}`,
      );
      throw new ServiceUnavailableError(
        'The catalog could not be asked which items apply to the service; try again later',
      );
    }
    const [entity] = items;
    if (!entity) throw noSuchService(entityRef);
    return entity;
  }

  /**
   * Begins a test, unless there is one that is known by the same.
   *
   * @returns its id, `undefined` where there is one
   * @throws InputError where there is no such template, or nothing of it applies
   */
  async start(
    tx: Knex.Transaction,
    run: {
      serviceId: number;
      entity: Entity;
      template: string;
      startedBy: string;
      now: Instant;
    },
    identity: RunIdentity,
  ): Promise<string | undefined> {
    const { runs, templates } = this.#options;
    const template = await templates.current(tx, run.template);
    if (!template) {
      throw new InputError(
        `Invalid body property template: there is no template ${shorten(
          run.template,
        )}; known are ${(await templates.ids(tx)).join(', ') || 'none'}`,
      );
    }
    const itemIds = applyingReadinessItems(template.content, run.entity);
    if (!itemIds.length) {
      throw new InputError(
        `Invalid body property template: no item of ${template.id} applies to the service`,
      );
    }
    const id = randomUUID();
    const added = await runs.add(
      tx,
      {
        id,
        serviceId: run.serviceId,
        template: template.id,
        revision: template.revision,
        itemIds,
        state: 'open',
        version: 1,
        startedAt: run.now,
        startedBy: run.startedBy,
        performedAt: null,
        performedBy: null,
        verdict: null,
        validUntil: null,
        summary: null,
        signOff: null,
        updatedBy: run.startedBy,
        updatedAt: run.now,
      },
      identity,
    );
    return added ? id : undefined;
  }
}

function shorten(text: string) {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
