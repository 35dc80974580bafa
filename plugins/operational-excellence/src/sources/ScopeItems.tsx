import { makeStyles } from '@material-ui/core/styles';
import { HealthLabel } from '../states';
import { useTexts } from '../translation';
import { Fact, Facts } from './Fact';
import { RequestsFigure, ServicesFigure } from './Figures';
import { RateLimitFigure } from './RateLimitFigure';
import { CheckedAt } from './RunTimes';
import { ScopeName } from './ScopeName';
import { ScopeNextRun } from './ScopeNextRun';
import { ScopesProps } from './ScopeTable';
import { SyncButton } from './SyncButton';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  scope: {
    display: 'grid',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  name: { fontWeight: 600, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Scopes below each other, where there is no room for a table. */
export const ScopeItems = (props: ScopesProps) => {
  const { source, scopes, now, isAsking, onSync } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <ul
      className={classes.list}
      aria-label={t('sources.scopesOf', { source: source.title })}
    >
      {scopes.map(scope => (
        <li key={scope.key} className={classes.scope}>
          <div className={classes.heading}>
            <div className={classes.name}>
              <ScopeName scope={scope} now={now} />
            </div>
            <HealthLabel health={scope.health} />
          </div>
          <Facts>
            <Fact label={t('sources.checked')}>
              <CheckedAt instant={scope.checkedAt} now={now} />
            </Fact>
            <Fact label={t('sources.next')}>
              <ScopeNextRun scope={scope} now={now} />
            </Fact>
            <Fact label={t('sources.rows')}>{scope.rows.toLocaleString()}</Fact>
            <Fact label={t('sources.services')}>
              <ServicesFigure
                services={scope.services}
                problems={scope.problems}
              />
            </Fact>
            <Fact label={t('sources.requests')}>
              <RequestsFigure requests={scope.requests} now={now} />
            </Fact>
            <Fact label={t('sources.rateLimit.title')}>
              <RateLimitFigure rateLimit={scope.rateLimit} now={now} />
            </Fact>
          </Facts>
          <div>
            <SyncButton
              title={scope.title}
              asking={isAsking(scope)}
              onSync={() => onSync(scope)}
            />
          </div>
        </li>
      ))}
    </ul>
  );
};
