import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { CalendarFeed } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { CopyableSnippet } from '../../entityCard/CopyableSnippet';
import { FacetFilter } from '../../facets';
import { errorText } from '../../feedback';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';
import { FeedList } from './FeedList';

const TITLE_ID = 'operational-excellence-subscribe';

const useStyles = makeStyles(theme => ({
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
}));

type Making =
  | { status: 'idle' }
  | { status: 'sending' }
  | { status: 'made'; feed: CalendarFeed }
  | { status: 'failed'; error: Error };

/** Makes calendars that other programs can subscribe to, and takes them back. */
export const SubscribeDialog = (props: { onClose: () => void }) => {
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const isNarrow = useIsNarrow();
  const { t } = useTexts();
  const [owner, setOwner] = useState<string>();
  const [making, setMaking] = useState<Making>({ status: 'idle' });
  const [changes, setChanges] = useState(0);

  const make = async () => {
    if (making.status === 'sending') return;
    setMaking({ status: 'sending' });
    try {
      const feed = await api.createCalendarFeed(owner ? { owner } : {});
      setMaking({ status: 'made', feed });
      setChanges(count => count + 1);
    } catch (error) {
      setMaking({ status: 'failed', error: toError(error) });
    }
  };

  return (
    <Dialog
      open
      fullScreen={isNarrow}
      fullWidth
      maxWidth="sm"
      aria-labelledby={TITLE_ID}
      onClose={props.onClose}
    >
      <DialogTitle id={TITLE_ID} disableTypography>
        <Typography variant="h5" component="h2">
          {t('exercises.subscribe.title')}
        </Typography>
      </DialogTitle>
      <DialogContent dividers className={classes.content}>
        <div>{t('exercises.subscribe.about')}</div>
        <FacetFilter
          label={t('exercises.subscribe.owner')}
          facet="owner"
          value={owner ? [owner] : []}
          // One calendar is for one owner: the last that was chosen.
          onChange={owners => setOwner(owners[owners.length - 1])}
        />
        <div>
          <Button
            variant="contained"
            color="primary"
            aria-disabled={making.status === 'sending'}
            onClick={make}
          >
            {making.status === 'sending'
              ? t('exercises.subscribe.making')
              : t('exercises.subscribe.make')}
          </Button>
        </div>
        {making.status === 'made' && (
          <Alert severity="success" role="status">
            <AlertTitle>{t('exercises.subscribe.made')}</AlertTitle>
            {t('exercises.subscribe.secret', {
              day: dayOf(making.feed.expiresAt),
            })}
            <CopyableSnippet
              text={making.feed.url}
              label={t('exercises.subscribe.copy')}
            />
          </Alert>
        )}
        {making.status === 'failed' && (
          <Alert severity="error" role="alert">
            {t('exercises.subscribe.failed', {
              message: errorText(making.error),
            })}
          </Alert>
        )}
        <FeedList
          changes={changes}
          onChange={() => setChanges(count => count + 1)}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('improvement.close')}</Button>
      </DialogActions>
    </Dialog>
  );
};
