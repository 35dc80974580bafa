import { isFinalExperimentState } from 'backstage-plugin-operational-excellence-common';
import {
  Experiment,
  ExperimentPage,
  ExperimentScope,
  ExperimentSource,
  KnownExperiment,
} from '../../sources';

/** No run of a contract takes more pages; ends one that goes in circles. */
const MAX_PAGES = 200;

/** Reads the scope under test as the backend would, and keeps what it gets. */
export class ExperimentRun {
  readonly #source: ExperimentSource;
  readonly #scope: ExperimentScope;
  readonly #stored = new Map<string, Experiment>();
  #cursor: string | undefined;

  static of(source: ExperimentSource): ExperimentRun {
    const [scope] = source.scopes();
    if (!scope) throw new Error('The source has no scope');
    return new ExperimentRun(source, scope);
  }

  private constructor(source: ExperimentSource, scope: ExperimentScope) {
    this.#source = source;
    this.#scope = scope;
  }

  /** What is stored, by external id. */
  get stored(): ReadonlyMap<string, Experiment> {
    return this.#stored;
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  /**
   * Reads on from the last cursor, and stores each page.
   *
   * @param options - `pages` ends the run after so many, as a crash would
   */
  async read(
    options: { signal?: AbortSignal; pages?: number } = {},
  ): Promise<ExperimentPage[]> {
    const pages: ExperimentPage[] = [];
    const { signal = new AbortController().signal } = options;
    for await (const page of this.#source.changes(this.#scope, {
      cursor: this.#cursor,
      signal,
      known: async ids => this.#known(ids),
    })) {
      pages.push(page);
      for (const experiment of page.experiments) {
        this.#stored.set(experiment.externalId, experiment);
      }
      this.#cursor = page.cursor;
      if (pages.length === options.pages) break;
      if (pages.length > MAX_PAGES) throw new Error('The run has no end');
    }
    return pages;
  }

  #known(ids: string[]): ReadonlyMap<string, KnownExperiment> {
    const known = new Map<string, KnownExperiment>();
    for (const id of ids) {
      const experiment = this.#stored.get(id);
      if (!experiment) continue;
      const { state, tags, templateTags } = experiment;
      const final = isFinalExperimentState(state);
      known.set(id, { final, tags, templateTags });
    }
    return known;
  }
}
