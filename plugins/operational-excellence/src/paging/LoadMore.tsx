import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { errorText } from '../feedback';
import { useTexts } from '../translation';
import { Continuation, Pages } from './usePages';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 2),
  },
  error: { flexBasis: '100%', overflowWrap: 'anywhere' },
}));

/** How much of a list is shown, and the way to its next page. */
export const LoadMore = (props: {
  pages: Pages<unknown>;
  more: Continuation;
}) => {
  const { pages, more } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <Typography variant="body2" color="textSecondary" role="status">
        {t('paging.shown', {
          shown: pages.items.length.toLocaleString(),
          total: pages.totalItems.toLocaleString(),
        })}
      </Typography>
      {more.status !== 'end' && (
        // Stays in place and focusable while a page is read, so that the focus
        // of the keyboard is not lost.
        <Button
          size="small"
          variant="outlined"
          aria-disabled={more.status === 'loading'}
          onClick={more.status === 'loading' ? undefined : more.load}
        >
          {more.status === 'loading' ? t('paging.loading') : t('paging.more')}
        </Button>
      )}
      {more.status === 'failed' && (
        <Typography variant="body2" role="alert" className={classes.error}>
          {t('paging.failed', { message: errorText(more.error) })}
        </Typography>
      )}
    </div>
  );
};
