import type {
  ExerciseApprovalRequest,
  ExerciseChange,
  ExerciseDetail,
  ExerciseExperimentLink,
  ExerciseLogSubmission,
  ExerciseSubmissionInput,
  ExerciseTransitionInput,
  ExperimentSuggestions,
  LinkedExperiment,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { exercise } from './exerciseFixtures';
import { refusal } from './refusal';

const READER = 'user:default/guest';

/**
 * The exercises of the fake backend: the same key is the same exercise, and a
 * change of another version than the stored one is refused.
 */
export class FakeExercises {
  readonly #exercises: ExerciseDetail[];
  readonly #idsByKey = new Map<string, { id: string; body: string }>();
  readonly #logKeys = new Set<string>();
  readonly #suggestions = new Map<string, LinkedExperiment[]>();
  readonly #titleOf: (entityRef: string) => string;

  constructor(
    exercises: ExerciseDetail[],
    titleOf: (entityRef: string) => string,
  ) {
    this.#exercises = [...exercises];
    this.#titleOf = titleOf;
  }

  /** Has experiments that match an exercise and are not linked to it. */
  suggest(id: string, ...experiments: LinkedExperiment[]): void {
    this.#suggestions.set(id, experiments);
  }

  /** Lets somebody else change an exercise. */
  changeBy(
    who: string,
    id: string,
    change: Partial<ExerciseDetail>,
  ): ExerciseDetail {
    const earlier = this.#find(id);
    return this.#replace({
      ...earlier,
      ...change,
      version: earlier.version + 1,
      updatedBy: who,
      updatedAt: new Date().toISOString(),
    });
  }

  list(query: OperationalExcellenceQuery): ExerciseDetail[] {
    const asks = (name: string, values: string[]) => {
      const asked = [query[name] ?? []].flat();
      return !asked.length || values.some(value => asked.includes(value));
    };
    const text = String(query.q ?? '').toLowerCase();
    const from = query.from ? Date.parse(String(query.from)) : -Infinity;
    const to = query.to ? Date.parse(String(query.to)) : Infinity;
    const startOf = (each: ExerciseDetail) =>
      Date.parse(each.startedAt ?? each.plannedStart);
    const endOf = (each: ExerciseDetail) =>
      Date.parse(each.endedAt ?? each.plannedEnd);
    const sign = query.sort === 'start' ? 1 : -1;
    return this.#exercises
      .filter(
        each =>
          asks(
            'entityRef',
            each.services.map(({ entityRef }) => entityRef),
          ) &&
          asks('kind', [each.kind]) &&
          asks('stage', [each.stage]) &&
          each.title.toLowerCase().includes(text) &&
          endOf(each) >= from &&
          startOf(each) < to,
      )
      .sort((a, b) => sign * (startOf(a) - startOf(b)));
  }

  async get(id: string): Promise<ExerciseDetail> {
    const found = this.#exercises.find(each => each.id === id);
    if (!found) throw await refusal(404, `No exercise ${id}`);
    return found;
  }

  async plan(submission: ExerciseSubmissionInput): Promise<ExerciseDetail> {
    const { entityRefs, environmentId, key, ...plan } = submission;
    const body = JSON.stringify(submission);
    const known = this.#idsByKey.get(key);
    if (known) {
      if (known.body !== body) {
        throw await refusal(409, 'The key was used for another exercise');
      }
      return this.#find(known.id);
    }
    const id = `${this.#exercises.length + 1}`;
    this.#idsByKey.set(key, { id, body });
    const planned = exercise(id, {
      ...plan,
      services: this.#servicesOf(entityRefs),
      environment: environmentId
        ? { id: environmentId, title: environmentId }
        : null,
    });
    this.#exercises.push(planned);
    return planned;
  }

  async change(id: string, change: ExerciseChange): Promise<ExerciseDetail> {
    const { entityRefs, environmentId, version, ...plan } = change;
    const earlier = await this.#current(id, version);
    return this.#save({
      ...earlier,
      ...plan,
      ...(entityRefs && { services: this.#servicesOf(entityRefs) }),
      ...(environmentId !== undefined && {
        environment: environmentId
          ? { id: environmentId, title: environmentId }
          : null,
      }),
    });
  }

  async move(
    id: string,
    transition: ExerciseTransitionInput,
  ): Promise<ExerciseDetail> {
    const earlier = await this.#current(id, transition.version);
    const now = new Date().toISOString();
    switch (transition.to) {
      case 'running':
        return this.#save({
          ...earlier,
          state: 'running',
          stage: 'running',
          startedAt: transition.at ?? now,
        });
      case 'held':
        return this.#save({
          ...earlier,
          state: 'held',
          stage: 'held',
          startedAt: transition.startedAt ?? earlier.startedAt,
          endedAt: transition.at ?? now,
          outcome: transition.outcome,
          surprises: transition.surprises ?? null,
        });
      default:
        return this.#save({
          ...earlier,
          state: 'cancelled',
          stage: 'cancelled',
          cancelReason: transition.reason,
        });
    }
  }

  async log(id: string, entry: ExerciseLogSubmission): Promise<void> {
    const earlier = await this.get(id);
    if (this.#logKeys.has(entry.key)) return;
    this.#logKeys.add(entry.key);
    this.#replace({
      ...earlier,
      log: [
        ...earlier.log,
        {
          id: entry.key,
          at: entry.at ?? new Date().toISOString(),
          by: READER,
          text: entry.text,
        },
      ],
    });
  }

  async decide(id: string, decision: ExerciseApprovalRequest): Promise<void> {
    const { version, ...decided } = decision;
    const earlier = await this.#current(id, version);
    if (!earlier.mayDecide) throw await refusal(403, 'You may not decide');
    const approvals = earlier.approvals.map(approval => ({
      ...approval,
      ...decided,
      decidedBy: READER,
      decidedAt: new Date().toISOString(),
    }));
    this.#replace({
      ...earlier,
      approvals,
      approvalState: decision.decision,
    });
  }

  async suggestions(id: string): Promise<ExperimentSuggestions> {
    return { items: this.#suggestions.get(id) ?? [] };
  }

  async link(id: string, link: ExerciseExperimentLink): Promise<void> {
    const earlier = await this.get(id);
    const suggested = this.#suggestions.get(id) ?? [];
    const found = suggested.find(each => isLinkedBy(link, each));
    if (!found) throw await refusal(404, 'No such experiment');
    this.suggest(id, ...suggested.filter(each => each !== found));
    this.#replace({
      ...earlier,
      experiments: [...earlier.experiments, { ...found, linkedBy: 'person' }],
    });
  }

  async unlink(id: string, link: ExerciseExperimentLink): Promise<void> {
    const earlier = await this.get(id);
    this.suggest(
      id,
      ...(this.#suggestions.get(id) ?? []),
      ...earlier.experiments.filter(each => isLinkedBy(link, each)),
    );
    this.#replace({
      ...earlier,
      experiments: earlier.experiments.filter(each => !isLinkedBy(link, each)),
    });
  }

  #servicesOf(entityRefs: string[]): ExerciseDetail['services'] {
    return entityRefs.map(entityRef => ({
      entityRef,
      title: this.#titleOf(entityRef),
    }));
  }

  async #current(id: string, version: number): Promise<ExerciseDetail> {
    const stored = await this.get(id);
    if (stored.version !== version) {
      throw await refusal(
        409,
        `${stored.updatedBy} saved this exercise in between`,
      );
    }
    return stored;
  }

  #save(changed: ExerciseDetail): ExerciseDetail {
    return this.changeBy(READER, changed.id, changed);
  }

  #find(id: string): ExerciseDetail {
    const found = this.#exercises.find(each => each.id === id);
    if (!found) throw new Error(`No exercise ${id}`);
    return found;
  }

  #replace(changed: ExerciseDetail): ExerciseDetail {
    const index = this.#exercises.findIndex(({ id }) => id === changed.id);
    this.#exercises[index] = changed;
    return changed;
  }
}

function isLinkedBy(
  { experimentId, sourceId }: ExerciseExperimentLink,
  experiment: LinkedExperiment,
): boolean {
  return experiment.id === experimentId && experiment.sourceId === sourceId;
}
