import { Instant } from 'backstage-plugin-operational-excellence-common';
import { SourceEvents } from './events';
import { AnnotationSuggestion, ServiceDescriptor } from './services';

/**
 * A work item in a tracker, normalised.
 *
 * @public
 */
export interface Ticket {
  /** The tracker's own immutable id, unique within the source. */
  externalId: string;
  /** The short name that people use, such as `acme/payments#12`. */
  key: string;
  /** Where people open it; only http and https. */
  url: string | null;
  title: string;
  state: 'open' | 'in-progress' | 'done';
  /** Whether the source's configured rule classes it as improvement work. */
  improvement: boolean;
  /** The first creation, also of a ticket that was reopened. */
  createdAt: Instant;
  /** When work began, where the tracker tells. */
  startedAt: Instant | null;
  /** When it was last closed; `null` exactly while `state` is not `done`. */
  closedAt: Instant | null;
  updatedAt: Instant;
  labels: string[];
  priority: string | null;
  assignee: string | null;
  /** What of the tracker it belongs to, as {@link TicketMatcher} names it. */
  container: string;
  /** Further properties that matchers ask for, such as `component:Checkout`. */
  facets: string[];
}

/**
 * Which tickets of a source belong to a service: those of a container that have
 * all the facets.
 *
 * @public
 */
export interface TicketMatcher {
  container: string;
  allOf?: string[];
}

/**
 * The smallest unit that a source synchronises on its own cursor, and which of
 * its tickets belong to a service.
 *
 * @public
 */
export interface TicketScope {
  /** Unique and stable within the source, such as `acme/payments`. */
  key: string;
  title: string;
  /** Where people find it in the tracker. */
  url?: string;
  matcher: TicketMatcher;
  /**
   * Set where the service does not name the source itself: the source then
   * counts as configured only once a ticket matches.
   */
  implicit?: boolean;
}

/**
 * A scope as it is synchronised.
 *
 * @public
 */
export interface TicketSyncScope {
  key: string;
  /** The containers that the matchers of services name within the scope. */
  containers: readonly string[];
}

/**
 * One page of what changed upstream.
 *
 * @public
 */
export interface TicketPage {
  tickets: Ticket[];
  /**
   * External ids known to have left the scope or to have been deleted, where the
   * tracker tells.
   */
  removed?: string[];
  /** Where to go on after this page; opaque to everyone but the source. */
  cursor: string;
  /** How many upstream requests the page took. */
  requests: number;
  /**
   * Containers of the scope that the tracker does not know, or does not show to
   * these credentials. What the pages of a run name replaces what the run before
   * named; the figures of services that name such a container are unknown.
   */
  missing?: MissingContainer[];
  /** What the upstream last said of its rate limit. */
  rateLimit?: RateLimit;
}

/**
 * A container that services name and the tracker does not know.
 *
 * @public
 */
export interface MissingContainer {
  container: string;
  /** What a person can do about it, such as `There is no project PAYM`. */
  message: string;
  /** What may have been meant, as an annotation would name it. */
  suggestion?: string;
}

/**
 * How many requests an upstream still grants.
 *
 * @public
 */
export interface RateLimit {
  remaining: number;
  /** How many it grants altogether until it is reset. */
  limit: number | null;
  resetsAt: Instant | null;
}

/**
 * What was read of the tickets that events hinted at.
 *
 * @public
 */
export interface HintedTickets {
  tickets: Ticket[];
  /**
   * Set where the tracker does not know one of them any more; the scope is then
   * compared as a whole, soon.
   */
  isOneGone?: boolean;
  /** How many upstream requests it took. */
  requests: number;
}

/**
 * A connected tracker instance.
 *
 * @remarks
 *
 * The backend calls `scopesFor` for each service whenever the service directory
 * changes, `verify` before the first read after a start and again after a
 * failure, and `changes` once per run of a scope. At most one run of a scope
 * goes on at a time, over all replicas. Whatever a method throws fails the run,
 * is shown on the Sources page, and is tried again later, with the cursor of the
 * last page that was stored.
 *
 * @public
 */
