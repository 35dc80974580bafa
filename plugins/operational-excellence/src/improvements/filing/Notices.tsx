import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { TrackerList } from 'backstage-plugin-operational-excellence-common';
import { errorText, LoadFailure } from '../../feedback';
import { isFailed, Loadable } from '../../loading';
import { operationalExcellenceTranslationRef } from '../../translation';
import type { Drafting } from '../draft';
import type { Allowance } from '../useMayFile';
import { SentElsewhere } from './SentElsewhere';
import type { FilingState } from './useFiling';

/** That the draft was begun earlier, was discarded, or cannot be kept. */
export const DraftNotices = (props: {
  drafting: Drafting;
  /** Brings back what was discarded just now. */
  onUndo: (() => void) | undefined;
}) => {
  const { drafting, onUndo } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <>
      {drafting.isRestored && !drafting.draft.corrects && (
        <Alert severity="info" role="status">
          {t('improvement.restored')}
        </Alert>
      )}
      {onUndo && (
        <Alert
          severity="info"
          role="status"
          action={
            <Button size="small" color="inherit" onClick={onUndo}>
              {t('improvement.undo')}
            </Button>
          }
        >
          {t('improvement.discarded')}
        </Alert>
      )}
      {drafting.failure && (
        <Alert severity="warning" role="alert">
          {t('improvement.notKept', { message: errorText(drafting.failure) })}
        </Alert>
      )}
    </>
  );
};

/** That nothing can be filed, or was not just now. */
export const FilingNotices = (props: {
  trackers: Loadable<TrackerList>;
  allowance: Allowance;
  state: FilingState;
}) => {
  const { allowance, state, trackers } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  return (
    <>
      {allowance.denial && <Alert severity="warning">{allowance.denial}</Alert>}
      {isFailed(trackers) && <LoadFailure failure={trackers} />}
      {trackers.status === 'ready' && !trackers.value.items.length && (
        <Alert severity="warning">
          <AlertTitle>{t('improvement.noTracker')}</AlertTitle>
          {t('improvement.noTrackerAction')}
        </Alert>
      )}
      {state.status === 'failed' &&
        (state.error instanceof SentElsewhere ? (
          <Alert severity="warning" role="alert">
            {t('improvement.sentElsewhere')}
          </Alert>
        ) : (
          <Alert
            severity="error"
            role="alert"
            style={{ overflowWrap: 'anywhere' }}
          >
            <AlertTitle>{t('improvement.failed')}</AlertTitle>
            {`${errorText(state.error)} `}
            {t('improvement.nothingLost')}
          </Alert>
        ))}
    </>
  );
};
