import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import PrintIcon from '@material-ui/icons/Print';
import { Link as RouterLink } from 'react-router-dom';
import { FileForServiceButton } from '../improvements';
import { useTexts } from '../translation';
import { CsvButton } from './download';
import { SavedViewsButton } from './savedViews';
import {
  FILTER_KEYS,
  FilterKey,
  ScorecardView,
  searchOf,
} from './scorecardView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
  },
  group: { minWidth: 200 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

const UNGROUPED = 'service';

/** How services are shown, and what can be done with what is shown. */
export const ScorecardActions = (props: {
  view: ScorecardView;
  starred: readonly string[];
  onChange: (change: Partial<ScorecardView>) => void;
}) => {
  const { onChange, starred, view } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root}>
      <TextField
        select
        id="operational-excellence-group-by"
        size="small"
        variant="outlined"
        className={classes.group}
        label={t('groups.groupBy')}
        value={view.by ?? UNGROUPED}
        onChange={({ target }) =>
          onChange({
            by:
              target.value === UNGROUPED
                ? undefined
                : (target.value as FilterKey),
            // Groups show all states of all measures.
            states: [],
            measure: undefined,
            open: [],
          })
        }
      >
        {([UNGROUPED, ...FILTER_KEYS] as const).map(key => (
          <MenuItem key={key} value={key}>
            {t(`scorecard.${key}`)}
          </MenuItem>
        ))}
      </TextField>
      <div className={classes.actions}>
        <SavedViewsButton view={view} />
        <Button
          size="small"
          variant="outlined"
          startIcon={<PrintIcon />}
          component={RouterLink}
          to={{
            search: searchOf({ ...view, report: true, cursor: undefined }),
          }}
          role={undefined}
        >
          {t('report.open')}
        </Button>
        <CsvButton view={view} starred={starred} />
        <FileForServiceButton />
      </div>
    </div>
  );
};
