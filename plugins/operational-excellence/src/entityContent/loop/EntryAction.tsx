import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { AllowedButton } from '../../allowance';
import { useTexts } from '../../translation';
import type { LoopActions } from './LoopActions';
import { loopGroupOf } from './loopGroups';

/** What an improvement needs next, where that is something to do here. */
export const EntryAction = (props: {
  improvement: Improvement;
  titleId: string;
  actions: LoopActions;
}) => {
  const { actions, improvement, titleId } = props;
  const { t } = useTexts();
  switch (loopGroupOf(improvement)) {
    case 'rejected':
      return (
        <AllowedButton
          label={t('tab.loop.correct')}
          describedBy={titleId}
          allowance={actions.mayFile}
          onClick={() => actions.correct(improvement)}
        />
      );
    case 'alternative':
      return (
        <AllowedButton
          label={t('tab.loop.fileAlternative')}
          describedBy={titleId}
          allowance={actions.mayFile}
          onClick={() => actions.fileAlternative(improvement)}
        />
      );
    case 'evaluation':
      return (
        <AllowedButton
          label={t('tab.loop.evaluate')}
          describedBy={titleId}
          allowance={actions.mayEvaluate}
          onClick={() => actions.evaluate(improvement)}
        />
      );
    default:
      // No policy asks for it, but one may say whether a goal was met.
      return improvement.stage === 'done' && improvement.goal ? (
        <AllowedButton
          label={t('tab.loop.evaluate')}
          describedBy={titleId}
          allowance={actions.mayEvaluate}
          onClick={() => actions.evaluate(improvement)}
        />
      ) : null;
  }
};
