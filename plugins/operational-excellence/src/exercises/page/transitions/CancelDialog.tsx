import TextField from '@material-ui/core/TextField';
import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { useTexts } from '../../../translation';
import { ActDialog } from '../../ActDialog';
import type { TransitionProps } from './TransitionProps';
import { useTransition } from './useTransition';

/** Asks why an exercise will not take place. */
export const CancelDialog = (props: TransitionProps) => {
  const { t } = useTexts();
  const [acting, move] = useTransition(props);
  const [reason, setReason] = useState('');
  const [wasTried, setTried] = useState(false);
  const isMissing = !reason.trim();
  const hasProblem = wasTried && isMissing;
  return (
    <ActDialog
      id="operational-excellence-cancel-exercise"
      title={t('exercises.cancel.title')}
      about={t('exercises.cancel.about')}
      submit={t('exercises.cancel.submit')}
      acting={acting}
      isIncomplete={isMissing}
      onSubmit={() => {
        setTried(true);
        if (!isMissing) move({ to: 'cancelled', reason: reason.trim() });
      }}
      onClose={props.onClose}
    >
      <TextField
        id="operational-excellence-cancel-reason"
        variant="outlined"
        size="small"
        label={t('exercises.cancel.reason')}
        required
        multiline
        minRows={2}
        maxRows={8}
        inputProps={{ maxLength: RECORD_TEXT_MAX.line }}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        error={hasProblem}
        helperText={
          hasProblem ? t('exercises.cancel.reasonMissing') : undefined
        }
      />
    </ActDialog>
  );
};
