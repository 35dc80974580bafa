import { Instant } from 'backstage-plugin-operational-excellence-common';
import { SyncHint } from 'backstage-plugin-operational-excellence-node';
import { storableText } from '../database';
import { SourceRegistry } from '../sources';
import { scopeIdentity } from './ScopeRegistry';

/** More than this of one scope are not worth reading one by one. */
const MAX_REFS = 100;

const MAX_SCOPES = 1000;

/** How many scopes may wait to become due, if the database does not answer. */
const MAX_DUE = 10_000;

/** Longer ones are no names of anything. */
const MAX_KEY_LENGTH = 1000;
const MAX_REF_LENGTH = 200;

/** From a read during which hints came to the next one; doubled each time. */
const SHORTEST_GAP_MS = 250;
const LONGEST_GAP_MS = 30_000;

/** What is to be read of a scope. */
export interface HintedScope {
  sourceId: string;
  key: string;
  refs: readonly string[];
}

/** A scope that is to be read as a whole. */
export interface DueScope {
  sourceId: string;
  key: string;
  /** From now, milliseconds. */
  within: number;
}

interface Waiting {
  sourceId: string;
  key: string;
  refs: Set<string>;
  /** Whether it is hinted at as a whole. */
  isWhole: boolean;
  isBeingRead: boolean;
  readyAt: Instant;
  /** How many times in a row hints came while it was read. */
  busyTimes: number;
}

/**
 * What events hinted at and is not read yet, each scope and each ref in it once,
 * however many events there are. Kept in memory, and bounded: what is lost with
 * the process, or is too much, is found by the next run of the scope.
 *
 * @remarks
 *
 * The first hint at a scope can be acted on at once. What comes while the scope
 * is being read waits for the end of the read, and, as long as that happens
 * again and again, ever longer, so that a storm costs the upstream little.
 */
export class HintedScopes {
  readonly #sources: SourceRegistry;
  readonly #now: () => number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #due = new Map<string, Omit<DueScope, 'within'> & { at: Instant }>();
  readonly #pausedUntil = new Map<string, Instant>();
  readonly #comparedAt = new Map<string, Instant>();

  static create(options: { sources: SourceRegistry; now?: () => number }) {
    return new HintedScopes(options);
  }

  private constructor(options: {
    sources: SourceRegistry;
    now?: () => number;
  }) {
    this.#sources = options.sources;
    this.#now = options.now ?? Date.now;
  }

