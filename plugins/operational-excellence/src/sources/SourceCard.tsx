import IconButton from '@material-ui/core/IconButton';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import KeyboardArrowDownIcon from '@material-ui/icons/KeyboardArrowDown';
import KeyboardArrowRightIcon from '@material-ui/icons/KeyboardArrowRight';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { HealthLabel } from '../states';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';
import { SourceDetails } from './SourceDetails';
import { SourceFacts } from './SourceFacts';
import { SyncButton } from './SyncButton';
import { Syncing } from './useSync';

const useStyles = makeStyles(theme => ({
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1.5, 2),
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    flex: '1 1 180px',
    minWidth: 0,
    marginLeft: theme.spacing(-1),
  },
  title: { fontWeight: 600, fontSize: '1rem', overflowWrap: 'anywhere' },
  kind: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
  body: { padding: theme.spacing(0, 2, 2) },
  error: {
    marginTop: theme.spacing(1.5),
    padding: theme.spacing(1, 1.5),
    borderLeft: `3px solid ${theme.palette.error.main}`,
    overflowWrap: 'anywhere',
    fontSize: '0.8125rem',
  },
}));

/** How one source fares, in the words of what it reads from. */
export const SourceCard = (props: {
  source: Source;
  now: number;
  syncing: Syncing;
}) => {
  const { source, now, syncing } = props;
  const { lastError } = source;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  const [expanded, setExpanded] = useState(false);
  const titleId = `operational-excellence-source-${source.id}`;
  const detailsId = `operational-excellence-scopes-${source.id}`;

  return (
    <Paper component="section" aria-labelledby={titleId}>
      <div className={classes.heading}>
        <div className={classes.name}>
          <IconButton
            size="small"
            aria-expanded={expanded}
            aria-controls={expanded ? detailsId : undefined}
            aria-label={t(
              expanded ? 'sources.hideScopes' : 'sources.showScopes',
              { source: source.title },
            )}
            onClick={() => setExpanded(!expanded)}
          >
            {expanded ? <KeyboardArrowDownIcon /> : <KeyboardArrowRightIcon />}
          </IconButton>
          <div>
            <Typography component="h2" id={titleId} className={classes.title}>
              {source.title}
            </Typography>
            <div className={classes.kind}>{t(`sources.${source.kind}`)}</div>
          </div>
        </div>
        <HealthLabel health={source.health} />
        <SyncButton
          title={source.title}
          asking={syncing.isAsking({ source })}
          onSync={() => syncing.sync({ source })}
        />
      </div>
      <div className={classes.body}>
        <SourceFacts source={source} now={now} />
        {lastError && (
          <div className={classes.error}>
            <Moment instant={lastError.since}>
              <strong>
                {t('sources.lastError', {
                  scope: lastError.scope,
                  ago: words.ago(lastError.since, now),
                })}
              </strong>
            </Moment>
            <div>{lastError.message}</div>
          </div>
        )}
        {expanded && (
          <div id={detailsId}>
            <SourceDetails source={source} now={now} syncing={syncing} />
          </div>
        )}
      </div>
    </Paper>
  );
};
