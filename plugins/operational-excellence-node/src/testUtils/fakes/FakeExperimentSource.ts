import { z } from 'zod';
import {
  Experiment,
  ExperimentMatcher,
  ExperimentPage,
  ExperimentScope,
  ExperimentSource,
  HintedExperiments,
  KnownExperiment,
  MalformedAnnotationError,
  MalformedEventError,
  ServiceDescriptor,
  SourceEvents,
  SourceSchedule,
} from '../../sources';
import {
  ANNOTATION_FAKE_TEMPLATES,
  FAKE_EXPERIMENTS_TOPIC,
  FakeExperimentUpstream,
} from './FakeExperimentUpstream';

const ACCOUNT_ID = '123456789012';
const SCOPE_KEY = `${ACCOUNT_ID}/eu-west-1`;

/** What an event of fake experiments holds. */
const eventSchema = z.object({
  account: z.string(),
  id: z.string().regex(/^EXP\d+$/),
});

/**
 * An experiment source over experiments in memory, which tests change and make
 * fail through {@link FakeExperimentSource.upstream}. Services name templates by
 * the annotation `fake/experiment-templates`.
 *
 * @public
 */
export class FakeExperimentSource implements ExperimentSource {
  readonly annotations = [ANNOTATION_FAKE_TEMPLATES];
  readonly events: SourceEvents = {
    topics: [FAKE_EXPERIMENTS_TOPIC],
    hintsOf: ({ eventPayload }) => {
      const { data, error } = eventSchema.safeParse(eventPayload);
      if (error) {
        throw new MalformedEventError('account and the id of an experiment');
      }
      return data.account === ACCOUNT_ID
        ? [{ scopeKey: SCOPE_KEY, ref: data.id }]
        : [];
    },
  };

  static create(options?: {
    /** `fake:experiments` if left out. */
    id?: string;
    title?: string;
    schedule?: SourceSchedule;
    /** 3 if left out. */
    pageSize?: number;
    now?: () => number;
  }): FakeExperimentSource {
    const id = options?.id ?? 'fake:experiments';
    return new FakeExperimentSource(
      id,
      options?.title ?? 'Fake experiments',
      options?.schedule,
      new FakeExperimentUpstream({
        sourceId: id,
        pageSize: options?.pageSize ?? 3,
        now: options?.now ?? Date.now,
      }),
    );
  }

  private constructor(
    readonly id: string,
    readonly title: string,
    readonly schedule: SourceSchedule | undefined,
    readonly upstream: FakeExperimentUpstream,
  ) {}

  scopes(): ExperimentScope[] {
    return [{ key: SCOPE_KEY, title: `${ACCOUNT_ID} in eu-west-1` }];
  }

  matcherFor(service: ServiceDescriptor): ExperimentMatcher | undefined {
    const value = service.annotations[ANNOTATION_FAKE_TEMPLATES];
    if (value === undefined) return undefined;
    const templateIds = value.split(',').map(id => id.trim());
    if (templateIds.includes('')) {
      throw new MalformedAnnotationError(
        ANNOTATION_FAKE_TEMPLATES,
        value,
        'template ids separated by commas',
      );
    }
    return { templateIds, tagSelectors: [] };
  }

  async verify(options: { signal: AbortSignal }): Promise<void> {
    await this.upstream.whoAmI(options.signal);
  }

  async *changes(
    _scope: ExperimentScope,
    options: {
      cursor?: string;
      signal: AbortSignal;
      known(
        externalIds: string[],
      ): Promise<ReadonlyMap<string, KnownExperiment>>;
    },
  ): AsyncIterable<ExperimentPage> {
    const { cursor, signal, known } = options;
    let after = Number(cursor || 0);
    for (;;) {
      const listed = await this.upstream.list(after, signal);
      const stored = await known(listed.map(({ externalId }) => externalId));
      const experiments: Experiment[] = [];
      let requests = 1;
      for (const { externalId, tags } of listed) {
        const old = stored.get(externalId);
        if (old?.final && isSame(old.tags, tags)) continue;
        requests += 1;
        const experiment = await this.upstream.read(externalId, signal);
        if (experiment) experiments.push(experiment);
      }
      const isLast = listed.length < this.upstream.pageSize;
      // There is no order of change to go by: each run starts all over.
      after = isLast ? 0 : Number(listed.at(-1)!.externalId.slice(3));
      yield { experiments, cursor: String(after), requests };
      if (isLast) return;
    }
  }

  async *readHinted(
    _scope: ExperimentScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncIterable<HintedExperiments> {
    for (const ref of options.refs) {
      const experiment = await this.upstream.read(ref, options.signal);
      yield { experiments: experiment ? [experiment] : [], requests: 1 };
    }
  }
}

function isSame(a: Record<string, string>, b: Record<string, string>) {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(name => a[name] === b[name])
  );
}
