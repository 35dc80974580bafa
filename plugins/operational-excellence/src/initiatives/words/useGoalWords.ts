import type { InitiativeGoal } from 'backstage-plugin-operational-excellence-common';
import { utcDayOf } from '../../time';
import { useTexts } from '../../translation';

/** What an initiative asks of each service, in words. */
export function useGoalWords(): (goal: InitiativeGoal) => string {
  const { t } = useTexts();
  return goal =>
    goal.kind === 'in-order'
      ? t(`initiatives.goal.in-order.${goal.measure}`)
      : t(`initiatives.goal.done-since.${goal.measure}`, {
          day: utcDayOf(goal.since),
        });
}
