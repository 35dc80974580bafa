import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { operationalExcellenceSourceReadPermission } from 'backstage-plugin-operational-excellence-common';
import { errorText, LoadFailure } from '../feedback';
import { isFailed } from '../loading';
import { Moment, useNow, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { SourceCard } from './SourceCard';
import { SourcesSkeleton } from './SourcesSkeleton';
import { SyncMessage } from './SyncMessage';
import { useSources } from './useSources';
import { useSync } from './useSync';

const useStyles = makeStyles(theme => ({
  empty: { padding: theme.spacing(4, 2), textAlign: 'center' },
  stale: {
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
}));

/** The connected sources: what each last delivered, and why it failed. */
export const ConnectedSources = () => {
  const classes = useStyles();
  const now = useNow();
  const words = useTimeWords();
  const { t } = useTexts();
  const { sources, last } = useSources();
  const syncing = useSync(() => {
    if ('reload' in sources) sources.reload();
  });

  if (!last) {
    if (!isFailed(sources)) return <SourcesSkeleton />;
    return (
      <Paper>
        <LoadFailure
          failure={sources}
          permission={operationalExcellenceSourceReadPermission.name}
        />
      </Paper>
    );
  }
  return (
    <>
      <SyncMessage outcome={syncing.outcome} onDismiss={syncing.dismiss} />
      {sources.status === 'failed' && (
        <Paper variant="outlined" className={classes.stale} role="alert">
          <Typography variant="body2" component="div">
            <Moment instant={last.asOf}>
              {t('sources.refreshFailed', {
                ago: words.ago(last.asOf, now),
                message: errorText(sources.error),
              })}
            </Moment>
          </Typography>
        </Paper>
      )}
      {last.items.length ? (
        <ul className={classes.list} aria-label={t('sources.title')}>
          {last.items.map(source => (
            <li key={source.id}>
              <SourceCard source={source} now={now} syncing={syncing} />
            </li>
          ))}
        </ul>
      ) : (
        <Paper>
          <Typography className={classes.empty}>
            {t('sources.empty')}
          </Typography>
        </Paper>
      )}
    </>
  );
};
