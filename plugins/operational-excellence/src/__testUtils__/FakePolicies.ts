import {
  MEASURES,
  policySchema,
  type Policies,
  type Policy,
  type PolicyPreview,
  type PolicyPreviewService,
  type PolicyPreviewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { refusal } from './refusal';

/** A policy as the configuration has it, with the defaults of the rest. */
export function policy(overrides: Partial<Policy> = {}): Policy {
  return policySchema.parse({
    id: 'default',
    backlog: { maxAge: 'P90D' },
    gameDay: { every: 'P180D' },
    readinessTest: { templates: ['production-readiness'], every: 'P365D' },
    ...overrides,
  });
}

/** A preview that is done and found two changes, unless told otherwise. */
export function policyPreview(
  id: string,
  overrides: Partial<PolicyPreview> = {},
): PolicyPreview {
  return {
    id,
    state: 'done',
    problem: null,
    policies: [policy()],
    createdBy: 'user:default/guest',
    createdAt: new Date().toISOString(),
    services: 10,
    changed: 2,
    changes: [
      { measure: 'gameDay', from: 'ok', to: 'overdue', services: 2 },
      { measure: null, from: 'ok', to: 'overdue', services: 1 },
    ],
    ...overrides,
  };
}

/** A service whose game day would become overdue, unless told otherwise. */
export function previewedService(
  title: string,
  overrides: Partial<PolicyPreviewService> = {},
): PolicyPreviewService {
  const same = { from: 'ok', to: 'ok' } as const;
  return {
    entityRef: `component:default/${title.toLowerCase()}`,
    title,
    policyBefore: 'default',
    policyAfter: 'default',
    service: { from: 'ok', to: 'overdue' },
    backlog: same,
    gameDay: { from: 'ok', to: 'overdue' },
    readinessTest: same,
    ...overrides,
  };
}

/** The policies of the fake backend, and what others would change. */
export class FakePolicies {
  /** What becomes of the preview that is begun next. */
  next: Partial<PolicyPreview> = {};
  readonly #policies: Policies['items'];
  readonly #previews: Map<string, PolicyPreview>;
  readonly #services: PolicyPreviewService[];

  constructor(
    policies: Policies['items'],
    previews: PolicyPreview[],
    services: PolicyPreviewService[],
  ) {
    this.#policies = policies;
    this.#previews = new Map(previews.map(each => [each.id, each]));
    this.#services = services;
  }

  list(): Policies {
    return { items: this.#policies, asOf: new Date().toISOString() };
  }

  begin({ policies }: PolicyPreviewSubmission): PolicyPreview {
    const id = `preview-${this.#previews.size + 1}`;
    const begun = policyPreview(id, { policies, ...this.next });
    this.#previews.set(id, begun);
    return begun;
  }

  /** Lets a preview go on. */
  move(id: string, change: Partial<PolicyPreview>): void {
    this.#previews.set(id, policyPreview(id, change));
  }

  async get(id: string): Promise<PolicyPreview> {
    const found = this.#previews.get(id);
    if (!found) throw await refusal(404, `No preview ${id}`);
    return found;
  }

  services(query: OperationalExcellenceQuery): PolicyPreviewService[] {
    const { from, measure, to } = query;
    const of = MEASURES.find(known => known === measure) ?? 'service';
    return this.#services.filter(
      service =>
        (from === undefined || service[of].from === from) &&
        (to === undefined || service[of].to === to),
    );
  }
}
