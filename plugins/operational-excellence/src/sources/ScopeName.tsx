import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { SourceScope } from 'backstage-plugin-operational-excellence-common';
import { Moment, useTimeWords } from '../time';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  note: {
    fontSize: '0.8125rem',
    fontWeight: 400,
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

/**
 * What a scope is, where people find it, what of it was not read yet, and since
 * when it fails, how often, and with which error.
 */
export const ScopeName = (props: { scope: SourceScope; now: number }) => {
  const { scope, now } = props;
  const { missing, unread } = scope.containers;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <>
      {scope.url ? <Link to={scope.url}>{scope.title}</Link> : scope.title}
      {/* Before its first run it goes without saying. */}
      {unread > 0 && scope.checkedAt && (
        <div className={classes.note}>
          {t('sources.unread', { count: unread })}
        </div>
      )}
      {missing > 0 && (
        <div className={classes.note}>
          {t('sources.missing', { count: missing })}
        </div>
      )}
      {scope.failingSince && (
        <div className={classes.note}>
          <Moment instant={scope.failingSince}>
            {t('sources.failingSince', {
              ago: words.ago(scope.failingSince, now),
            })}
          </Moment>
          {` · ${t('sources.failures', { count: scope.consecutiveFailures })}`}
        </div>
      )}
      {scope.lastError && <div className={classes.note}>{scope.lastError}</div>}
    </>
  );
};
