import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { Note } from '../entityContent/Note';
import { useFacetTitles } from '../facets';
import { useTexts } from '../translation';
import { GroupHistory } from './GroupHistory';
import { Movers } from './Movers';
import { TrendFilters } from './TrendFilters';
import { isChosen } from './trendsView';
import { useTrendsView } from './useTrendsView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    // Charts take the room that there is rather than widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
}));

/** Whether operational practice is getting better, and whose. */
export const Trends = () => {
  const classes = useStyles();
  const { t } = useTexts();
  const [view, change] = useTrendsView();
  const { by, key } = view;
  const group = by !== 'all' && key !== undefined ? { by, key } : undefined;
  const { titleOf } = useFacetTitles(group ? { [group.by]: [group.key] } : {});
  return (
    <div className={classes.root}>
      <TrendFilters view={view} titleOf={titleOf} onChange={change} />
      {isChosen(view) ? (
        <GroupHistory
          view={view}
          title={group && titleOf(group.by, group.key)}
        />
      ) : (
        <Paper>
          <Note>{t('trends.choose')}</Note>
        </Paper>
      )}
      <Movers view={view} onChange={change} />
    </div>
  );
};
