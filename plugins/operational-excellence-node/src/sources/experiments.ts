import {
  ExperimentState,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { SourceEvents } from './events';
import { ServiceDescriptor } from './services';
import { SourceSchedule } from './tickets';

/**
 * One run of a fault injection experiment, normalised.
 *
 * @public
 */
export interface Experiment {
  /** The upstream's own immutable id, unique within the source. */
  externalId: string;
  title: string;
  /** Where people open it; only http and https. */
  url: string | null;
  accountId: string;
  region: string;
  templateId: string | null;
  state: ExperimentState;
  /** The upstream's words on how it came to that state. */
  reason: string | null;
  createdAt: Instant;
  /** When its actions began to run; `null` where none ever did. */
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** Whether it skipped all its actions. */
  dryRun: boolean;
  stopConditions: { source: string; value: string | null }[];
  actions: {
    name: string;
    actionId: string;
    state: string;
    startedAt: Instant | null;
    endedAt: Instant | null;
  }[];
  /** Further options of the run, such as `accountTargeting`. */
  options: Record<string, string>;
  tags: Record<string, string>;
  /** The tags of its template, as far as they are still known. */
  templateTags: Record<string, string>;
  /** Entity references that the experiment names as exercised. */
  entityRefs: string[];
}

/**
 * Which experiments exercise a service, beside those that name it: those of a
 * template, and those that carry all tags of a selector.
 *
 * @public
 */
export interface ExperimentMatcher {
  templateIds: string[];
  tagSelectors: Record<string, string>[];
}

/** @public */
export interface ExperimentScope {
  /** Unique and stable within the source, such as `123456789012/eu-west-1`. */
  key: string;
  title: string;
  url?: string;
}

/**
 * What is already stored of an experiment.
 *
 * @public
 */
export interface KnownExperiment {
  /** Whether it is stored in a state that it never leaves. */
  final: boolean;
  tags: Record<string, string>;
  templateTags: Record<string, string>;
}

/** @public */
export interface ExperimentPage {
  experiments: Experiment[];
  cursor: string;
  /** How many upstream requests the page took. */
  requests: number;
}

/**
 * A source of experiments, such as AWS FIS in some accounts and Regions. Its
 * life is that of a {@link TicketSource}. What it no longer names stays stored.
 *
 * @public
 */
export interface ExperimentSource {
  readonly id: string;
  readonly title: string;
  /** The annotations that {@link ExperimentSource.matcherFor} reads. */
  readonly annotations: readonly string[];
  readonly schedule?: SourceSchedule;

  scopes(): ExperimentScope[];

  /**
   * Which experiments exercise a service by its annotations; `undefined` where
   * it has none.
   *
   * @throws MalformedAnnotationError where an annotation cannot be read
   */
  matcherFor(service: ServiceDescriptor): ExperimentMatcher | undefined;

  verify(options: { signal: AbortSignal }): Promise<void>;

  /**
   * What is new or may have changed, page by page.
   *
   * @param options - `known` tells what is stored of some experiments, so that a
   * final one is not read again
   */
  changes(
    scope: ExperimentScope,
    options: {
      cursor?: string;
      signal: AbortSignal;
      known(
        externalIds: string[],
      ): Promise<ReadonlyMap<string, KnownExperiment>>;
    },
  ): AsyncIterable<ExperimentPage>;

  /** Which events hint at changes, and what they hint at. */
  readonly events?: SourceEvents;

  /**
   * The experiments of a scope that events hinted at, as they are now; in as many
   * pieces as it takes. Needed where `events` names single experiments.
   *
   * @param refs - as {@link SyncHint.ref} names them, each once
   */
  readHinted?(
    scope: ExperimentScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncIterable<HintedExperiments>;
}

/**
 * What was read of the experiments that events hinted at.
 *
 * @public
 */
export interface HintedExperiments {
  experiments: Experiment[];
  /** How many upstream requests it took. */
  requests: number;
}
