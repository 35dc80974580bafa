import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { errorText } from '../feedback';
import { useTexts } from '../translation';
import { SyncOutcome, targetName } from './useSync';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
}));

/** Says what became of a request to run. */
export const SyncMessage = (props: {
  outcome: SyncOutcome;
  onDismiss: () => void;
}) => {
  const { outcome, onDismiss } = props;
  const classes = useStyles();
  const { t } = useTexts();

  const text = () => {
    switch (outcome.status) {
      case 'asked':
        if (outcome.target.scope) {
          return t('sources.syncingScope', {
            scope: targetName(outcome.target),
          });
        }
        return t('sources.syncing', {
          count: outcome.scopes,
          source: targetName(outcome.target),
        });
      case 'failed':
        return t('sources.syncFailed', {
          source: targetName(outcome.target),
          message: errorText(outcome.error),
        });
      default:
        return undefined;
    }
  };
  const message = text();

  // Always there, so that screen readers notice what appears in it.
  return (
    <div aria-live="polite">
      {message && (
        <Paper variant="outlined" className={classes.root}>
          <Typography variant="body2">{message}</Typography>
          <IconButton
            size="small"
            aria-label={t('sources.dismiss')}
            onClick={onDismiss}
          >
            <CloseIcon fontSize="small" />
          </IconButton>
        </Paper>
      )}
    </div>
  );
};
