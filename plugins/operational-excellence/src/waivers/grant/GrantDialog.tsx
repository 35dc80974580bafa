import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import type {
  Service,
  Waiver,
} from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { DraftKind, DraftNotices, KeptDraft, useKeptDraft } from '../../drafts';
import { errorText, ReadableErrors } from '../../feedback';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useTexts } from '../../translation';
import { MeasureField } from './MeasureField';
import { UntilField } from './UntilField';
import { useGranting } from './useGranting';
import { useProblemText } from './useProblemText';
import {
  EMPTY_WAIVER,
  isUntouched,
  parseWaiver,
  WaiverDraft,
} from './WaiverDraft';

const ID = 'operational-excellence-waiver';

const waiverDrafts: DraftKind<WaiverDraft> = {
  format: draft => ({ ...draft }),
  parse: parseWaiver,
  isUntouched,
};

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
    overflowWrap: 'anywhere',
  },
  actions: {
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
  },
  spacer: { flex: 1 },
}));

const GrantForm = (props: {
  service: Service;
  kept: KeptDraft<WaiverDraft>;
  granting: ReturnType<typeof useGranting>;
  onClose: () => void;
}) => {
  const { kept, onClose, service } = props;
  const { grant, granting, problems } = props.granting;
  const classes = useStyles();
  const { t } = useTexts();
  const problemText = useProblemText();
  const isSending = granting.status === 'sending';
  const { draft } = kept;
  // What is being sent does not change any more.
  const change = isSending ? () => {} : kept.change;

  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (granting.status !== 'incomplete') return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [granting]);

  const reasonProblem = problemText(problems.reason);
  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        grant();
      }}
    >
      <DialogContent className={classes.content} dividers>
        <DraftNotices kept={kept} />
        <Typography variant="body2">
          {t('waivers.form.about', { service: service.title })}
        </Typography>
        <MeasureField
          id={`${ID}-measure`}
          service={service}
          value={draft.measure}
          onChange={measure => change({ measure })}
          problem={problemText(problems.measure)}
        />
        <TextField
          id={`${ID}-reason`}
          size="small"
          variant="outlined"
          fullWidth
          required
          multiline
          minRows={3}
          maxRows={12}
          label={t('waivers.form.reason')}
          value={draft.reason}
          onChange={({ target }) => change({ reason: target.value })}
          error={reasonProblem !== undefined}
          helperText={reasonProblem ?? t('waivers.form.reasonHint')}
        />
        <UntilField
          id={`${ID}-until`}
          value={draft.until}
          onChange={until => change({ until })}
          problem={problemText(problems.until)}
        />
        {granting.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('waivers.form.failed', { message: errorText(granting.error) })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions className={classes.actions} disableSpacing>
        {!kept.isUntouched && !isSending && (
          <Button onClick={() => kept.discard(EMPTY_WAIVER)}>
            {t('drafts.discard')}
          </Button>
        )}
        <span className={classes.spacer} />
        <Button onClick={onClose} disabled={isSending}>
          {t('waivers.form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          aria-disabled={isSending}
        >
          {isSending ? t('waivers.form.sending') : t('waivers.form.send')}
        </Button>
      </DialogActions>
    </form>
  );
};

/**
 * Grants a waiver. What was typed is kept as a draft when the dialog is closed; it
 * is open as long as it is mounted.
 */
export const GrantDialog = (props: {
  service: Service;
  onGranted: (waiver: Waiver) => void;
  onClose: () => void;
}) => {
  const { onClose, onGranted, service } = props;
  const { entityRef } = service;
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const kept = useKeptDraft(
    waiverDrafts,
    `waiver:${entityRef}`,
    () => EMPTY_WAIVER,
  );
  const granting = useGranting(
    entityRef,
    kept?.draft ?? EMPTY_WAIVER,
    waiver => {
      kept?.restart(EMPTY_WAIVER);
      onGranted(waiver);
    },
  );
  return (
    <ReadableErrors>
      <Dialog
        open
        fullScreen={isNarrow}
        fullWidth
        maxWidth="sm"
        aria-labelledby={`${ID}-title`}
        onClose={granting.granting.status === 'sending' ? undefined : onClose}
      >
        <DialogTitle id={`${ID}-title`} disableTypography>
          <Typography variant="h5" component="h2">
            {t('waivers.grant')}
          </Typography>
        </DialogTitle>
        {kept ? (
          <GrantForm
            service={service}
            kept={kept}
            granting={granting}
            onClose={onClose}
          />
        ) : (
          <DialogContent dividers>
            <div role="status" aria-label={t('waivers.form.loading')}>
              <Skeleton height={56} />
              <Skeleton variant="rect" height={96} />
            </div>
          </DialogContent>
        )}
      </Dialog>
    </ReadableErrors>
  );
};
