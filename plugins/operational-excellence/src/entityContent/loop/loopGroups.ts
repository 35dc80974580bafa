import type {
  Improvement,
  ImprovementStage,
} from 'backstage-plugin-operational-excellence-common';

/**
 * What an improvement needs next: `rejected` a correction, `evaluation` a
 * judgement, `alternative` another improvement, for its goal was not met and
 * still matters; `queued` its tracker, `open` to be done, `finished` nothing.
 */
export const LOOP_GROUPS = [
  'rejected',
  'evaluation',
  'alternative',
  'queued',
  'open',
  'finished',
] as const;

/** @see LOOP_GROUPS */
export type LoopGroup = (typeof LOOP_GROUPS)[number];

/** The stages among which are all that need somebody. */
export const PRESSING_STAGES: ImprovementStage[] = [
  'filing',
  'evaluation-overdue',
  'evaluation-due',
  'not-met',
];

export const FINISHED_STAGES: ImprovementStage[] = [
  'met',
  'inconclusive',
  'done',
  'gone',
];

type Order = (a: Improvement, b: Improvement) => number;

const oldestFirst =
  (instantOf: (improvement: Improvement) => string | null): Order =>
  (a, b) =>
    (instantOf(a) ?? '').localeCompare(instantOf(b) ?? '');

const newestFirst =
  (instantOf: (improvement: Improvement) => string | null): Order =>
  (a, b) =>
    (instantOf(b) ?? '').localeCompare(instantOf(a) ?? '');

const createdAt = (improvement: Improvement) => improvement.createdAt;

const orders: Record<LoopGroup, Order> = {
  rejected: oldestFirst(createdAt),
  evaluation: oldestFirst(({ evaluationDueAt }) => evaluationDueAt),
  alternative: oldestFirst(({ evaluation }) => evaluation?.evaluatedAt ?? null),
  queued: oldestFirst(createdAt),
  open: newestFirst(createdAt),
  finished: newestFirst(
    ({ evaluation, doneAt, createdAt: filedAt }) =>
      evaluation?.evaluatedAt ?? doneAt ?? filedAt,
  ),
};

/**
 * Improvements by what they need next. A finished one whose alternative is among
 * them as well is left out, for the chain of that one shows it.
 */
export function loopGroups(
  improvements: readonly Improvement[],
): { group: LoopGroup; improvements: Improvement[] }[] {
  // Between two requests an improvement may move from one list to another.
  const byId = new Map(improvements.map(each => [each.id, each]));
  const isInChainOfAnother = (improvement: Improvement) =>
    improvement.alternatives.some(id => byId.has(id));

  return LOOP_GROUPS.map(group => ({
    group,
    improvements: [...byId.values()]
      .filter(each => loopGroupOf(each) === group)
      .filter(each => group !== 'finished' || !isInChainOfAnother(each))
      .sort(orders[group]),
  })).filter(each => each.improvements.length > 0);
}

export function loopGroupOf(improvement: Improvement): LoopGroup {
  const { alternatives, delivery, evaluation, stage } = improvement;
  switch (stage) {
    case 'filing':
      return delivery.state === 'rejected' ? 'rejected' : 'queued';
    case 'evaluation-due':
    case 'evaluation-overdue':
      return 'evaluation';
    case 'not-met':
      return evaluation?.stillPriority && !alternatives.length
        ? 'alternative'
        : 'finished';
    case 'open':
      return 'open';
    default:
      return 'finished';
  }
}
