import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import type { Source } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceTranslationRef } from '../translation';
import { ScopeList } from './ScopeList';
import { ScopeSearch } from './ScopeSearch';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(1, 0) },
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 3),
    paddingBottom: theme.spacing(1),
  },
}));

/** The scopes of a source, those in trouble first where there are any. */
export const SourceScopes = (props: { source: Source; now: number }) => {
  const { source, now } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const [q, setQ] = useState('');
  const [onlyUnhealthy, setOnlyUnhealthy] = useState(
    source.scopes.ok < source.scopes.total,
  );
  return (
    <div className={classes.root}>
      <div className={classes.filters}>
        <ScopeSearch
          id={`operational-excellence-find-scope-${source.id}`}
          onChange={setQ}
        />
        <FormControlLabel
          control={
            <Switch
              size="small"
              color="primary"
              checked={onlyUnhealthy}
              onChange={(_, checked) => setOnlyUnhealthy(checked)}
            />
          }
          label={t('sources.onlyUnhealthy')}
        />
      </div>
      <ScopeList
        source={source}
        q={q}
        onlyUnhealthy={onlyUnhealthy}
        now={now}
      />
    </div>
  );
};
