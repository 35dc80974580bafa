import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  MEASURES,
  type Measure,
  type ServiceFacets,
} from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { useState } from 'react';
import { FacetFilter } from './FacetFilter';
import { MyTeamsButton } from './MyTeamsButton';
import { CheckedFilter, SearchField } from '../search';
import { FILTER_KEYS, isFiltered, ScorecardView } from './scorecardView';
import { useIsNarrow } from './useIsNarrow';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    alignItems: 'center',
    padding: theme.spacing(2),
  },
  actions: {
    gridColumn: '1 / -1',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
}));

const WHOLE_SERVICE = 'service';

/** What narrows the list. */
export const ScorecardFilters = (props: {
  facets: ServiceFacets | undefined;
  view: ScorecardView;
  onChange: (
    change: Partial<ScorecardView>,
    options?: { replace?: boolean },
  ) => void;
}) => {
  const { facets, view, onChange } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const chosen = FILTER_KEYS.filter(key => view.filters[key].length > 0).length;

  return (
    <Paper
      role="search"
      aria-label={t('scorecard.filters')}
      className={classes.root}
    >
      <SearchField
        id="operational-excellence-search"
        label={t('scorecard.search')}
        value={view.q}
        onChange={q => onChange({ q }, { replace: true })}
      />
      {isNarrow && (
        <Button
          size="small"
          variant="outlined"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen
            ? t('scorecard.fewerFilters')
            : t('scorecard.moreFilters', { count: chosen })}
        </Button>
      )}
      {(!isNarrow || isOpen) && (
        <>
          <TextField
            select
            id="operational-excellence-measure"
            size="small"
            variant="outlined"
            label={t('scorecard.measure')}
            value={view.measure ?? WHOLE_SERVICE}
            onChange={({ target }) =>
              onChange({
                measure:
                  target.value === WHOLE_SERVICE
                    ? undefined
                    : (target.value as Measure),
              })
            }
          >
            {([WHOLE_SERVICE, ...MEASURES] as const).map(measure => (
              <MenuItem key={measure} value={measure}>
                {t(`measure.${measure}`)}
              </MenuItem>
            ))}
          </TextField>
          {FILTER_KEYS.map(key => (
            <FacetFilter
              key={key}
              label={t(`scorecard.${key}`)}
              options={facets?.[key]}
              value={view.filters[key]}
              onChange={values =>
                onChange({ filters: { ...view.filters, [key]: values } })
              }
            />
          ))}
        </>
      )}
      <div className={classes.actions}>
        <MyTeamsButton view={view} onChange={onChange} />
        <CheckedFilter
          label={t('time.onlyStarved')}
          hint={t('time.onlyStarvedHint')}
          value={view.starved}
          onChange={starved => onChange({ starved })}
        />
        {isFiltered(view) && (
          <Button
            size="small"
            onClick={() =>
              onChange({
                states: [],
                starved: false,
                q: '',
                filters: {
                  owner: [],
                  system: [],
                  domain: [],
                  tier: [],
                  type: [],
                  lifecycle: [],
                },
              })
            }
          >
            {t('scorecard.clear')}
          </Button>
        )}
      </div>
    </Paper>
  );
};
