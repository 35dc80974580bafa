import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { TrackerList } from 'backstage-plugin-operational-excellence-common';
import type { Allowance } from '../../allowance';
import { errorText, LoadFailure } from '../../feedback';
import { isFailed, Loadable } from '../../loading';
import { useTexts } from '../../translation';
import { SentElsewhere } from './SentElsewhere';
import type { FilingState } from './useFiling';

/** That nothing can be filed, or was not just now. */
export const FilingNotices = (props: {
  trackers: Loadable<TrackerList>;
  allowance: Allowance;
  state: FilingState;
}) => {
  const { allowance, state, trackers } = props;
  const { t } = useTexts();
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
