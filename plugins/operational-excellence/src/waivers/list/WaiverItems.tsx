import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { useTexts } from '../../translation';
import { WaiverEnd } from './WaiverEnd';
import { WaiverGrant } from './WaiverGrant';
import type { WaiversProps } from './WaiverTable';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  waiver: {
    display: 'grid',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
    fontSize: '0.875rem',
    lineHeight: 1.43,
    overflowWrap: 'anywhere',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 1),
  },
  name: { fontWeight: 600 },
  reason: { margin: 0, whiteSpace: 'pre-wrap' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(0.5, 2),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0 },
  },
}));

/** Waivers below each other, where there is no room for a table. */
export const WaiverItems = (props: WaiversProps) => {
  const { isPast, now, waivers } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <ul className={classes.list} aria-label={t('waivers.title')}>
      {waivers.map(waiver => (
        <li key={waiver.id} className={classes.waiver}>
          <div className={classes.heading}>
            <span className={classes.name}>
              <EntityRefLink
                entityRef={waiver.entityRef}
                title={waiver.entityTitle}
              />
            </span>
            <span>{t(`measure.${waiver.measure}`)}</span>
          </div>
          <p className={classes.reason}>{waiver.reason}</p>
          <dl className={classes.facts}>
            <dt>{t('waivers.list.granted')}</dt>
            <dd>
              <WaiverGrant waiver={waiver} />
            </dd>
            <dt>
              {isPast ? t('waivers.list.endedOn') : t('waivers.list.ends')}
            </dt>
            <dd>
              <WaiverEnd waiver={waiver} now={now} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
};
