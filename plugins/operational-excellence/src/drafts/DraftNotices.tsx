import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { errorText } from '../feedback';
import { useTexts } from '../translation';
import type { KeptDraft } from './useKeptDraft';

/** That a draft was begun earlier, was discarded, or cannot be kept. */
export const DraftNotices = (props: {
  kept: Pick<KeptDraft<unknown>, 'isRestored' | 'failure' | 'undo'>;
}) => {
  const { failure, isRestored, undo } = props.kept;
  const { t } = useTexts();
  return (
    <>
      {isRestored && (
        <Alert severity="info" role="status">
          {t('drafts.restored')}
        </Alert>
      )}
      {undo && (
        <Alert
          severity="info"
          role="status"
          action={
            <Button size="small" color="inherit" onClick={undo}>
              {t('drafts.undo')}
            </Button>
          }
        >
          {t('drafts.discarded')}
        </Alert>
      )}
      {failure && (
        <Alert severity="warning" role="alert">
          {t('drafts.notKept', { message: errorText(failure) })}
        </Alert>
      )}
    </>
  );
};
