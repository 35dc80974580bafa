import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  MEASURES,
  type Service,
  type ServiceSort,
} from 'backstage-plugin-operational-excellence-common';
import { StateLabel } from '../states';
import { useTexts } from '../translation';
import { COLUMNS } from './columns';
import { MeasureAnswer } from './MeasureAnswer';
import { SortField } from './SortField';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  service: {
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  measures: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(1, 0, 0),
    '& dt': { fontSize: '0.8125rem' },
    '& dd': { margin: 0 },
  },
}));

/** The services of a page below each other, where there is no room for a table. */
export const ServiceList = (props: {
  services: readonly Service[];
  now: number;
  sort: ServiceSort;
  onSort: (sort: ServiceSort) => void;
}) => {
  const { services, now, sort, onSort } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const columns = COLUMNS.map(each => ({ ...each, label: t(each.label) }));

  return (
    <>
      <SortField columns={columns} sort={sort} onSort={onSort} />
      <ul className={classes.list} aria-label={t('scorecard.title')}>
        {services.map(service => (
          <li key={service.entityRef} className={classes.service}>
            <div className={classes.heading}>
              <span className={classes.name}>
                <EntityRefLink
                  entityRef={service.entityRef}
                  title={service.title}
                />
              </span>
              <StateLabel state={service.state} />
            </div>
            <div className={classes.facts}>
              <div>
                {service.ownerRef ? (
                  <EntityRefLink
                    entityRef={service.ownerRef}
                    title={service.ownerTitle ?? undefined}
                  />
                ) : (
                  t('scorecard.noOwner')
                )}
              </div>
              {service.tier !== null && (
                <div>
                  {t('scorecard.tier')} {service.tier}
                </div>
              )}
            </div>
            <dl className={classes.measures}>
              {MEASURES.map(measure => [
                <dt key={`${measure} name`}>{t(`measure.${measure}`)}</dt>,
                <dd key={measure}>
                  <MeasureAnswer
                    measure={measure}
                    service={service}
                    now={now}
                  />
                </dd>,
              ])}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
};
