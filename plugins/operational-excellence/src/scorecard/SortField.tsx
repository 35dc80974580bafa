import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import ArrowDownwardIcon from '@material-ui/icons/ArrowDownward';
import ArrowUpwardIcon from '@material-ui/icons/ArrowUpward';
import { useTexts } from '../translation';
import { Column, isSortedBy, reversed } from './columns';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 2, 1.5),
  },
  sort: { flexGrow: 1 },
}));

/** Sorts where there is no room for the headings of a table. */
export const SortField = <Sort extends string>(props: {
  columns: readonly Column<Sort>[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}) => {
  const { columns, onSort, sort } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <TextField
        select
        id="operational-excellence-sort"
        size="small"
        variant="outlined"
        className={classes.sort}
        label={t('scorecard.sortBy')}
        value={columns.find(column => isSortedBy(sort, column))?.key ?? ''}
        onChange={({ target }) => {
          const chosen = columns.find(({ key }) => key === target.value);
          if (chosen) onSort(chosen.first);
        }}
      >
        {columns.map(({ key, label }) => (
          <MenuItem key={key} value={key}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <IconButton
        size="small"
        aria-label={t('scorecard.reverse')}
        onClick={() => onSort(reversed(sort))}
      >
        {sort.startsWith('-') ? <ArrowDownwardIcon /> : <ArrowUpwardIcon />}
      </IconButton>
    </div>
  );
};
