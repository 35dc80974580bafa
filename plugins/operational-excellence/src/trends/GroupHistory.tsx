import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { History } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { CHART_HEIGHT } from '../charts/chartHeight';
import { Note } from '../entityContent/Note';
import { LoadFailure } from '../feedback';
import { useLoadable } from '../loading';
import { usePortalLinks } from '../portalLinks';
import { exactInstant, useNow } from '../time';
import { useTexts } from '../translation';
import { FirstDays } from './FirstDays';
import { groupParams } from './groupParams';
import { TrendCharts } from './TrendCharts';
import { countedDays, missingDays, spanOf, trendDays } from './trendDays';
import type { TrendsView } from './trendsView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
    overflowWrap: 'anywhere',
  },
  title: { margin: 0, fontSize: '1.375rem', fontWeight: 600 },
  // On the background of the page, secondary text is too faint.
  about: { fontSize: '0.875rem' },
  outdated: { opacity: 0.6 },
}));

const Loaded = (props: {
  view: TrendsView;
  history: History;
  title: string;
  span: { from: string; to: string };
  isOutdated: boolean;
}) => {
  const { history, isOutdated, span, title, view } = props;
  const classes = useStyles();
  const links = usePortalLinks();
  const { t } = useTexts();
  const days = trendDays(history.points, span);
  const counted = countedDays(days);
  const missing = missingDays(days);
  const isYoung = counted.length > 0 && counted[0].day > span.from;
  return (
    <div
      className={`${classes.root} ${isOutdated ? classes.outdated : ''}`}
      aria-busy={isOutdated}
    >
      <div>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {links && (
            <Link to={links.scorecard(groupParams(view.by, view.key ?? null))}>
              {t('trends.openScorecard')}
            </Link>
          )}
        </div>
        <Typography component="p" className={classes.about}>
          {[
            t('age.asOf', { instant: exactInstant(history.asOf) }),
            isYoung && t('trends.since', { day: counted[0].title }),
            missing > 0 && t('trends.missing', { count: missing }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </div>
      {counted.length ? (
        <TrendCharts days={days} measure={view.measure} />
      ) : (
        <FirstDays isAll={view.by === 'all'} days={view.days} />
      )}
    </div>
  );
};

/** How the services of a group stood on each day; or all services. */
export const GroupHistory = (props: {
  view: TrendsView;
  /** The title of the group, where it is known. */
  title: string | undefined;
}) => {
  const { view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const now = useNow();
  const { t } = useTexts();
  const { by, key } = view;
  const span = spanOf(view.days, now);
  const query = { by, key, ...span };
  const asked = JSON.stringify(query);
  const loaded = useLoadable(asked, async signal => ({
    asked,
    span,
    view,
    history: await api.getHistory(query, { signal }),
  }));

  switch (loaded.status) {
    case 'loading':
      return (
        <div
          role="status"
          aria-label={t('trends.loading')}
          className={classes.root}
        >
          <Skeleton height={40} width="40%" />
          <Skeleton variant="rect" height={CHART_HEIGHT} />
          <Skeleton variant="rect" height={CHART_HEIGHT} />
        </div>
      );
    case 'forbidden':
      return (
        <Paper>
          <Note>{t('trends.forbidden')}</Note>
        </Paper>
      );
    case 'ready': {
      const { history } = loaded.value;
      const titleOf = () => {
        if (history.by === 'all') return t('trends.all');
        if (history.key !== null) {
          return history.title ?? props.title ?? history.key;
        }
        return by === 'all' ? t('trends.all') : t(`trends.without.${by}`);
      };
      return (
        <Loaded
          history={history}
          span={loaded.value.span}
          view={{ ...loaded.value.view, measure: view.measure }}
          title={titleOf()}
          isOutdated={loaded.value.asked !== asked}
        />
      );
    }
    default:
      return (
        <Paper>
          <LoadFailure failure={loaded} />
        </Paper>
      );
  }
};
