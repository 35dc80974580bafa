import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { SourceScope } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { operationalExcellenceTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/** Since when a scope fails, how often, and with which error. */
export const ScopeProblem = (props: { scope: SourceScope; now: number }) => {
  const { scope, now } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  if (!scope.lastError && !scope.failingSince) return null;
  return (
    <div className={classes.root}>
      {scope.failingSince && (
        <div>
          <Moment instant={scope.failingSince}>
            {t('sources.failingSince', {
              ago: words.ago(scope.failingSince, now),
            })}
          </Moment>
          {` · ${t('sources.failures', { count: scope.consecutiveFailures })}`}
        </div>
      )}
      {scope.lastError}
    </div>
  );
};
