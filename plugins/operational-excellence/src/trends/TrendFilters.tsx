import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import {
  MEASURES,
  ROLLUP_DIMENSIONS,
} from 'backstage-plugin-operational-excellence-common';
import type { ReactNode } from 'react';
import type { FacetTitles } from '../facets';
import { useTexts } from '../translation';
import { GroupField } from './GroupField';
import { Span, SPANS, TrendsView } from './trendsView';
import type { ChangeTrends } from './useTrendsView';

const ID = 'operational-excellence-trends';
const WHOLE_SERVICE = 'service';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    alignItems: 'center',
    padding: theme.spacing(2),
  },
  toggle: {
    flex: 1,
    textTransform: 'none',
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
    padding: theme.spacing(0.75, 1.5),
    // The theme's own is too faint on what is chosen.
    '&&.Mui-selected': { color: theme.palette.text.primary },
  },
  toggles: { display: 'flex' },
}));

const Choice = (props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) => {
  const { children, id, label, onChange, value } = props;
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      InputLabelProps={{ id: `${id}-label` }}
      SelectProps={{
        SelectDisplayProps: { 'aria-labelledby': `${id}-label ${id}` },
      }}
    >
      {children}
    </TextField>
  );
};

/** Whose history is shown, of how many days. */
export const TrendFilters = (props: {
  view: TrendsView;
  /** Knows the title of the group. */
  titleOf: FacetTitles;
  onChange: ChangeTrends;
}) => {
  const { onChange, titleOf, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <Paper
      role="search"
      aria-label={t('trends.filters')}
      className={classes.root}
    >
      <Choice
        id={`${ID}-by`}
        label={t('trends.by')}
        value={view.by}
        onChange={value => {
          const by = ROLLUP_DIMENSIONS.find(each => each === value) ?? 'all';
          onChange({
            by,
            key: undefined,
            without: false,
            compared: by === 'all' ? 'owner' : by,
          });
        }}
      >
        {ROLLUP_DIMENSIONS.map(by => (
          <MenuItem key={by} value={by}>
            {t(`trends.dimension.${by}`)}
          </MenuItem>
        ))}
      </Choice>
      {view.by !== 'all' && (
        <GroupField
          id={`${ID}-group`}
          by={view.by}
          view={view}
          titleOf={titleOf}
          onChange={onChange}
        />
      )}
      <Choice
        id={`${ID}-measure`}
        label={t('trends.measure')}
        value={view.measure ?? WHOLE_SERVICE}
        onChange={value =>
          onChange({ measure: MEASURES.find(each => each === value) })
        }
      >
        <MenuItem value={WHOLE_SERVICE}>{t('measure.service')}</MenuItem>
        {MEASURES.map(measure => (
          <MenuItem key={measure} value={measure}>
            {t(`measure.${measure}`)}
          </MenuItem>
        ))}
      </Choice>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={view.days}
        aria-label={t('trends.days')}
        className={classes.toggles}
        onChange={(_, days: Span | null) => days && onChange({ days })}
      >
        {SPANS.map(days => (
          <ToggleButton key={days} value={days} className={classes.toggle}>
            {t('trends.lastDays', { count: days })}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Paper>
  );
};
