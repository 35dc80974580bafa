import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { errorText, LoadFailure } from '../../feedback';
import { useLoadable } from '../../loading';
import { dayOf } from '../../time';
import { useTexts } from '../../translation';

const useStyles = makeStyles(theme => ({
  heading: { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  feed: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
}));

/** The calendars that the reader has made, each with a way to take it back. */
export const FeedList = (props: { changes: number; onChange: () => void }) => {
  const { changes, onChange } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [failure, setFailure] = useState<Error>();
  const feeds = useLoadable(`feeds ${changes}`, signal =>
    api.getCalendarFeeds({ signal }),
  );

  const revoke = async (id: string) => {
    try {
      await api.revokeCalendarFeed(id);
      setFailure(undefined);
      onChange();
    } catch (error) {
      setFailure(toError(error));
    }
  };

  if (feeds.status === 'loading') return null;
  if (feeds.status !== 'ready') return <LoadFailure failure={feeds} />;
  if (!feeds.value.items.length) return null;
  return (
    <section aria-label={t('exercises.subscribe.yours')}>
      <h3 className={classes.heading}>{t('exercises.subscribe.yours')}</h3>
      {failure && (
        <Alert severity="error" role="alert">
          {t('exercises.subscribe.notRevoked', {
            message: errorText(failure),
          })}
        </Alert>
      )}
      <ul className={classes.list}>
        {feeds.value.items.map(
          ({ createdAt, entityRef, expiresAt, id, owner }) => {
            const ref = entityRef ?? owner;
            const ofId = `operational-excellence-feed-${id}`;
            return (
              <li key={id} className={classes.feed}>
                <span id={ofId}>
                  {ref ? (
                    <EntityRefLink entityRef={ref} />
                  ) : (
                    t('exercises.subscribe.everything')
                  )}
                  {`, ${t('exercises.subscribe.span', {
                    from: dayOf(createdAt),
                    to: dayOf(expiresAt),
                  })}`}
                </span>
                <Button
                  size="small"
                  id={`${ofId}-revoke`}
                  aria-labelledby={`${ofId}-revoke ${ofId}`}
                  onClick={() => revoke(id)}
                >
                  {t('exercises.subscribe.revoke')}
                </Button>
              </li>
            );
          },
        )}
      </ul>
    </section>
  );
};
