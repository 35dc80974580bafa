import { useApi } from '@backstage/frontend-plugin-api';
import TextField from '@material-ui/core/TextField';
import { RECORD_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { useTexts } from '../../translation';
import { ActDialog } from '../ActDialog';
import { isConflict } from '../conflicts';
import { useAct } from '../useAct';
import type { TransitionProps } from './transitions/TransitionProps';

/** Approves or rejects a plan; who rejects says why. */
export const ApprovalDialog = (
  props: TransitionProps & { decision: 'approved' | 'rejected' },
) => {
  const { decision, exercise, onClose, onConflict, onDone } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  const [comment, setComment] = useState('');
  const [wasTried, setTried] = useState(false);
  const isMissing = decision === 'rejected' && !comment.trim();
  const hasProblem = wasTried && isMissing;

  const submit = () => {
    setTried(true);
    if (isMissing) return;
    act(async () => {
      try {
        await api.decideOnExercise(exercise.id, {
          version: exercise.version,
          decision,
          comment: comment.trim() || null,
        });
      } catch (error) {
        if (isConflict(error)) onConflict();
        throw error;
      }
      onDone();
    });
  };

  return (
    <ActDialog
      id="operational-excellence-decide"
      title={t(`exercises.approval.dialog.${decision}`)}
      about={t(`exercises.approval.about.${decision}`)}
      submit={
        decision === 'approved'
          ? t('exercises.approval.approve')
          : t('exercises.approval.reject')
      }
      acting={acting}
      isIncomplete={isMissing}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        id="operational-excellence-decide-comment"
        variant="outlined"
        size="small"
        label={t('exercises.approval.comment')}
        required={decision === 'rejected'}
        multiline
        minRows={2}
        maxRows={8}
        inputProps={{ maxLength: RECORD_TEXT_MAX.line }}
        value={comment}
        onChange={({ target }) => setComment(target.value)}
        error={hasProblem}
        helperText={
          hasProblem ? t('exercises.approval.commentMissing') : undefined
        }
      />
    </ActDialog>
  );
};
