import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { operationalExcellenceSourceReadPermission } from 'backstage-plugin-operational-excellence-common';
import { errorText, LoadFailure } from '../feedback';
import { Moment, useNow, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';
import { SourcesSkeleton } from './SourcesSkeleton';
import { SourceTable } from './SourceTable';
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
}));

/** The connected sources: what each last delivered, and why it failed. */
export const Sources = () => {
  const classes = useStyles();
  const now = useNow();
  const words = useTimeWords();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const { sources, last } = useSources();
  const { outcome, sync, dismiss } = useSync(() => {
    if ('reload' in sources) sources.reload();
  });

  if (!last) {
    if (sources.status === 'forbidden' || sources.status === 'not-found') {
      return (
        <Paper>
          <LoadFailure
            failure={sources}
            permission={operationalExcellenceSourceReadPermission.name}
          />
        </Paper>
      );
    }
    if (sources.status === 'failed') {
      return (
        <Paper>
          <LoadFailure failure={sources} />
        </Paper>
      );
    }
    return <SourcesSkeleton />;
  }
  return (
    <>
      <SyncMessage outcome={outcome} onDismiss={dismiss} />
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
      <Paper>
        {last.items.length ? (
          <SourceTable
            sources={last.items}
            now={now}
            asking={outcome.status === 'asking' ? outcome.sourceId : undefined}
            onSync={sync}
          />
        ) : (
          <Typography className={classes.empty}>
            {t('sources.empty')}
          </Typography>
        )}
      </Paper>
    </>
  );
};
