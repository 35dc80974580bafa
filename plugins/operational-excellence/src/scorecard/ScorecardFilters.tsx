import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  MEASURES,
  type Measure,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { FacetFilter, FacetTitles, NONE_OF_IT } from '../facets';
import { useTexts } from '../translation';
import { InitiativeFilter } from './InitiativeFilter';
import { MyTeamsButton } from './MyTeamsButton';
import { CheckedFilter, SearchField } from '../search';
import {
  FILTER_KEYS,
  FilterKey,
  filterQuery,
  filtersInUse,
  isFiltered,
  NO_FILTERS,
  ScorecardView,
} from './scorecardView';
import { StateFilter } from './StateFilter';
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

/** The filters once other values of a property were chosen. */
function withValues(
  view: ScorecardView,
  key: FilterKey,
  chosen: string[],
): Partial<ScorecardView> {
  const others = view.without.filter(each => each !== key);
  // What has none has none of the values either: what was chosen last applies.
  const isNone = chosen.includes(NONE_OF_IT) && !view.without.includes(key);
  return {
    without: isNone ? [...others, key] : others,
    filters: {
      ...view.filters,
      [key]: isNone ? [] : chosen.filter(value => value !== NONE_OF_IT),
    },
  };
}

/** What narrows the list. */
export const ScorecardFilters = (props: {
  view: ScorecardView;
  /** What the reader has starred. */
  starred: readonly string[];
  /** Knows the titles of what is chosen. */
  titleOf: FacetTitles;
  onChange: ChangeView;
}) => {
  const { onChange, starred, titleOf, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const filter = filterQuery(view, starred);
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
              <StateFilter
                filter={filter}
                value={view.states}
                onChange={states => onChange({ states })}
              />
            </>
          )}
          {FILTER_KEYS.map(key => (
            <FacetFilter
              key={key}
              label={t(`scorecard.${key}`)}
              facet={key}
              filter={filter}
              none={t(`groups.none.${key}`)}
              titleOf={titleOf}
              value={
                view.without.includes(key)
                  ? [NONE_OF_IT, ...view.filters[key]]
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
        {(starred.length > 0 || view.starred) && (
          <CheckedFilter
            label={t('scorecard.onlyStarred')}
            hint={t('scorecard.onlyStarredHint')}
            value={view.starred}
            onChange={onlyStarred => onChange({ starred: onlyStarred })}
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
