import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import Typography from '@material-ui/core/Typography';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../translation';
import type { Submitted } from '../filing';
import { Filed } from './Filed';
import { Queued } from './Queued';

/** What has become of an improvement that its tracker did not refuse. */
export const Outcome = (props: {
  submitted: Submitted;
  onUpdate: (improvement: Improvement) => void;
  onNext: () => void;
  onClose: () => void;
}) => {
  const { improvement, isEarlier } = props.submitted;
  const { t } = useTexts();
  const close = useRef<HTMLButtonElement>(null);
  // What had the focus is gone.
  useEffect(() => close.current?.focus(), []);
  return (
    <>
      <DialogContent>
        {improvement.delivery.state === 'filed' ? (
          <Filed improvement={improvement} />
        ) : (
          <Queued improvement={improvement} onUpdate={props.onUpdate} />
        )}
        {isEarlier && (
          <Typography variant="body2" style={{ marginTop: 16 }}>
            {t('improvement.earlier')}
          </Typography>
        )}
      </DialogContent>
      <DialogActions style={{ padding: '12px 24px' }}>
        <Button onClick={props.onNext}>
          {isEarlier ? t('improvement.backToDraft') : t('improvement.another')}
        </Button>
        <Button
          ref={close}
          variant="contained"
          color="primary"
          onClick={props.onClose}
        >
          {t('improvement.close')}
        </Button>
      </DialogActions>
    </>
  );
};