export interface TicketSource {
  /** Unique per instance, such as `github:github.com`. */
  readonly id: string;
  readonly title: string;
  /** Set by the tracker that comes with the plugin, for services without another. */
  readonly isBuiltIn?: boolean;
  /** The annotations that {@link TicketSource.scopesFor} reads. */
  readonly annotations: readonly string[];
  /** How often a scope is read, ISO 8601; `PT10M` if left out. */
  readonly schedule?: SourceSchedule;

  /**
   * Which scopes hold tickets of the service; none where it names none.
   *
   * @throws MalformedAnnotationError where an annotation cannot be read
   */
  scopesFor(service: ServiceDescriptor): TicketScope[];

  /**
   * Proves that the credentials see what they should, so that an empty answer
   * can be believed. Throws with a reason that a person can act on.
   */
  verify(options: { signal: AbortSignal }): Promise<void>;

  /**
   * What changed since the cursor, oldest change first, page by page. Without a
   * cursor: everything. Reads overlap what an earlier cursor covered, because
   * trackers index late. At least one page, so that a run without changes moves
   * on as well. The cursor of a page must not pass over changes that are on
   * later pages.
   */
  changes(
    scope: TicketSyncScope,
    options: { cursor?: string; signal: AbortSignal },
  ): AsyncIterable<TicketPage>;

  /**
   * The external ids of everything that still exists in the scope, page by page.
   * What is stored and not named here is removed once the iteration has ended
   * without an error.
   */
  reconcile?(
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): AsyncIterable<string[]>;

  /** Which events hint at changes, and what they hint at. */
  readonly events?: SourceEvents;

  /**
   * The tickets of a scope that events hinted at, as they are now; in as many
   * pieces as it takes. Needed where `events` names single tickets.
   *
   * @param refs - as {@link SyncHint.ref} names them, each once
   */
  readHinted?(
    scope: TicketSyncScope,
    options: { refs: readonly string[]; signal: AbortSignal },
  ): AsyncIterable<HintedTickets>;

  /**
   * What a service that names nothing in this source could name, best first, by
   * what is known without asking upstream.
   */
  suggestionsFor?(service: ServiceDescriptor): AnnotationSuggestion[];

  /**
   * Creates a ticket. The idempotency key becomes a marker in the ticket, by
   * which {@link TicketSource.findFiled} finds it after a doubtful failure. Never
   * repeats a write by itself.
   *
   * @remarks
   *
   * Offered to people only where there is `findFiled` as well. A refusal that a
   * person can do something about is an UpstreamError of kind `rejected`,
   * `forbidden` or `not-found` whose `mayHaveHappened` is false: its words are
   * shown, and nothing is tried again before they resend it. After any other
   * UpstreamError it is tried again later. What is no UpstreamError, and what may
   * have happened, is looked for first.
   *
   * @throws UpstreamError
   */
  file?(
    request: FileTicketRequest,
    options: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<FiledTicket>;

  /**
   * How long after a doubtful call of `file` it can take until `findFiled` finds
   * the ticket, ISO 8601; at once if left out. Until then an answer that there is
   * none is not believed.
   */
  readonly findableAfter?: string;

  /** The ticket that an earlier, doubtful call of `file` created, if it did. */
  findFiled?(
    idempotencyKey: string,
    scope: TicketSyncScope,
    options: { signal: AbortSignal },
  ): Promise<FiledTicket | undefined>;
}

/**
 * When the scopes of a source are read. ISO 8601 durations.
 *
 * @public
 */
export interface SourceSchedule {
  /** From the end of a run to the next one; `PT10M` if left out. */
  every?: string;
  /** From one full reconcile to the next; `P1D` if left out. */
  reconcileEvery?: string;
  /**
   * How long after its last success the figures of a scope are still believed;
   * `PT6H` if left out.
   */
  tolerance?: string;
}

/** @public */
export interface FileTicketRequest {
  /** The scope's key, as {@link TicketSource.scopesFor} names it. */
  scopeKey: string;
  /** The container that the ticket goes into. */
  container: string;
  /**
   * The facets by which the service's matcher finds its tickets, such as
   * `component:Checkout`: the ticket must have them all.
   */
  allOf?: readonly string[];
  entityRef: string;
  title: string;
  /** Markdown. */
  description: string;
  labels: string[];
  priority: string | null;
}

/** @public */
export interface FiledTicket {
  externalId: string;
  key: string;
  url: string | null;
}
