import Alert from '@material-ui/lab/Alert';
import { useTexts } from '../../../translation';
import { ActDialog } from '../../ActDialog';
import type { TransitionProps } from './TransitionProps';
import { useTransition } from './useTransition';

/** Says what begins when an exercise does, and what is not ready for it. */
export const StartDialog = (props: TransitionProps) => {
  const { exercise, onClose } = props;
  const { t } = useTexts();
  const [acting, move] = useTransition(props);
  const undone = exercise.prerequisites.filter(({ done }) => !done);
  return (
    <ActDialog
      id="operational-excellence-start-exercise"
      title={t('exercises.start.title')}
      about={t('exercises.start.about')}
      submit={t('exercises.start.submit')}
      acting={acting}
      onSubmit={() => move({ to: 'running' })}
      onClose={onClose}
    >
      {undone.length > 0 && (
        <Alert severity="warning">
          {t('exercises.start.undone', {
            count: undone.length,
            prerequisites: undone.map(({ text }) => text).join('; '),
          })}
        </Alert>
      )}
      {!exercise.rollbackTried && (
        <Alert severity="warning">{t('exercises.start.rollback')}</Alert>
      )}
    </ActDialog>
  );
};
