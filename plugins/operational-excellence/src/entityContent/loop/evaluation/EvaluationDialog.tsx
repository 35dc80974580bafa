import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { DraftNotices, KeptDraft } from '../../../drafts';
import { errorText, ReadableErrors } from '../../../feedback';
import { useIsNarrow } from '../../../scorecard/useIsNarrow';
import { useTexts } from '../../../translation';
import { Goal } from '../Goal';
import { EMPTY_EVALUATION, EvaluationDraft } from './EvaluationDraft';
import { EvaluationForm } from './EvaluationForm';
import { useEvaluation } from './useEvaluation';
import { useEvaluationDraft } from './useEvaluationDraft';

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
    // As tall as they are, also where the dialog fills a screen.
    alignContent: 'start',
    fontFamily: theme.typography.fontFamily,
    fontSize: '0.875rem',
    overflowWrap: 'anywhere',
  },
  actions: {
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
  },
  spacer: { flex: 1 },
}));

const Evaluating = (props: {
  improvement: Improvement;
  kept: KeptDraft<EvaluationDraft>;
  evaluation: ReturnType<typeof useEvaluation>;
  onClose: () => void;
}) => {
  const { improvement, kept, onClose } = props;
  const { problems, save, saving } = props.evaluation;
  const classes = useStyles();
  const { t } = useTexts();
  const { draft } = kept;
  const isSaving = saving.status === 'saving';

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (saving.status !== 'incomplete') return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [saving]);

  const isAlternativeNext =
    draft.verdict === 'not-met' && draft.stillPriority === 'yes';
  const saveText = isAlternativeNext
    ? t('evaluation.saveAndFile')
    : t('evaluation.save');

  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
    >
      <DialogContent className={classes.content} dividers>
        <DraftNotices kept={kept} />
        {improvement.goal ? (
          <Goal goal={improvement.goal} />
        ) : (
          <div>{t('evaluation.noGoal')}</div>
        )}
        <EvaluationForm
          draft={draft}
          problems={problems}
          // What is being saved does not change any more.
          onChange={isSaving ? () => {} : kept.change}
        />
        {saving.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('evaluation.failed', { message: errorText(saving.error) })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions className={classes.actions} disableSpacing>
        {!kept.isUntouched && !isSaving && (
          <Button onClick={() => kept.discard(EMPTY_EVALUATION)}>
            {t('drafts.discard')}
          </Button>
        )}
        <span className={classes.spacer} />
        <Button onClick={onClose} disabled={isSaving}>
          {t('evaluation.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          aria-disabled={isSaving}
        >
          {isSaving ? t('evaluation.saving') : saveText}
        </Button>
      </DialogActions>
    </form>
  );
};

/**
 * Asks whether an improvement that is done has reached its goal. What was typed is
 * kept as a draft when the dialog is closed; it is open as long as it is mounted.
 */
export const EvaluationDialog = (props: {
  improvement: Improvement;
  onEvaluated: (judged: Improvement) => void;
  onClose: () => void;
}) => {
  const { improvement, onClose, onEvaluated } = props;
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const kept = useEvaluationDraft(improvement);
  const evaluation = useEvaluation(
    improvement,
    kept?.draft ?? EMPTY_EVALUATION,
    judged => {
      kept?.restart(EMPTY_EVALUATION);
      onEvaluated(judged);
    },
  );
  return (
    <ReadableErrors>
      <Dialog
        open
        fullScreen={isNarrow}
        fullWidth
        maxWidth="sm"
        aria-labelledby={TITLE_ID}
        onClose={evaluation.saving.status === 'saving' ? undefined : onClose}
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
        {kept ? (
          <Evaluating
            improvement={improvement}
            kept={kept}
            evaluation={evaluation}
            onClose={onClose}
          />
        ) : (
          <DialogContent dividers>
            <div role="status" aria-label={t('evaluation.loading')}>
              <Skeleton height={56} />
              <Skeleton variant="rect" height={160} />
            </div>
          </DialogContent>
        )}
      </Dialog>
    </ReadableErrors>
  );
};
