import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import {
  exerciseKindSchema,
  exerciseStageSchema,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { FacetFilter, useFacetTitles } from '../../facets';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { SearchField } from '../../search';
import { useTexts } from '../../translation';
import { isNarrowed, OverviewView } from './overviewView';
import type { ChangeOverview } from './useOverviewView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    alignItems: 'center',
    padding: theme.spacing(2),
  },
}));

/** Some of a few values. */
const Choices = <Value extends string>(props: {
  id: string;
  label: string;
  values: readonly Value[];
  chosen: Value[];
  nameOf: (value: Value) => string;
  onChange: (chosen: Value[]) => void;
}) => {
  const { chosen, id, label, nameOf, onChange, values } = props;
  const { t } = useTexts();
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      label={label}
      value={chosen}
      InputLabelProps={{ id: `${id}-label`, shrink: true }}
      SelectProps={{
        multiple: true,
        displayEmpty: true,
        SelectDisplayProps: { 'aria-labelledby': `${id}-label ${id}` },
        renderValue: () =>
          chosen.map(nameOf).join(', ') || t('exercises.filter.all'),
      }}
      onChange={({ target }) => {
        const next = [target.value].flat();
        onChange(values.filter(value => next.includes(value)));
      }}
    >
      {values.map(value => (
        <MenuItem key={value} value={value}>
          {nameOf(value)}
        </MenuItem>
      ))}
    </TextField>
  );
};

/** What narrows the exercises that are shown. */
export const OverviewFilters = (props: {
  view: OverviewView;
  onChange: ChangeOverview;
}) => {
  const { onChange, view } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const { t } = useTexts();
  const { titleOf } = useFacetTitles({ owner: view.owners });
  const inUse = [view.kinds, view.stages, view.owners].filter(
    ({ length }) => length,
  ).length;
  return (
    <Paper
      role="search"
      aria-label={t('scorecard.filters')}
      className={classes.root}
    >
      <SearchField
        id="operational-excellence-exercise-search"
        label={t('exercises.filter.search')}
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
            : t('scorecard.moreFilters', { count: inUse })}
        </Button>
      )}
      {(!isNarrow || isOpen) && (
        <>
          <Choices
            id="operational-excellence-exercise-kinds"
            label={t('exercises.filter.kind')}
            values={exerciseKindSchema.options}
            chosen={view.kinds}
            nameOf={kind => t(`exercises.kind.${kind}`)}
            onChange={kinds => onChange({ kinds })}
          />
          <Choices
            id="operational-excellence-exercise-stages"
            label={t('exercises.filter.stage')}
            values={exerciseStageSchema.options}
            chosen={view.stages}
            nameOf={stage => t(`exercises.stage.${stage}`)}
            onChange={stages => onChange({ stages })}
          />
          <FacetFilter
            label={t('scorecard.owner')}
            facet="owner"
            titleOf={titleOf}
            value={view.owners}
            onChange={owners => onChange({ owners })}
          />
        </>
      )}
      {isNarrowed(view) && (
        <div>
          <Button
            size="small"
            onClick={() =>
              onChange({ kinds: [], stages: [], owners: [], q: '' })
            }
          >
            {t('scorecard.clear')}
          </Button>
        </div>
      )}
    </Paper>
  );
};
