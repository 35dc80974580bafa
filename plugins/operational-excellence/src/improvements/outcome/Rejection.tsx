import { useApi } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { LoadFailure } from '../../feedback';
import { isFailed, useLoadable } from '../../loading';
import { useTexts } from '../../translation';

/**
 * Why a tracker refused an improvement that is being corrected. Where it was sent
 * again from elsewhere meanwhile, that is reported.
 */
export const Rejection = (props: {
  id: string;
  /** The improvement, where it was just refused. */
  known: Improvement | undefined;
  onUpdate: (improvement: Improvement) => void;
}) => {
  const { id, known, onUpdate } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const loaded = useLoadable<Improvement>(
    `${id} ${known?.delivery.attempts}`,
    async signal => known ?? api.getImprovement(id, { signal }),
  );
  const improvement = loaded.status === 'ready' ? loaded.value : known;
  const latest = useRef(onUpdate);
  latest.current = onUpdate;
  useEffect(() => {
    if (improvement && improvement.delivery.state !== 'rejected') {
      latest.current(improvement);
    }
  }, [improvement]);

  if (isFailed(loaded)) return <LoadFailure failure={loaded} />;
  if (!improvement) return null;
  const { reason } = improvement.delivery;
  return (
    <Alert severity="warning" role="alert">
      <AlertTitle>
        {t('improvement.rejected', { tracker: improvement.tracker.title })}
      </AlertTitle>
      {reason && (
        <Typography
          variant="body2"
          style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
        >
          {reason}
        </Typography>
      )}
      <Typography variant="body2">{t('improvement.rejectedAction')}</Typography>
    </Alert>
  );
};
