import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  MEASURE_STATES,
  MEASURES,
  type Measure,
  type ServiceFacets,
} from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { useState } from 'react';
import { FacetFilter } from './FacetFilter';
import { InitiativeFilter } from './InitiativeFilter';
import { MyTeamsButton } from './MyTeamsButton';
import { CheckedFilter, SearchField } from '../search';
import {
  FILTER_KEYS,
  FilterKey,
  filtersInUse,
  isFiltered,
  NO_FILTERS,
  ScorecardView,
} from './scorecardView';
import { useIsNarrow } from './useIsNarrow';
import type { ChangeView } from './useScorecardView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))',
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

/** Stands among the values of a property for that a service has none. */
const NONE = '';

/** The filters once other values of a property were chosen. */
function withValues(
  view: ScorecardView,
  key: FilterKey,
  chosen: string[],
): Partial<ScorecardView> {
  const others = view.without.filter(each => each !== key);
  // What has none has none of the values either: what was chosen last applies.
  const isNone = chosen.includes(NONE) && !view.without.includes(key);
  return {
    without: isNone ? [...others, key] : others,
    filters: {
      ...view.filters,
      [key]: isNone ? [] : chosen.filter(value => value !== NONE),
    },
  };
}

/** What narrows the list. */
export const ScorecardFilters = (props: {
  facets: ServiceFacets | undefined;
  view: ScorecardView;
  /** Whether the reader has starred anything. */
  hasStarred: boolean;
  onChange: ChangeView;
}) => {
  const { facets, hasStarred, view, onChange } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const stateOptions = ({ state: counts }: ServiceFacets) =>
    MEASURE_STATES.map(state => ({
      value: state,
      title: t(`state.${state}`),
      count: counts.find(each => each.state === state)?.count ?? 0,
    }));
  const chosen = filtersInUse(view) + Number(view.states.length > 0);

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
          {!view.by && (
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
              <FacetFilter
                label={t('scorecard.state')}
                options={facets && stateOptions(facets)}
                value={view.states}
                onChange={values =>
                  onChange({
                    states: MEASURE_STATES.filter(state =>
                      values.includes(state),
                    ),
                  })
                }
              />
            </>
          )}
          {FILTER_KEYS.map(key => (
            <FacetFilter
              key={key}
              label={t(`scorecard.${key}`)}
              options={
                facets && [
                  { value: NONE, title: t(`groups.none.${key}`) },
                  ...facets[key],
                ]
              }
              value={
                view.without.includes(key)
                  ? [NONE, ...view.filters[key]]
                  : view.filters[key]
              }
              onChange={values => onChange(withValues(view, key, values))}
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
        {(hasStarred || view.starred) && (
          <CheckedFilter
            label={t('scorecard.onlyStarred')}
            hint={t('scorecard.onlyStarredHint')}
            value={view.starred}
            onChange={starred => onChange({ starred })}
          />
        )}
        {view.initiative && (
          <InitiativeFilter
            id={view.initiative}
            reached={view.reached}
            onRemove={() =>
              onChange({ initiative: undefined, reached: undefined })
            }
          />
        )}
        {isFiltered(view) && (
          <Button size="small" onClick={() => onChange(NO_FILTERS)}>
            {t('scorecard.clear')}
          </Button>
        )}
      </div>
    </Paper>
  );
};
