import { useApi } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { operationalExcellenceApiRef } from '../../api';
import { ExternalLink } from '../../entityContent/ExternalLink';
import { errorText } from '../../feedback';
import { useLoadable } from '../../loading';
import { useNow, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { canBeCompared } from './canBeCompared';

const TYPING_PAUSE_MS = 300;

const useStyles = makeStyles(theme => ({
  root: {
    marginTop: theme.spacing(1),
    fontFamily: theme.typography.fontFamily,
    padding: theme.spacing(1, 1.5),
    background: theme.palette.background.default,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  item: { overflowWrap: 'anywhere', fontSize: '0.875rem' },
  age: { color: theme.palette.text.secondary },
}));

const Alike = (props: { entityRef: string; title: string }) => {
  const { entityRef, title } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const words = useTimeWords();
  const now = useNow();
  const similar = useLoadable(`${entityRef} ${title}`, signal =>
    api.getSimilarTickets(entityRef, title, { signal }),
  );

  if (similar.status === 'failed') {
    return (
      <Typography variant="caption" color="textSecondary">
        {t('improvement.similarFailed', { message: errorText(similar.error) })}
      </Typography>
    );
  }
  if (similar.status !== 'ready' || !similar.value.items.length) return null;
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="p">
        {t('improvement.similar')}
      </Typography>
      <ul className={classes.list} aria-label={t('improvement.similar')}>
        {similar.value.items.map(ticket => (
          <li key={`${ticket.key} ${ticket.url}`} className={classes.item}>
            <ExternalLink url={ticket.url}>{ticket.key}</ExternalLink>{' '}
            {ticket.title}{' '}
            <span className={classes.age}>
              {`(${words.age(ticket.createdAt, now)})`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Open tickets of the service that look like what is typed, once typing pauses. */
export const SimilarTickets = (props: { entityRef: string; title: string }) => {
  const { entityRef } = props;
  const typed = props.title.trim();
  const [title, setTitle] = useState('');
  useDebounce(() => setTitle(typed), TYPING_PAUSE_MS, [typed]);
  return (
    <div aria-live="polite">
      {canBeCompared(title) && <Alike entityRef={entityRef} title={title} />}
    </div>
  );
};
