import { EntityRefLink } from '@backstage/plugin-catalog-react';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import ArrowDownwardIcon from '@material-ui/icons/ArrowDownward';
import ArrowUpwardIcon from '@material-ui/icons/ArrowUpward';
import {
  MEASURES,
  type Service,
  type ServiceSort,
} from 'backstage-plugin-operational-excellence-common';
import { StateLabel } from '../states';
import { useTexts } from '../translation';
import { COLUMNS, isSortedBy, reversed } from './columns';
import { MeasureAnswer } from './MeasureAnswer';

const useStyles = makeStyles(theme => ({
  sorting: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 2, 1.5),
  },
  sort: { flexGrow: 1 },
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
  services: Service[];
  now: number;
  sort: ServiceSort;
  onSort: (sort: ServiceSort) => void;
}) => {
  const { services, now, sort, onSort } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const sorted = COLUMNS.find(column => isSortedBy(sort, column));
  const descending = sort.startsWith('-');

  return (
    <>
      <div className={classes.sorting}>
        <TextField
          select
          id="operational-excellence-sort"
          size="small"
          variant="outlined"
          className={classes.sort}
          label={t('scorecard.sortBy')}
          value={sorted?.key ?? ''}
          onChange={({ target }) => {
            const chosen = COLUMNS.find(({ key }) => key === target.value);
            if (chosen) onSort(chosen.first);
          }}
        >
          {COLUMNS.map(({ key, label }) => (
            <MenuItem key={key} value={key}>
              {t(label)}
            </MenuItem>
          ))}
        </TextField>
        <IconButton
          size="small"
          aria-label={t('scorecard.reverse')}
          onClick={() => onSort(reversed(sort))}
        >
          {descending ? <ArrowDownwardIcon /> : <ArrowUpwardIcon />}
        </IconButton>
      </div>
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
