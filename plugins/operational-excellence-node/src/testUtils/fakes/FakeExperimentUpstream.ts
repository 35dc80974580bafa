import { EventParams } from '@backstage/plugin-events-node';
import { FIS_ENTITY_REF_TAG } from 'backstage-plugin-operational-excellence-common';
import { Experiment, ServiceDescriptor } from '../../sources';
import { ExperimentUpstreamDriver } from '../contracts/ExperimentUpstreamDriver';
import { FakeUpstream } from './FakeUpstream';

/** @public */
export const ANNOTATION_FAKE_TEMPLATES = 'fake/experiment-templates';

/**
 * The topic of the events of fake experiments.
 *
 * @public
 */
export const FAKE_EXPERIMENTS_TOPIC = 'fake.experiments';

/**
 * What an experiment of a {@link FakeExperimentUpstream} is created with; all of
 * it has defaults.
 *
 * @public
 */
export type FakeExperimentInput = Partial<
  Omit<Experiment, 'externalId' | 'entityRefs'>
>;

/**
 * Experiments in memory.
 *
 * @public
 */
export class FakeExperimentUpstream
  extends FakeUpstream
  implements ExperimentUpstreamDriver
{
  readonly pageSize: number;
  readonly service: ServiceDescriptor = {
    entityRef: 'component:default/fake',
    title: 'Fake',
    annotations: { [ANNOTATION_FAKE_TEMPLATES]: 'EXT1,EXT2' },
  };
  readonly malformedAnnotations = [{ [ANNOTATION_FAKE_TEMPLATES]: 'EXT1,,' }];
  readonly unrelatedEvents = [eventOn({ account: '999999999999', id: 'EXP1' })];
  readonly malformedEvents = [
    eventOn({ account: '123456789012', id: '../experimentTemplates' }),
    eventOn({ account: '123456789012' }),
  ];
  readonly #now: () => number;
  readonly #experiments = new Map<string, Experiment>();
  readonly #reads = new Map<string, number>();
  #lastId = 0;

  constructor(options: {
    sourceId: string;
    pageSize: number;
    now: () => number;
  }) {
    super(options.sourceId);
    this.pageSize = options.pageSize;
    this.#now = options.now;
  }

  /** The event that tells of a change of an experiment's state. */
  async eventOf(externalId: string): Promise<EventParams> {
    return eventOn({
      account: this.#experiment(externalId).accountId,
      id: externalId,
    });
  }

  /** Adds an experiment in any state. */
  async add(input: FakeExperimentInput): Promise<string> {
    this.#lastId += 1;
    const externalId = `EXP${this.#lastId}`;
    const now = this.#now();
    this.#experiments.set(externalId, {
      title: `Experiment ${this.#lastId}`,
      url: `https://experiments.example/${externalId}`,
      accountId: '123456789012',
      region: 'eu-west-1',
      templateId: 'EXT1',
      state: 'running',
      reason: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
      dryRun: false,
      stopConditions: [],
      actions: [],
      options: {},
      tags: {},
      templateTags: {},
      ...input,
      externalId,
      entityRefs: entityRefsOf(input.tags),
    });
    return externalId;
  }

  async start(experiment: {
    tags: Record<string, string>;
    dryRun: boolean;
  }): Promise<string> {
    return this.add(experiment);
  }

  async end(externalId: string, state: 'completed' | 'stopped'): Promise<void> {
    this.#change(externalId, { state, endedAt: this.#now() });
  }

  async endUnstarted(): Promise<string> {
    return this.add({
      state: 'cancelled',
      reason: 'The safety lever is engaged',
      startedAt: null,
      endedAt: this.#now(),
    });
  }

  async tag(externalId: string, tags: Record<string, string>): Promise<void> {
    this.#change(externalId, { tags, entityRefs: entityRefsOf(tags) });
  }

  async forget(externalId: string): Promise<void> {
    this.#experiments.delete(externalId);
  }

  readsOf(externalId: string): number {
    return this.#reads.get(externalId) ?? 0;
  }

  /** Refuses credentials that are not good. */
  async whoAmI(signal: AbortSignal): Promise<void> {
    await this.receive('GET /me', signal);
    if (this.isEmptyHanded) {
      throw this.error('GET /me', {
        kind: 'unauthorized',
        status: 401,
        detail: 'Nobody is signed in',
      });
    }
  }

  /** A page of what there is, without the instants that only `read` tells. */
  async list(
    after: number,
    signal: AbortSignal,
  ): Promise<Pick<Experiment, 'externalId' | 'state' | 'tags'>[]> {
    await this.receive('GET /experiments', signal);
    if (this.isEmptyHanded) return [];
    return [...this.#experiments.values()]
      .filter(({ externalId }) => Number(externalId.slice(3)) > after)
      .slice(0, this.pageSize)
      .map(({ externalId, state, tags }) => ({ externalId, state, tags }));
  }

  /** One experiment; `undefined` where it was forgotten meanwhile. */
  async read(
    externalId: string,
    signal: AbortSignal,
  ): Promise<Experiment | undefined> {
    await this.receive(`GET /experiments/${externalId}`, signal);
    this.#reads.set(externalId, this.readsOf(externalId) + 1);
    const experiment = this.#experiments.get(externalId);
    return experiment && structuredClone(experiment);
  }

  #experiment(externalId: string): Experiment {
    const experiment = this.#experiments.get(externalId);
    if (!experiment) {
      throw new Error(`The fake has no experiment ${externalId}`);
    }
    return experiment;
  }

  #change(externalId: string, change: Partial<Experiment>) {
    const experiment = this.#experiment(externalId);
    this.#experiments.set(externalId, { ...experiment, ...change });
  }
}

function eventOn(eventPayload: { account: string; id?: string }): EventParams {
  return { topic: FAKE_EXPERIMENTS_TOPIC, eventPayload };
}

function entityRefsOf(tags: Record<string, string> = {}): string[] {
  const entityRef = tags[FIS_ENTITY_REF_TAG];
  return entityRef ? [entityRef] : [];
}
