import { Instant } from '../instants';
import { GameDayKind } from '../policy';

/**
 * The states of an experiment, as AWS FIS names them.
 *
 * @public
 */
export type ExperimentState =
  | 'pending'
  | 'initiating'
  | 'running'
  | 'completed'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'cancelled';

/**
 * What the game day rule needs to know of an experiment.
 *
 * @public
 */
export interface GameDayExperiment {
  state: ExperimentState;
  /** When its actions began to run; `null` where none ever did. */
  startedAt: Instant | null;
  /** Whether it skipped all its actions (`actionsMode: skip-all`). */
  dryRun: boolean;
}

/**
 * Whether an experiment that has ended counts as a game day: it ran to its end,
 * or was stopped after it had been running, and was no dry run.
 *
 * @public
 */
export function countsAsGameDay(experiment: GameDayExperiment): boolean {
  if (experiment.dryRun || experiment.startedAt === null) return false;
  return experiment.state === 'completed' || experiment.state === 'stopped';
}

/**
 * Whether an experiment has reached a state that it never leaves.
 *
 * @public
 */
export function isFinalExperimentState(state: ExperimentState): boolean {
  return ['completed', 'stopped', 'failed', 'cancelled'].includes(state);
}

/**
 * An experiment or an exercise that was held.
 *
 * @public
 */
export interface GameDay {
  kind: GameDayKind;
  id: string;
  title: string;
  outcome: string;
  heldAt: Instant;
}

/**
 * The newest game day of a kind that the policy counts. Of two held at the same
 * instant, the one with the greater id.
 *
 * @public
 */
export function lastGameDay<T extends Pick<GameDay, 'kind' | 'id' | 'heldAt'>>(
  gameDays: Iterable<T>,
  counts: readonly GameDayKind[],
): T | undefined {
  let last: T | undefined;
  for (const gameDay of gameDays) {
    if (!counts.includes(gameDay.kind)) continue;
    if (
      !last ||
      gameDay.heldAt > last.heldAt ||
      (gameDay.heldAt === last.heldAt && gameDay.id > last.id)
    ) {
      last = gameDay;
    }
  }
  return last;
}
