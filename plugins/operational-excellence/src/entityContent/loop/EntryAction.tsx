import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceTranslationRef } from '../../translation';
import { ActionButton } from './ActionButton';
import type { LoopActions } from './LoopActions';
import { loopGroupOf } from './loopGroups';

/** What an improvement needs next, where that is something to do here. */
export const EntryAction = (props: {
  improvement: Improvement;
  titleId: string;
  actions: LoopActions;
}) => {
  const { actions, improvement, titleId } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  switch (loopGroupOf(improvement)) {
    case 'rejected':
      return (
        <ActionButton
          label={t('tab.loop.correct')}
          describedBy={titleId}
          allowance={actions.mayFile}
          onClick={() => actions.correct(improvement)}
        />
      );
    case 'alternative':
      return (
        <ActionButton
          label={t('tab.loop.fileAlternative')}
          describedBy={titleId}
          allowance={actions.mayFile}
          onClick={() => actions.fileAlternative(improvement)}
        />
      );
    case 'evaluation':
      return (
        <ActionButton
          label={t('tab.loop.evaluate')}
          describedBy={titleId}
          allowance={actions.mayEvaluate}
          onClick={() => actions.evaluate(improvement)}
        />
      );
    default:
      // No policy asks for it, but one may say whether a goal was met.
      return improvement.stage === 'done' && improvement.goal ? (
        <ActionButton
          label={t('tab.loop.evaluate')}
          describedBy={titleId}
          allowance={actions.mayEvaluate}
          onClick={() => actions.evaluate(improvement)}
        />
      ) : null;
  }
};
