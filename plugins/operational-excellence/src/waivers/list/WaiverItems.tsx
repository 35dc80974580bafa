import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useRecordStyles } from '../../entityContent/useRecordStyles';
import { useTexts } from '../../translation';
import { WaiverEnd } from './WaiverEnd';
import { WaiverGrant } from './WaiverGrant';
import type { WaiversProps } from './WaiverTable';

/** Waivers below each other, where there is no room for a table. */
export const WaiverItems = (props: WaiversProps) => {
  const { isPast, now, waivers } = props;
  const classes = useRecordStyles();
  const { t } = useTexts();
  return (
    <ul className={classes.list} aria-label={t('waivers.title')}>
      {waivers.map(waiver => (
        <li key={waiver.id} className={classes.record}>
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
