import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type {
  MeasureState,
  Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { errorText } from '../../feedback';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';

const ID = 'operational-excellence-end-waiver';

type Ending =
  | { status: 'asking' }
  | { status: 'ending' }
  | { status: 'failed'; error: Error };

/** Asks whether a waiver is to end before its time; it is open while mounted. */
export const EndDialog = (props: {
  waiver: Waiver;
  /** The state beneath it, where it is the waiver that decides. */
  underlyingState: MeasureState | null;
  onEnded: () => void;
  onClose: () => void;
}) => {
  const { onClose, onEnded, underlyingState, waiver } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [ending, setEnding] = useState<Ending>({ status: 'asking' });
  const isEnding = ending.status === 'ending';

  const end = async () => {
    if (isEnding) return;
    setEnding({ status: 'ending' });
    try {
      await api.endWaiver(waiver.id);
      onEnded();
    } catch (error) {
      setEnding({ status: 'failed', error: toError(error) });
    }
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="xs"
      aria-labelledby={`${ID}-title`}
      aria-describedby={`${ID}-text`}
      onClose={isEnding ? undefined : onClose}
    >
      <DialogTitle id={`${ID}-title`} disableTypography>
        <Typography variant="h5" component="h2">
          {t('waivers.end.title')}
        </Typography>
      </DialogTitle>
      <DialogContent style={{ overflowWrap: 'anywhere' }}>
        <Typography id={`${ID}-text`} variant="body2" paragraph>
          {`${t('waivers.end.text', {
            measure: t(`measure.${waiver.measure}`),
            service: waiver.entityTitle,
            day: dayOf(waiver.until),
          })} `}
          {underlyingState &&
            t('waivers.end.becomes', { state: t(`state.${underlyingState}`) })}
        </Typography>
        {ending.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('waivers.end.failed', { message: errorText(ending.error) })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions style={{ padding: '12px 24px' }}>
        <Button onClick={onClose} disabled={isEnding}>
          {t('waivers.end.keep')}
        </Button>
        <Button
          variant="contained"
          color="primary"
          aria-disabled={isEnding}
          onClick={end}
        >
          {isEnding ? t('waivers.end.ending') : t('waivers.endNow')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
