import {
  ExperimentPage,
  KnownExperiment,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { FisApi, FisExperimentSummary, FisTemplate } from '../api';
import { ExperimentPlace } from './ExperimentPlace';
import { TemplateWords, toExperiment } from './toExperiment';

/** How many experiments a page holds; each takes a request of its own. */
const PAGE_SIZE = 20;

type Known = (
  externalIds: string[],
) => Promise<ReadonlyMap<string, KnownExperiment>>;

/**
 * One pass over all experiments of an account and Region.
 *
 * @remarks
 *
 * FIS cannot be asked for changes, promises no order, and tells in lists neither
 * when an experiment ran nor what it did. So each pass lists everything, and reads
 * the details of what is new, may still change, or was tagged anew.
 */
export class ExperimentPass {
  readonly #api: FisApi;
  readonly #context: PassContext;
  readonly #templates = new Map<string, FisTemplate>();
  readonly #startedAt = Date.now();
  #pages = 0;
  /** Made since the last page. */
  #requests = 0;
  #found = 0;
  #notFound: UpstreamError | undefined;

  static async *run(
    api: FisApi,
    context: PassContext,
  ): AsyncIterable<ExperimentPage> {
    yield* new ExperimentPass(api, context).#run();
  }

  private constructor(api: FisApi, context: PassContext) {
    this.#api = api;
    this.#context = context;
  }

  async *#run(): AsyncIterable<ExperimentPage> {
    const { signal, known } = this.#context;
    for await (const { items, requests } of this.#api.templates(signal)) {
      this.#requests += requests;
      items.forEach(template => this.#templates.set(template.id, template));
    }
    for await (const { items, requests } of this.#api.experiments(signal)) {
      this.#requests += requests;
      const stored = await known(items.map(({ id }) => id));
      const stale = items.filter(item => this.#isStale(item, stored));
      for (let start = 0; start < stale.length; start += PAGE_SIZE) {
        yield await this.#page(stale.slice(start, start + PAGE_SIZE), stored);
      }
    }
    // That all of them were forgotten just now is no answer to believe.
    if (this.#notFound && this.#found === 0) throw this.#notFound;
    // Nothing new at all, or requests that no page has counted yet.
    if (this.#pages === 0 || this.#requests > 0) {
      yield await this.#page([], new Map());
    }
  }

  #isStale(
    summary: FisExperimentSummary,
    stored: ReadonlyMap<string, KnownExperiment>,
  ): boolean {
    const known = stored.get(summary.id);
    return (
      !known?.final ||
      !sameTags(known.tags, summary.tags) ||
      !sameTags(known.templateTags, this.#templateOf(summary, known).tags)
    );
  }

  async #page(
    summaries: FisExperimentSummary[],
    stored: ReadonlyMap<string, KnownExperiment>,
  ): Promise<ExperimentPage> {
    const experiments: ExperimentPage['experiments'] = [];
    for (const { id } of summaries) {
      const { place, signal } = this.#context;
      const { experiment, notFound, requests } = await this.#api.experiment(
        id,
        signal,
      );
      this.#requests += requests;
      if (!experiment) {
        const { accountId, region, logger } = place;
        // FIS has forgotten it in between; what is stored of it stays.
        logger.debug(`${accountId}/${region}: experiment ${id} is gone`);
        this.#notFound = notFound;
        continue;
      }
      this.#found += 1;
      const template = this.#templateOf(experiment, stored.get(id));
      experiments.push(toExperiment(experiment, place, template));
    }
    const requests = this.#requests;
    this.#requests = 0;
    this.#pages += 1;
    // Only tells the pages of all passes apart: no pass goes on where another
    // one ended.
    const cursor = `${new Date(this.#startedAt).toISOString()}#${this.#pages}`;
    return { experiments, cursor, requests };
  }

  /** The template of an experiment; as it was, where it has been deleted. */
  #templateOf(
    { experimentTemplateId }: FisExperimentSummary,
    known: KnownExperiment | undefined,
  ): TemplateWords {
    const template = this.#templates.get(experimentTemplateId ?? '');
    return {
      description: template?.description ?? null,
      tags: template?.tags ?? known?.templateTags ?? {},
    };
  }
}

interface PassContext {
  place: ExperimentPlace;
  signal: AbortSignal;
  known: Known;
}

function sameTags(
  tags: Record<string, string>,
  others: Record<string, string>,
): boolean {
  const keys = Object.keys(tags);
  return (
    keys.length === Object.keys(others).length &&
    keys.every(key => tags[key] === others[key])
  );
}