  /** @returns whether it was kept; otherwise there is too much already */
  add(sourceId: string, { ref, scopeKey }: SyncHint): boolean {
    if (scopeKey.length > MAX_KEY_LENGTH) return false;
    const key = storableText(scopeKey);
    const identity = scopeIdentity({ sourceId, key });
    let waiting = this.#waiting.get(identity);
    if (!waiting) {
      if (this.#waiting.size >= MAX_SCOPES) this.#sweep();
      if (this.#waiting.size >= MAX_SCOPES) {
        return this.#makeDue({ sourceId, key }, this.#readyAt(sourceId));
      }
      waiting = {
        sourceId,
        key,
        refs: new Set(),
        isWhole: false,
        isBeingRead: false,
        readyAt: 0,
        busyTimes: 0,
      };
      this.#waiting.set(identity, waiting);
    }
    if (waiting.isWhole) return true;
    const isReadable = this.#sources.get(sourceId)?.source.readHinted;
    if (isReadable && ref !== undefined && ref.length <= MAX_REF_LENGTH) {
      waiting.refs.add(ref);
    } else {
      waiting.isWhole = true;
    }
    if (waiting.refs.size > MAX_REFS) waiting.isWhole = true;
    if (waiting.isWhole) waiting.refs.clear();
    return true;
  }

  /** What of some sources is to be read now, if anything; to be settled. */
  take(sourceIds: readonly string[]): HintedScope | undefined {
    this.#sweep();
    for (const waiting of this.#waiting.values()) {
      const { key, refs, sourceId } = waiting;
      if (
        refs.size > 0 &&
        sourceIds.includes(sourceId) &&
        this.#isReady(waiting)
      ) {
        waiting.refs = new Set();
        waiting.isBeingRead = true;
        return { sourceId, key, refs: [...refs] };
      }
    }
    return undefined;
  }

  /** Ends a read that succeeded. */
  done(scope: HintedScope): void {
    const waiting = this.#end(scope);
    if (waiting.refs.size > 0 || waiting.isWhole) this.#postpone(waiting);
    else this.#waiting.delete(scopeIdentity(scope));
  }

  /** Ends what could not be read by itself, such as because a run is under way. */
  handOver(scope: HintedScope): void {
    this.#postpone(this.#end(scope));
    this.#makeDue(scope, 0);
  }

  /**
   * Ends a read that failed: the scope is read as a whole, and what events hint
   * at until then has to wait.
   *
   * @param options - `retryIn`: milliseconds; `isPaused`: whether that goes for
   * all of the source
   */
  failed(
    scope: HintedScope,
    options: { retryIn: number; isPaused: boolean },
  ): void {
    const at = this.#now() + options.retryIn;
    this.#end(scope).readyAt = at;
    if (options.isPaused) this.#pausedUntil.set(scope.sourceId, at);
    this.#makeDue(scope, at);
  }

  /** The scopes that are to be read as a whole, each once. */
  takeDue(): DueScope[] {
    for (const waiting of this.#waiting.values()) {
      if (waiting.isWhole && this.#isReady(waiting)) {
        waiting.isWhole = false;
        this.#postpone(waiting);
        this.#makeDue(waiting, 0);
      }
    }
    const due = [...this.#due.values()];
    this.#due.clear();
    return due.map(({ at, key, sourceId }) => ({
      sourceId,
      key,
      within: Math.max(0, at - this.#now()),
    }));
  }

  /** Takes back what could not be made due. */
  putBack(scopes: readonly DueScope[]): void {
    for (const scope of scopes) {
      this.#makeDue(scope, this.#now() + scope.within);
    }
  }

  /** Leaves everything to whoever reads the scopes next. */
  giveUp(): void {
    for (const waiting of this.#waiting.values()) {
      if (waiting.refs.size > 0 || waiting.isWhole) {
        this.#makeDue(waiting, this.#readyAt(waiting.sourceId));
      }
    }
    this.#waiting.clear();
  }

  /**
   * How long a scope in which something is gone may wait until it is compared as
   * a whole, milliseconds: not at all the first time, and no more often than it
   * is read anyway, however much is deleted.
   */
  compareWithin(scope: HintedScope, options: { every: number }): number {
    const identity = scopeIdentity(scope);
    const now = this.#now();
    const next = (this.#comparedAt.get(identity) ?? 0) + options.every;
    if (next > now) return next - now;
    this.#comparedAt.set(identity, now);
    return 0;
  }

  /** When there is something to do that cannot be done before. */
  nextReadyAt(): Instant | undefined {
    let next: Instant | undefined;
    for (const waiting of this.#waiting.values()) {
      const { isBeingRead, isWhole, readyAt, refs, sourceId } = waiting;
      if (isBeingRead || !(isWhole || refs.size > 0)) continue;
      const at = Math.max(readyAt, this.#readyAt(sourceId));
      if (at > this.#now()) next = Math.min(next ?? at, at);
    }
    return next;
  }

  #isReady({ isBeingRead, readyAt, sourceId }: Waiting) {
    const now = this.#now();
    return !isBeingRead && readyAt <= now && this.#readyAt(sourceId) <= now;
  }

  #readyAt(sourceId: string): Instant {
    return this.#pausedUntil.get(sourceId) ?? 0;
  }

  #makeDue(
    { key, sourceId }: { sourceId: string; key: string },
    at: Instant,
  ): boolean {
    const identity = scopeIdentity({ sourceId, key });
    const known = this.#due.get(identity);
    if (!known && this.#due.size >= MAX_DUE) return false;
    this.#due.set(identity, {
      sourceId,
      key,
      at: Math.min(at, known?.at ?? at),
    });
    return true;
  }

  #end(scope: HintedScope): Waiting {
    const waiting = this.#waiting.get(scopeIdentity(scope));
    if (!waiting) throw new Error(`Nothing of ${scope.key} was taken`);
    waiting.isBeingRead = false;
    return waiting;
  }

  /** Behind all others, and not at once. */
  #postpone(waiting: Waiting): void {
    const gap = SHORTEST_GAP_MS * 2 ** Math.min(waiting.busyTimes, 20);
    waiting.busyTimes += 1;
    waiting.readyAt = this.#now() + Math.min(gap, LONGEST_GAP_MS);
    const identity = scopeIdentity(waiting);
    this.#waiting.delete(identity);
    this.#waiting.set(identity, waiting);
  }

  /** Forgets scopes of which nothing waits any more. */
  #sweep(): void {
    for (const [identity, waiting] of this.#waiting) {
      const isEmpty = !waiting.isWhole && waiting.refs.size === 0;
      if (isEmpty && this.#isReady(waiting)) this.#waiting.delete(identity);
    }
  }
}
