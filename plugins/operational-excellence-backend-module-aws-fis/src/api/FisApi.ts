import { LoggerService } from '@backstage/backend-plugin-api';
import {
  createUpstreamClient,
  UpstreamClient,
  UpstreamClientOptions,
  UpstreamError,
  UpstreamRequest,
  UpstreamResponse,
} from 'backstage-plugin-operational-excellence-node';
import { CachedCredentials } from '../credentials';
import { explain } from './explain';
import {
  FisExperiment,
  FisExperimentSummary,
  FisSafetyLever,
  FisTemplate,
  FisTemplateDetail,
  getExperimentSchema,
  getSafetyLeverSchema,
  getTemplateSchema,
  listExperimentsSchema,
  listTemplatesSchema,
} from './shapes';
import { signRequest } from './signRequest';
import { isThrottled } from './throttling';

/** The most that FIS lists at once. */
const PAGE_SIZE = 100;

/** AWS grants one to two requests a second for an account and Region. */
const MIN_INTERVAL_MS = 600;

/** No list is longer: FIS keeps 500 templates, and experiments for 120 days. */
const MAX_PAGES = 10_000;

const LIST_ACTIONS = {
  experiments: 'fis:ListExperiments',
  experimentTemplates: 'fis:ListExperimentTemplates',
} as const;

const LIST_SCHEMAS = {
  experiments: listExperimentsSchema,
  experimentTemplates: listTemplatesSchema,
} as const;

/** One page of a list, and how many requests it took. */
export interface FisPage<T> {
  items: T[];
  requests: number;
}

/** What a look at one experiment gave, and how many requests it took. */
export type FisLookup = { requests: number } & (
  | { experiment: FisExperiment; notFound?: undefined }
  | { experiment?: undefined; notFound: UpstreamError }
);

/** How fast, how patiently and how stubbornly FIS is called; for tests. */
export type FisPace = Partial<
  Pick<
    UpstreamClientOptions,
    'minIntervalMs' | 'timeoutMs' | 'attempts' | 'backoff' | 'circuitBreaker'
  >
> & { pageSize?: number };

/** The calls to AWS FIS in one account and Region. */
export class FisApi {
  readonly #source: string;
  readonly #endpoint: URL;
  readonly #credentials: CachedCredentials;
  readonly #client: UpstreamClient;
  readonly #pageSize: number;

  static create(options: {
    source: string;
    endpoint: URL;
    region: string;
    credentials: CachedCredentials;
    logger: LoggerService;
    pace?: FisPace;
  }): FisApi {
    const { source, endpoint, region, credentials, logger } = options;
    const { pageSize = PAGE_SIZE, ...pace } = options.pace ?? {};
    const client = createUpstreamClient({
      minIntervalMs: MIN_INTERVAL_MS,
      ...pace,
      source,
      logger,
      concurrency: 1,
      isRateLimited: isThrottled,
      headers: async request =>
        await signRequest({
          request,
          credentials: await credentials.get(),
          region,
        }),
    });
    return new FisApi(source, endpoint, credentials, client, pageSize);
  }

  private constructor(
    source: string,
    endpoint: URL,
    credentials: CachedCredentials,
    client: UpstreamClient,
    pageSize: number,
  ) {
    this.#source = source;
    this.#endpoint = endpoint;
    this.#credentials = credentials;
    this.#client = client;
    this.#pageSize = pageSize;
  }

