import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { ReactNode, useEffect, useRef, useState } from 'react';
import { errorText } from '../feedback';
import { useIsNarrow } from '../scorecard/useIsNarrow';
import { useTexts } from '../translation';
import { isConflict } from './conflicts';
import type { Acting } from './useAct';

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
  actions: { gap: theme.spacing(1), padding: theme.spacing(1.5, 3) },
}));

/**
 * Asks for what an act needs to be told, and does it. What was typed stays where
 * that fails; it is open as long as it is mounted.
 */
export const ActDialog = (props: {
  /** Unique on the page. */
  id: string;
  title: string;
  about: string;
  submit: string;
  acting: Acting;
  /** Whether something has to be corrected before it can be done. */
  isIncomplete?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
}) => {
  const { acting, children, id, isIncomplete = false, onClose } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const isSending = acting.status === 'sending';
  const form = useRef<HTMLFormElement>(null);
  const [refused, setRefused] = useState(0);
  useEffect(() => {
    if (!refused) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refused]);

  return (
    <Dialog
      open
      fullScreen={isNarrow}
      fullWidth
      maxWidth="sm"
      aria-labelledby={id}
      onClose={isSending ? undefined : onClose}
    >
      <DialogTitle id={id} disableTypography>
        <Typography variant="h5" component="h2">
          {props.title}
        </Typography>
      </DialogTitle>
      <form
        ref={form}
        className={classes.form}
        noValidate
        aria-busy={isSending}
        onSubmit={event => {
          event.preventDefault();
          if (isIncomplete) setRefused(count => count + 1);
          props.onSubmit();
        }}
      >
        <DialogContent dividers className={classes.content}>
          <div>{props.about}</div>
          {children}
          {acting.status === 'failed' && (
            <Alert severity="error" role="alert">
              {isConflict(acting.error)
                ? t('exercises.conflict.dialog', {
                    message: errorText(acting.error),
                  })
                : t('exercises.notSaved', {
                    message: errorText(acting.error),
                  })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={onClose} disabled={isSending}>
            {t('improvement.close')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            aria-disabled={isSending}
          >
            {isSending ? t('exercises.saving') : props.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
