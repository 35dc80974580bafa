import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ExperimentMatcher,
  ExperimentPage,
  ExperimentScope,
  ExperimentSource,
  GuardrailsPage,
  HintedExperiments,
  KnownExperiment,
  ServiceDescriptor,
  SourceEvents,
  SourceSchedule,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATIONS, matcherFor } from './annotations';
import { consoleUrl, FisApi, templateConsoleUrl } from './api';
import { experimentEvents } from './events';
import { readGuardrails } from './guardrails';
import {
  ExperimentPass,
  ExperimentPlace,
  hintedExperiments,
} from './experiments';

/** The id of the source of an account. */
export const sourceId = (accountId: string): string => `aws-fis:${accountId}`;

interface AwsFisExperimentSourceOptions {
  accountId: string;
  /** The API of each Region. */
  apis: ReadonlyMap<string, FisApi>;
  schedule: SourceSchedule;
  /** The topic of the events service that tells of changes. */
  eventsTopic: string;
  /** Whether AWS's console shows the experiments. */
  hasConsole: boolean;
  logger: LoggerService;
}

/** The experiments of AWS FIS in one account, a scope for each Region. */
export class AwsFisExperimentSource implements ExperimentSource {
  readonly id: string;
  readonly title: string;
  readonly annotations = ANNOTATIONS;
  readonly schedule: SourceSchedule;
  readonly events: SourceEvents;
  readonly #options: AwsFisExperimentSourceOptions;

  static create(
    options: AwsFisExperimentSourceOptions,
  ): AwsFisExperimentSource {
    return new AwsFisExperimentSource(options);
  }

  private constructor(options: AwsFisExperimentSourceOptions) {
    const { accountId, apis, eventsTopic, schedule } = options;
    this.id = sourceId(accountId);
    this.title = `AWS FIS ${accountId}`;
    this.schedule = schedule;
    this.events = experimentEvents({
      topic: eventsTopic,
      accountId,
      regions: [...apis.keys()],
    });
    this.#options = options;
  }

  scopes(): ExperimentScope[] {
    const { accountId, apis, hasConsole } = this.#options;
    return [...apis.keys()].map(region => ({
      key: `${accountId}/${region}`,
      title: `${accountId} ${region}`,
      ...(hasConsole && { url: consoleUrl(region) }),
    }));
  }

  matcherFor(service: ServiceDescriptor): ExperimentMatcher | undefined {
    return matcherFor(service);
  }

  /**
   * Proves that the experiments can be read in at least one Region. AWS never
   * answers a caller without the right with an empty list, so a Region that
   * refuses fails its own run, with AWS's words, and not those of the others.
   */
  async verify({ signal }: { signal: AbortSignal }): Promise<void> {
    const results = await Promise.allSettled(
      [...this.#options.apis.values()].map(api => api.checkAccess(signal)),
    );
    if (results.some(({ status }) => status === 'fulfilled')) return;
    const [first] = results;
    if (first.status === 'rejected') throw first.reason;
  }

  async *changes(
    scope: ExperimentScope,
    options: {
      cursor?: string;
      signal: AbortSignal;
      known(
        externalIds: string[],
      ): Promise<ReadonlyMap<string, KnownExperiment>>;
    },
  ): AsyncIterable<ExperimentPage> {
    const { api, place } = this.#found(scope);
    yield* ExperimentPass.run(api, {
      place,
      signal: options.signal,
      known: ids => options.known(ids),
    });
  }

  async *guardrails(
    scope: ExperimentScope,
    options: {
      signal: AbortSignal;
      known(externalIds: string[]): Promise<ReadonlyMap<string, string>>;
    },
  ): AsyncIterable<GuardrailsPage> {
    const { api, place } = this.#found(scope);
    yield* readGuardrails(api, { ...options, place });
  }

  async *readHinted(
    scope: ExperimentScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncIterable<HintedExperiments> {
    const { api, place } = this.#found(scope);
    yield* hintedExperiments(api, { ...options, place });
  }

  #found({ key }: ExperimentScope): { api: FisApi; place: ExperimentPlace } {
    const { accountId, apis, hasConsole, logger } = this.#options;
    const region = key.slice(accountId.length + 1);
    const api = apis.get(region);
    if (!api || key !== `${accountId}/${region}`) {
      throw new NotFoundError(`${this.id} has no scope ${key}`);
    }
    const urlOf = (id: string) => (hasConsole ? consoleUrl(region, id) : null);
    const templateUrlOf = (id: string) =>
      hasConsole ? templateConsoleUrl(region, id) : null;
    return { api, place: { accountId, region, urlOf, templateUrlOf, logger } };
  }
}
