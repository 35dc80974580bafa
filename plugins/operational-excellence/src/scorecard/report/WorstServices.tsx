import {
  MEASURES,
  type Page,
  type Service,
} from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { useReportStyles } from './useReportStyles';

/** The services that need attention most, and who owns them. */
export const WorstServices = (props: { services: Page<Service> }) => {
  const { items, totalItems } = props.services;
  const classes = useReportStyles();
  const { t } = useTexts();
  if (items.length === 0) return <p>{t('report.none')}</p>;
  const hidden = totalItems - items.length;
  return (
    <>
      <h3>{t('report.worst')}</h3>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('report.worst')}>
          <thead>
            <tr>
              <th scope="col">{t('scorecard.service')}</th>
              <th scope="col">{t('scorecard.owner')}</th>
              <th scope="col">{t('scorecard.tier')}</th>
              {MEASURES.map(measure => (
                <th key={measure} scope="col">
                  {t(`measure.${measure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(service => (
              <tr key={service.entityRef}>
                <th scope="row">{service.title}</th>
                <td>
                  {service.ownerTitle ??
                    service.ownerRef ??
                    t('scorecard.noOwner')}
                </td>
                <td>{service.tier ?? '—'}</td>
                {MEASURES.map(measure => (
                  <td key={measure}>{t(`state.${service[measure].state}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <p className={classes.small}>{t('report.more', { count: hidden })}</p>
      )}
    </>
  );
};
