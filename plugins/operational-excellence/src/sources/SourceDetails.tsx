import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { useTexts } from '../translation';
import { ScopeFilters, ScopeHealth } from './ScopeFilters';
import { ScopeList } from './ScopeList';
import { SourceProblems } from './SourceProblems';
import { Syncing } from './useSync';

const useStyles = makeStyles(theme => ({
  heading: {
    fontSize: '0.875rem',
    fontWeight: 600,
    margin: theme.spacing(3, 0, 1),
  },
}));

/** What services name wrongly in a source, and how its scopes fare. */
export const SourceDetails = (props: {
  source: Source;
  now: number;
  syncing: Syncing;
}) => {
  const { source, now, syncing } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const [text, setText] = useState('');
  // Those in trouble first, where there are any.
  const [health, setHealth] = useState<ScopeHealth>(
    source.scopes.ok < source.scopes.total ? 'unhealthy' : 'all',
  );
  return (
    <>
      {source.problems > 0 && (
        <>
          <Typography component="h3" className={classes.heading}>
            {t('sources.problems.title')}
          </Typography>
          <SourceProblems source={source} now={now} />
        </>
      )}
      <Typography component="h3" className={classes.heading}>
        {t('sources.scopes')}
      </Typography>
      <ScopeFilters
        sourceId={source.id}
        health={health}
        onHealth={setHealth}
        text={text}
        onText={setText}
      />
      <ScopeList
        source={source}
        q={text.trim()}
        health={health}
        now={now}
        syncing={syncing}
      />
    </>
  );
};
