import { PlannedAction } from './course';

export interface Interval {
  start: number;
  end: number;
  /** Whether the action has nothing to act on. */
  skipped: boolean;
}

/**
 * When each action runs if nothing comes in between: at the beginning, or once
 * all actions that it starts after have ended.
 *
 * @param scaled - turns simulated milliseconds into real ones
 */
export function scheduleActions(
  actions: Record<string, PlannedAction>,
  begin: number,
  scaled: (simulatedMs: number) => number,
): Map<string, Interval> {
  const intervals = new Map<string, Interval>();
  const intervalOf = (name: string): Interval => {
    const known = intervals.get(name);
    if (known) return known;
    const { startAfter, durationMs, emptyTarget } = actions[name];
    const start = Math.max(begin, ...startAfter.map(n => intervalOf(n).end));
    const skipped = emptyTarget !== undefined;
    const end = skipped ? start : start + scaled(durationMs);
    const interval = { start, end, skipped };
    intervals.set(name, interval);
    return interval;
  };
  Object.keys(actions).forEach(intervalOf);
  return intervals;
}
