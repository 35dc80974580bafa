import type { ImprovementGoal } from 'backstage-plugin-operational-excellence-common';
import { utcDayOf } from '../../time';
import { useTexts } from '../../translation';

/** What is to become true by an improvement. */
export const Goal = (props: { goal: ImprovementGoal }) => {
  const { by, from, measure, to } = props.goal;
  const { t } = useTexts();
  const change =
    from === null
      ? t('tab.loop.goalTo', { measure, to })
      : t('tab.loop.goalFromTo', { measure, from, to });
  return (
    <div>
      <strong>{t('tab.loop.goal')}</strong> {change}
      {by !== null && t('tab.loop.goalBy', { day: utcDayOf(by) })}
    </div>
  );
};
