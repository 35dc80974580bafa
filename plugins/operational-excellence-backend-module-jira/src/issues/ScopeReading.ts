import { Progress } from './cursor';

/** Containers that are read together, and from when on. */
export interface Stretch {
  /** Changes of what was read before, or all there is of what is new. */
  kind: 'changes' | 'catch-up';
  containers: string[];
  since: number | undefined;
}

/**
 * What a run of a scope reads, and how far that leads: first the changes of the
 * containers that were read before, then those that are new from the beginning.
 *
 * @remarks
 *
 * In this order because the instant that is kept for all of them must not be
 * later than the end of the reading of any.
 */
export class ScopeReading {
  static of(options: {
    start: Progress;
    /** Those that services name, and that can be read. */
    containers: readonly string[];
    overlapMs: number;
  }): ScopeReading {
    const { start, containers, overlapMs } = options;
    const covered = start.covered.filter(name => containers.includes(name));
    const resumed = (start.catchUp?.containers ?? []).filter(
      name => containers.includes(name) && !covered.includes(name),
    );
    const fresh = containers.filter(
      name => !covered.includes(name) && !resumed.includes(name),
    );
    return new ScopeReading(
      {
        since: covered.length ? start.since : undefined,
        covered,
        catchUp:
          resumed.length && start.catchUp
            ? { containers: resumed, position: start.catchUp.position }
            : undefined,
      },
      fresh,
      overlapMs,
    );
  }

  private constructor(
    private state: Progress,
    private fresh: string[],
    private readonly overlapMs: number,
  ) {}

  get progress(): Progress {
    return this.state;
  }

  /** What to read next; each is read to its end before the next one. */
  *stretches(): Generator<Stretch> {
    const { covered, since, catchUp } = this.state;
    if (covered.length) {
      yield {
        kind: 'changes',
        containers: covered,
        since: this.beforeOverlap(since),
      };
    }
    if (catchUp) {
      yield {
        kind: 'catch-up',
        containers: catchUp.containers,
        since: this.beforeOverlap(catchUp.position),
      };
    }
    if (this.fresh.length) {
      yield { kind: 'catch-up', containers: this.fresh, since: undefined };
    }
  }

  /** How far a page of changes reaches. */
  reachedByChanges(position: number | undefined): void {
    const { since } = this.state;
    this.state = { ...this.state, since: later(since, position) };
  }

  /**
   * How far a page of new containers reaches.
   *
   * @param from - `isLast`: whether they are read as a whole now; `startedAt`:
   * when that began
   */
  reachedByCatchUp(
    containers: string[],
    position: number | undefined,
    from: { isLast: boolean; startedAt: number },
  ): void {
    if (!from.isLast) {
      if (position === undefined) return;
      this.state = { ...this.state, catchUp: { containers, position } };
      return;
    }
    this.fresh = this.fresh.filter(name => !containers.includes(name));
    this.state = {
      since: this.state.since ?? position ?? from.startedAt,
      covered: [...this.state.covered, ...containers],
      catchUp: undefined,
    };
  }

  private beforeOverlap(instant: number | undefined): number | undefined {
    return instant === undefined
      ? undefined
      : Math.max(0, instant - this.overlapMs);
  }
}

function later(
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}