  /** Proves that the lists may be read, so that empty ones can be believed. */
  async checkAccess(signal: AbortSignal): Promise<void> {
    for (const path of ['experiments', 'experimentTemplates'] as const) {
      await this.#get(LIST_ACTIONS[path], {
        url: this.#url(path),
        query: { maxResults: 1 },
        schema: LIST_SCHEMAS[path],
        signal,
      });
    }
  }

  async *experiments(
    signal: AbortSignal,
  ): AsyncIterable<FisPage<FisExperimentSummary>> {
    yield* this.#pages('experiments', async query => {
      const { body, requests } = await this.#get(LIST_ACTIONS.experiments, {
        url: this.#url('experiments'),
        query,
        schema: listExperimentsSchema,
        signal,
      });
      const { experiments, nextToken } = body;
      return { items: experiments ?? [], nextToken, requests };
    });
  }

  async *templates(signal: AbortSignal): AsyncIterable<FisPage<FisTemplate>> {
    yield* this.#pages('experimentTemplates', async query => {
      const { body, requests } = await this.#get(
        LIST_ACTIONS.experimentTemplates,
        {
          url: this.#url('experimentTemplates'),
          query,
          schema: listTemplatesSchema,
          signal,
        },
      );
      const { experimentTemplates, nextToken } = body;
      return { items: experimentTemplates ?? [], nextToken, requests };
    });
  }

  /** An experiment, or why there is none: it may have been forgotten since. */
  async experiment(id: string, signal: AbortSignal): Promise<FisLookup> {
    try {
      const { body, requests } = await this.#get('fis:GetExperiment', {
        url: this.#url(`experiments/${encodeURIComponent(id)}`),
        schema: getExperimentSchema,
        signal,
      });
      return { experiment: body.experiment, requests };
    } catch (error) {
      if (error instanceof UpstreamError && error.kind === 'not-found') {
        return { notFound: error, requests: 1 };
      }
      throw error;
    }
  }

  /** A template, or nothing where it has been deleted since it was listed. */
  async template(
    id: string,
    signal: AbortSignal,
  ): Promise<{ template?: FisTemplateDetail; requests: number }> {
    try {
      const { body, requests } = await this.#get('fis:GetExperimentTemplate', {
        url: this.#url(`experimentTemplates/${encodeURIComponent(id)}`),
        schema: getTemplateSchema,
        signal,
      });
      return { template: body.experimentTemplate, requests };
    } catch (error) {
      if (error instanceof UpstreamError && error.kind === 'not-found') {
        return { requests: 1 };
      }
      throw error;
    }
  }

  /** The safety lever of the account in the Region. */
  async safetyLever(
    signal: AbortSignal,
  ): Promise<{ lever: FisSafetyLever; requests: number }> {
    const { body, requests } = await this.#get('fis:GetSafetyLever', {
      url: this.#url('safetyLevers/default'),
      schema: getSafetyLeverSchema,
      signal,
    });
    return { lever: body.safetyLever, requests };
  }

  async *#pages<T>(
    list: string,
    fetchPage: (query: {
      maxResults: number;
      nextToken?: string;
    }) => Promise<FisPage<T> & { nextToken: string | undefined }>,
  ): AsyncIterable<FisPage<T>> {
    const seen = new Set<string>();
    let nextToken: string | undefined;
    do {
      const page = await fetchPage({ maxResults: this.#pageSize, nextToken });
      yield { items: page.items, requests: page.requests };
      nextToken = page.nextToken;
      if (nextToken === undefined) return;
      if (seen.has(nextToken)) {
        throw this.#endless(list, 'the list repeats a nextToken');
      }
      seen.add(nextToken);
    } while (seen.size < MAX_PAGES);
    throw this.#endless(list, `the list has more than ${MAX_PAGES} pages`);
  }

  #endless(list: string, detail: string): UpstreamError {
    return new UpstreamError({
      kind: 'invalid-response',
      source: this.#source,
      operation: `GET ${this.#url(list).pathname}`,
      detail,
    });
  }

  async #get<T>(
    action: string,
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>> {
    try {
      return await this.#client.request(request);
    } catch (error) {
      const explained = explain(error, action);
      if (
        explained instanceof UpstreamError &&
        explained.kind === 'unauthorized'
      ) {
        this.#credentials.forget();
      }
      throw explained;
    }
  }

  /** An endpoint may have a path of its own. */
  #url(path: string): URL {
    const url = new URL(this.#endpoint);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
    return url;
  }
}
