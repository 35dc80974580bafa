import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import {
  RECORD_TEXT_MAX,
  type ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useKeptDraft } from '../../drafts';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';
import { useRunStyles } from '../running/useRunStyles';
import { EMPTY_TEXT, textDrafts } from '../textDrafts';
import { useMaySignOff } from '../useMay';
import { useSignOff } from './useSignOff';

/** Lets a result count, or returns it to be mended. */
export const SignOffPanel = (props: {
  test: ReadinessTestDetail;
  onChanged: () => void;
}) => {
  const { onChanged, test } = props;
  const classes = useRunStyles();
  const { t } = useTexts();
  const allowance = useMaySignOff(test);
  const comment = useKeptDraft(
    textDrafts,
    `readiness-test-sign-off:${test.id}`,
    () => EMPTY_TEXT,
  );
  const { signingOff, signOff } = useSignOff(test, () => {
    comment?.restart(EMPTY_TEXT);
    onChanged();
  });
  const text = comment?.draft.text ?? '';
  const isTooLong = text.trim().length > RECORD_TEXT_MAX.line;
  const isSaving = signingOff.status === 'saving';

  const problem = () => {
    if (isTooLong) {
      return t('readinessRuns.item.noteTooLong', {
        max: RECORD_TEXT_MAX.line.toLocaleString(),
      });
    }
    return signingOff.status === 'reason-missing' && !text.trim()
      ? t('readinessRuns.signOff.reason')
      : undefined;
  };

  return (
    <Paper component="section" className={classes.box}>
      <div className={classes.stack}>
        <h3 className={classes.heading}>{t('readinessRuns.signOff.title')}</h3>
        <div>{t('readinessRuns.signOff.waits')}</div>
        {allowance.isAllowed ? (
          <>
            <TextField
              id="operational-excellence-readiness-sign-off"
              size="small"
              variant="outlined"
              fullWidth
              multiline
              maxRows={8}
              label={t('readinessRuns.signOff.comment')}
              value={text}
              onChange={({ target }) => comment?.change({ text: target.value })}
              error={problem() !== undefined}
              helperText={problem() ?? t('readinessRuns.signOff.commentHint')}
            />
            {signingOff.status === 'failed' && (
              <Alert severity="error" role="alert">
                {t('readinessRuns.signOff.failed', {
                  message: errorText(signingOff.error),
                })}
              </Alert>
            )}
            <div className={classes.row}>
              <Button
                variant="contained"
                color="primary"
                aria-disabled={isSaving || isTooLong}
                onClick={() => !isTooLong && signOff('accepted', text)}
              >
                {isSaving
                  ? t('readinessRuns.signOff.saving')
                  : t('readinessRuns.signOff.accept')}
              </Button>
              <Button
                variant="outlined"
                aria-disabled={isSaving || isTooLong}
                onClick={() => !isTooLong && signOff('returned', text)}
              >
                {t('readinessRuns.signOff.return')}
              </Button>
            </div>
          </>
        ) : (
          <div className={classes.secondary}>{allowance.denial}</div>
        )}
      </div>
    </Paper>
  );
};
