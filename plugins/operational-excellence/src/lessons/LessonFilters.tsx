import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingSeveritySchema,
  type LessonPage,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { ChoiceFilter, FacetFilter, useFacetTitles } from '../facets';
import { useIsNarrow } from '../scorecard/useIsNarrow';
import { SearchField } from '../search';
import { useTexts } from '../translation';
import { ALL_LESSONS, isNarrowed, LessonsView, ORIGINS } from './lessonsView';
import type { ChangeLessons } from './useLessonsView';

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
  chosen: readonly Value[];
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
          chosen.map(nameOf).join(', ') || t('findings.lessons.all'),
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

/** What narrows the lessons that are shown. */
export const LessonFilters = (props: {
  view: LessonsView;
  /** The tags that are used most, once they are known. */
  tags: LessonPage['tags'] | undefined;
  onChange: ChangeLessons;
}) => {
  const { onChange, tags, view } = props;
  const classes = useStyles();
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(false);
  const { t } = useTexts();
  const { titleOf } = useFacetTitles({ owner: view.owners });
  const inUse = [view.tags, view.severities, view.origins, view.owners].filter(
    ({ length }) => length,
  ).length;
  return (
    <Paper
      role="search"
      aria-label={t('findings.lessons.filters')}
      className={classes.root}
    >
      <SearchField
        id="operational-excellence-lesson-search"
        label={t('findings.lessons.search')}
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
          <ChoiceFilter
            label={t('findings.lessons.tag')}
            options={tags?.map(({ count, tag }) => ({
              value: tag,
              title: tag,
              count,
            }))}
            value={view.tags}
            onChange={chosen => onChange({ tags: chosen })}
          />
          <Choices
            id="operational-excellence-lesson-severities"
            label={t('findings.lessons.severity')}
            values={findingSeveritySchema.options}
            chosen={view.severities}
            nameOf={severity => t(`findings.severity.${severity}`)}
            onChange={severities => onChange({ severities })}
          />
          <Choices
            id="operational-excellence-lesson-origins"
            label={t('findings.lessons.origin')}
            values={ORIGINS}
            chosen={view.origins}
            nameOf={origin => t(`findings.origin.${origin}`)}
            onChange={origins => onChange({ origins })}
          />
          <FacetFilter
            label={t('findings.lessons.owner')}
            facet="owner"
            titleOf={titleOf}
            value={view.owners}
            onChange={owners => onChange({ owners })}
          />
        </>
      )}
      {isNarrowed(view) && (
        <div>
          <Button size="small" onClick={() => onChange(ALL_LESSONS)}>
            {t('findings.lessons.clear')}
          </Button>
        </div>
      )}
    </Paper>
  );
};
