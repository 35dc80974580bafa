import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import TrendingDownIcon from '@material-ui/icons/TrendingDown';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import type { Mover } from 'backstage-plugin-operational-excellence-common';
import { Note } from '../entityContent/Note';
import { usePortalLinks } from '../portalLinks';
import { toneColor } from '../states';
import { useTexts } from '../translation';
import { groupParams } from './groupParams';
import { useMoverReasons } from './moverReasons';
import type { Compared, Span } from './trendsView';

const useStyles = makeStyles(theme => ({
  heading: {
    margin: 0,
    padding: theme.spacing(1, 2, 0),
    fontSize: '0.875rem',
    fontWeight: 600,
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: {
    display: 'grid',
    gap: theme.spacing(0.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(1.25, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
  },
  name: { fontWeight: 600 },
  change: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: 600,
  },
  icon: { fontSize: '1.25em' },
  reasons: { margin: 0, paddingLeft: theme.spacing(2.5) },
  secondary: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
}));

const Change = (props: { change: number }) => {
  const { change } = props;
  const classes = useStyles();
  const theme = useTheme();
  const { t } = useTexts();
  const points = Math.abs(change * 100).toLocaleString(undefined, {
    maximumFractionDigits: 1,
  });
  const isBetter = change < 0;
  const Icon = isBetter ? TrendingUpIcon : TrendingDownIcon;
  return (
    <span
      className={classes.change}
      style={{ color: toneColor(theme, isBetter ? 'good' : 'critical') }}
    >
      <Icon className={classes.icon} aria-hidden />
      {isBetter
        ? t('trends.movers.better', { points })
        : t('trends.movers.worse', { points })}
    </span>
  );
};

/** Where the state of a group, or of a service, is told in full. */
const Name = (props: { compared: Compared; mover: Mover; title: string }) => {
  const { compared, mover, title } = props;
  const links = usePortalLinks();
  if (compared === 'service') {
    return mover.key === null ? (
      <>{title}</>
    ) : (
      <EntityRefLink entityRef={mover.key} title={title} />
    );
  }
  return links ? (
    <Link to={links.scorecard(groupParams(compared, mover.key))}>{title}</Link>
  ) : (
    <>{title}</>
  );
};

/** Those that got better, or worse, the most first. */
export const MoverList = (props: {
  /** Unique on the page. */
  id: string;
  title: string;
  empty: string;
  movers: Mover[];
  compared: Compared;
  days: Span;
}) => {
  const { compared, days, empty, id, movers, title } = props;
  const classes = useStyles();
  const links = usePortalLinks();
  const reasonsOf = useMoverReasons();
  const { t } = useTexts();
  const titleOf = ({ key, title: given }: Mover) =>
    given ??
    key ??
    (compared === 'service' ? '—' : t(`trends.without.${compared}`));
  const trendOf = (key: string | null) =>
    compared === 'service'
      ? undefined
      : links?.trends({
          by: compared,
          key: key ?? undefined,
          without: key === null ? 'true' : undefined,
          days,
        });
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={classes.heading}>
        {title}
      </h3>
      {movers.length === 0 && <Note>{empty}</Note>}
      <ul className={classes.list} aria-labelledby={id}>
        {movers.map(mover => {
          const { after, before, change, key } = mover;
          const trend = trendOf(key);
          const group = titleOf(mover);
          const reasons = reasonsOf(mover);
          return (
            <li key={key ?? ''} className={classes.item}>
              <div className={classes.head}>
                <span className={classes.name}>
                  <Name compared={compared} mover={mover} title={group} />
                </span>
                <Change change={change} />
                {trend && (
                  <Link
                    to={trend}
                    aria-label={t('trends.movers.trendOf', { group })}
                  >
                    {t('trends.movers.trend')}
                  </Link>
                )}
              </div>
              <div>
                {t('trends.movers.attention', {
                  attention: after.attention.toLocaleString(),
                  services: after.services.toLocaleString(),
                })}{' '}
                <span className={classes.secondary}>
                  {t('trends.movers.before', {
                    attention: before.attention.toLocaleString(),
                    services: before.services.toLocaleString(),
                  })}
                </span>
              </div>
              {reasons.length > 0 && (
                <ul className={classes.reasons}>
                  {reasons.map(reason => (
                    <li key={reason}>{reason}</li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
