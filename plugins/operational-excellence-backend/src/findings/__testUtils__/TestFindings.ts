import {
  findingSeveritySchema,
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { testTicket, TestStore } from '../../database/__testUtils__/TestStore';
import { TicketStore } from '../../tickets';

export const NOW = Date.parse('2026-03-01T12:00:00Z');

export const POLICIES: Policy[] = [
  policySchema.parse({ id: 'weekly', evaluation: { within: 'P1W' } }),
  policySchema.parse({ id: 'none' }),
];

const by = 'user:default/alice';

/** Exercises, findings and improvements as other parts of the backend write them. */
export class TestFindings {
  static async create(db: Knex): Promise<TestFindings> {
    const store = await TestStore.create(db);
    const scopeId = await store.addScope({ key: 'acme', lastSuccessAt: NOW });
    return new TestFindings(db, store, scopeId);
  }

  private constructor(
    readonly db: Knex,
    readonly store: TestStore,
    readonly scopeId: number,
  ) {}

  async addService(name: string, policy: string | null = 'none') {
    const id = await this.store.addService({
      name,
      policy,
      title: `The ${name}`,
      owners: [`group:default/${name}-owners`, 'group:default/everybody'],
    });
    await this.store.nameScope(id, this.scopeId);
    await this.store.recompute([id], { policies: POLICIES });
    return id;
  }

  async addExercise(
    id: string,
    serviceIds: number[],
    given: {
      title?: string;
      kind?: string;
      state?: string;
      started_at?: number | null;
      ended_at?: number | null;
    } = {},
  ) {
    await this.db('exercises').insert({
      id,
      kind: 'game-day',
      title: `Exercise ${id}`,
      search_text: id,
      state: 'held',
      planned_start: 1,
      planned_end: 2,
      started_at: null,
      starts_at: given.started_at ?? 1,
      ends_at: given.ended_at ?? 2,
      roles: '[]',
      stop_conditions: '[]',
      rollback_tried: false,
      prerequisites: '[]',
      plan_hash: '',
      created_by: by,
      created_at: 1,
      updated_by: by,
      updated_at: 1,
      version: 1,
      ...given,
    });
    for (const service_id of serviceIds) {
      await this.db('exercise_services').insert({
        exercise_id: id,
        service_id,
      });
    }
  }

  async addImprovement(given: {
    id: string;
    service_id: number;
    delivery_state?: string;
    external_id?: string | null;
  }) {
    await this.db('improvements').insert({
      title: `Improvement ${given.id}`,
      description: '',
      filed_by: by,
      submission_key: given.id,
      submission_hash: '',
      created_at: NOW,
      source_id: 'tracker:test',
      scope_key: 'acme',
      container: 'main',
      all_of: '[]',
      delivery_state: 'filed',
      ticket_key: given.external_id ? `T-${given.external_id}` : null,
      next_attempt_at: NOW,
      ...given,
    });
  }

  async addFinding(given: {
    id: string;
    service_id: number;
    exercise_id?: string | null;
    severity?: 'critical' | 'high' | 'medium' | 'low';
    created_at?: number;
    retest_by?: number | null;
    improvement_id?: string | null;
    lesson?: string | null;
    search_text?: string;
    text?: string;
    tags?: string[];
  }) {
    const { tags = [], ...row } = given;
    const severity = given.severity ?? 'medium';
    await this.db('findings').insert({
      version: 1,
      origin_kind: 'game-day',
      severity_rank: findingSeveritySchema.options.indexOf(severity),
      severity,
      text: `Finding ${given.id}`,
      search_text: '',
      created_by: by,
      submission_key: given.id,
      submission_hash: '',
      created_at: NOW,
      updated_by: by,
      updated_at: NOW,
      ...row,
    });
    for (const tag of tags) {
      await this.db('finding_tags').insert({ finding_id: given.id, tag });
    }
  }

  async addRetest(given: {
    id: string;
    finding_id: string;
    tested_at: number;
    result: 'fixed' | 'not-fixed';
    exercise_id?: string;
    experiment_id?: number;
  }) {
    await this.db('finding_retests').insert({
      recorded_by: by,
      recorded_at: NOW,
      submission_key: given.id,
      ...given,
    });
  }

  async storeTicket(ticket: Partial<Ticket> & { externalId: string }) {
    await this.db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: this.scopeId,
        tickets: [testTicket(ticket)],
      }),
    );
  }
}
