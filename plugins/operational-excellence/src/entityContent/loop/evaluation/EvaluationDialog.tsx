import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef, useState } from 'react';
import { errorText } from '../../../feedback';
import { useIsNarrow } from '../../../scorecard/useIsNarrow';
import { operationalExcellenceTranslationRef } from '../../../translation';
import { Goal } from '../Goal';
import { EMPTY_EVALUATION, EvaluationDraft } from './EvaluationDraft';
import { EvaluationForm } from './EvaluationForm';
import { useEvaluation } from './useEvaluation';

const TITLE_ID = 'operational-excellence-evaluate';

const useStyles = makeStyles(theme => ({
  form: {
    // The dialog's own layout goes on within the form.
    display: 'flex',
    flexDirection: 'column',
    flex: '1 1 auto',
    minHeight: 0,
  },
  content: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
}));

/**
 * Asks whether an improvement that is done has reached its goal. What was typed is
 * told to whoever opened it, so that it is not lost when it is closed.
 */
export const EvaluationDialog = (props: {
  improvement: Improvement;
  /** What was typed before. */
  draft: EvaluationDraft | undefined;
  onDraft: (draft: EvaluationDraft) => void;
  onEvaluated: (judged: Improvement) => void;
  onClose: () => void;
}) => {
  const { improvement, onClose, onDraft, onEvaluated } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [draft, setDraft] = useState(props.draft ?? EMPTY_EVALUATION);
  const { problems, save, saving } = useEvaluation(
    improvement,
    draft,
    onEvaluated,
  );
  const isSaving = saving.status === 'saving';

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (saving.status !== 'incomplete') return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [saving]);

  const change = (changed: Partial<EvaluationDraft>) => {
    const next = { ...draft, ...changed };
    setDraft(next);
    onDraft(next);
  };
  const isAlternativeNext =
    draft.verdict === 'not-met' && draft.stillPriority === 'yes';

  return (
    <Dialog
      open
      fullScreen={isNarrow}
      fullWidth
      maxWidth="sm"
      aria-labelledby={TITLE_ID}
      onClose={isSaving ? undefined : onClose}
    >
      <form
        ref={form}
        className={classes.form}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          save();
        }}
      >
        <DialogTitle id={TITLE_ID} disableTypography>
          <Typography variant="h5" component="h2">
            {t('evaluation.title')}
          </Typography>
          <Typography
            variant="body2"
            color="textSecondary"
            style={{ overflowWrap: 'anywhere' }}
          >
            {improvement.title}
          </Typography>
        </DialogTitle>
        <DialogContent className={classes.content} dividers>
          {improvement.goal ? (
            <Goal goal={improvement.goal} />
          ) : (
            <div>{t('evaluation.noGoal')}</div>
          )}
          <EvaluationForm draft={draft} problems={problems} onChange={change} />
          {saving.status === 'failed' && (
            <Alert severity="error" role="alert">
              {t('evaluation.failed', { message: errorText(saving.error) })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={isSaving}>
            {t('evaluation.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            aria-disabled={isSaving}
          >
            {isSaving
              ? t('evaluation.saving')
              : t(
                  isAlternativeNext
                    ? 'evaluation.saveAndFile'
                    : 'evaluation.save',
                )}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
