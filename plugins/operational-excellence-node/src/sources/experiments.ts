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
  /** Whether it writes a log of what it does; left out where that is not known. */
  logConfigured?: boolean;
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
 * What experiments are started from, and what limits their harm.
 *
 * @public
 */
export interface ExperimentTemplate {
  /** The upstream's own immutable id, unique within the source. */
  externalId: string;
  title: string;
  /** Where people open it; only http and https. */
  url: string | null;
  accountId: string;
  region: string;
  /** Another one whenever anything of the template was changed. */
  revision: string;
  stopConditions: { source: string; value: string | null }[];
  /** Whether its experiments write a log of what they do. */
  logConfigured: boolean;
  tags: Record<string, string>;
  /** Entity references that the template names as exercised. */
  entityRefs: string[];
}

/**
 * The switch that keeps experiments of a scope from running, and stops those
 * that run, while it is engaged.
 *
 * @public
 */
export interface SafetyLever {
  accountId: string;
  region: string;
  state: 'engaged' | 'disengaged' | 'unknown';
  /** Why, in the upstream's words, or why that is not known. */
  reason: string | null;
}

/**
 * A piece of what limits the harm of experiments.
 *
 * @public
 */
export interface GuardrailsPage {
  /** Templates that are new or were changed. */
  templates: ExperimentTemplate[];
  /** The external ids of further templates that are as they are stored. */
  unchanged: string[];
  safetyLever?: SafetyLever;
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

  /**
   * Everything that limits the harm of experiments of a scope, page by page; read
   * each {@link SourceSchedule.reconcileEvery}. Templates that no page names are
   * taken for deleted once the last one was read.
   *
   * @param options - `known` tells the stored revision of some templates, so that
   * one that is the same is not read again
   */
  guardrails?(
    scope: ExperimentScope,
    options: {
      signal: AbortSignal;
      known(externalIds: string[]): Promise<ReadonlyMap<string, string>>;
    },
  ): AsyncIterable<GuardrailsPage>;

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
