import {
  Experiment,
  Ticket,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { StatusUpdater, StatusUpdaterOptions } from '../../status';
import { migrateToLatest } from '../applyMigrations';

/** A migrated database with what other parts of the backend write to it. */
export class TestStore {
  static async create(db: Knex): Promise<TestStore> {
    await migrateToLatest(db);
    return new TestStore(db);
  }

  private constructor(readonly db: Knex) {}

  /** Adds a service and answers its id. */
  async addService(service: {
    name: string;
    title?: string;
    policy?: string | null;
    owners?: string[];
    system?: string | null;
    domain?: string | null;
    type?: string | null;
    lifecycle?: string | null;
    tier?: string | null;
    removedAt?: number | null;
  }): Promise<number> {
    const { name, owners = [], title = name } = service;
    const entityRef = `component:default/${name}`;
    const [{ id }] = await this.db('services')
      .insert({
        entity_ref: entityRef,
        title,
        search_text: `${title} ${entityRef}`.toLocaleLowerCase('en-US'),
        owner_ref: owners[0] ?? null,
        system_ref: service.system ?? null,
        domain_ref: service.domain ?? null,
        type: service.type ?? null,
        lifecycle: service.lifecycle ?? null,
        tier: service.tier ?? null,
        policy_id: service.policy ?? null,
        annotations: '{}',
        content_hash: '',
        removed_at: service.removedAt ?? null,
      })
      .returning('id');
    for (const [depth, owner] of owners.entries()) {
      await this.db('service_owners').insert({
        service_id: id,
        owner_ref: owner,
        depth,
      });
    }
    return id;
  }

  /** Adds a scope and answers its id. */
  async addScope(scope: {
    key: string;
    sourceId?: string;
    kind?: 'ticket' | 'experiment';
    lastSuccessAt?: number | null;
    toleranceMs?: number;
    active?: boolean;
  }): Promise<number> {
    const [{ id }] = await this.db('scopes')
      .insert({
        source_id: scope.sourceId ?? 'tracker:test',
        kind: scope.kind ?? 'ticket',
        key: scope.key,
        title: `Scope ${scope.key}`,
        active: scope.active ?? true,
        next_run_at: 0,
        next_reconcile_at: 0,
        tolerance_ms: scope.toleranceMs ?? 3_600_000,
        last_success_at: scope.lastSuccessAt ?? null,
      })
      .returning('id');
    return id;
  }

  /**
   * Lets a service name a container of a scope, which is covered if the scope has
   * answered, unless told otherwise.
   */
  async nameScope(
    serviceId: number,
    scopeId: number,
    options: {
      container?: string;
      allOf?: string[];
      implicit?: boolean;
      covered?: boolean;
    } = {},
  ): Promise<void> {
    const { container = 'main' } = options;
    await this.db('service_scopes').insert({
      service_id: serviceId,
      scope_id: scopeId,
      container,
      all_of: JSON.stringify(options.allOf ?? []),
      implicit: options.implicit ?? false,
    });
    const scope = await this.db('scopes').where({ id: scopeId }).first();
    const covered = options.covered ?? scope.last_success_at !== null;
    await this.db('scope_containers')
      .insert({
        scope_id: scopeId,
        container,
        covered_at: covered ? scope.last_success_at ?? 1 : null,
      })
      .onConflict(['scope_id', 'container'])
      .ignore();
  }

  /** Recomputes the status of services. */
  async recompute(
    serviceIds: number[],
    options: Partial<StatusUpdaterOptions> = {},
  ): Promise<void> {
    const status = StatusUpdater.create({
      policies: [],
      experimentSourceIds: [],
      ...options,
    });
    await this.db.transaction(tx => status.recompute(tx, serviceIds));
  }

  /** The pairs of service id and external ticket id that match, in order. */
  async ticketMatches(): Promise<[number, string][]> {
    const rows = await this.db('ticket_matches')
      .join('tickets', 'tickets.id', 'ticket_matches.ticket_id')
      .orderBy(['service_id', 'external_id'])
      .select('service_id', 'external_id');
    return rows.map(row => [row.service_id, row.external_id]);
  }
}

/** An open improvement, unless told otherwise. */
export function testTicket(
  ticket: Partial<Ticket> & { externalId: string },
): Ticket {
  return {
    key: `T-${ticket.externalId}`,
    url: null,
    title: `Ticket ${ticket.externalId}`,
    state: 'open',
    improvement: true,
    createdAt: 1_000,
    startedAt: null,
    closedAt: null,
    updatedAt: 1_000,
    labels: [],
    priority: null,
    assignee: null,
    container: 'main',
    facets: [],
    ...ticket,
  };
}

/** A completed experiment, unless told otherwise. */
export function testExperiment(
  experiment: Partial<Experiment> & { externalId: string },
): Experiment {
  return {
    title: `Experiment ${experiment.externalId}`,
    url: null,
    accountId: '123456789012',
    region: 'eu-west-1',
    templateId: null,
    state: 'completed',
    reason: null,
    createdAt: 1_000,
    startedAt: 2_000,
    endedAt: 3_000,
    dryRun: false,
    stopConditions: [],
    actions: [],
    options: {},
    tags: {},
    templateTags: {},
    entityRefs: [],
    ...experiment,
  };
}
