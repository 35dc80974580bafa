import type {
  Initiative,
  InitiativeChange,
  InitiativeClosing,
  InitiativeSubmission,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { dayAgo } from './historyFixtures';
import { daysAgo } from './instants';
import { refusal } from './refusal';

/** An initiative that runs, unless told otherwise. */
export function initiative(
  id: string,
  overrides: Partial<Initiative> = {},
): Initiative {
  return {
    id,
    version: 1,
    title: `Initiative ${id}`,
    description: null,
    filter: { tier: ['1'] },
    goal: { kind: 'in-order', measure: 'gameDay' },
    dueOn: dayAgo(-40),
    state: 'running',
    progress: { services: 10, reached: 6, waived: 1, unknown: 1 },
    createdBy: 'user:default/ada',
    createdAt: daysAgo(20),
    closedBy: null,
    closedAt: null,
    closingNote: null,
    ...overrides,
  };
}

/** The initiatives of the fake backend. */
export class FakeInitiatives {
  readonly #initiatives: Initiative[];
  readonly #keys = new Map<string, string>();

  constructor(initiatives: Initiative[]) {
    this.#initiatives = [...initiatives];
  }

  list(query: OperationalExcellenceQuery): Initiative[] {
    const states = [query.state ?? []].flat();
    return this.#initiatives.filter(
      ({ state }) => !states.length || states.includes(state),
    );
  }

  async get(id: string): Promise<Initiative> {
    const found = this.#initiatives.find(each => each.id === id);
    if (!found) throw await refusal(404, `No initiative ${id}`);
    return found;
  }

  async create(submission: InitiativeSubmission): Promise<Initiative> {
    const { key, ...fields } = submission;
    const known = this.#keys.get(key);
    if (known) return this.get(known);
    const created = initiative(`new-${this.#initiatives.length + 1}`, {
      ...fields,
      createdAt: new Date().toISOString(),
      createdBy: 'user:default/guest',
    });
    this.#keys.set(key, created.id);
    this.#initiatives.unshift(created);
    return created;
  }

  change(id: string, { version, ...fields }: InitiativeChange) {
    return this.#replace(id, version, fields);
  }

  close(id: string, { note, version }: InitiativeClosing) {
    return this.#replace(id, version, {
      state: 'closed',
      closedAt: new Date().toISOString(),
      closedBy: 'user:default/guest',
      closingNote: note,
    });
  }

  async #replace(
    id: string,
    version: number,
    change: Partial<Initiative>,
  ): Promise<Initiative> {
    const found = await this.get(id);
    if (found.version !== version) {
      throw await refusal(409, 'Grace has saved it in between');
    }
    const changed = { ...found, ...change, version: version + 1 };
    this.#initiatives[this.#initiatives.indexOf(found)] = changed;
    return changed;
  }
}
