import { useApi } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { operationalExcellenceApiRef } from '../api';
import { useFacetTitles } from '../facets';
import { useServiceChanges } from '../improvements';
import { useLoadable } from '../loading';
import { GroupResults } from './GroupResults';
import { Overview } from './overview';
import { OwnerTime } from './OwnerTime';
import { Report } from './report';
import { ScorecardActions } from './ScorecardActions';
import { ScorecardFilters } from './ScorecardFilters';
import { ServiceResults } from './ServiceResults';
import { rollupQuery, ScorecardView } from './scorecardView';
import { ChangeView, useScorecardView } from './useScorecardView';
import { useStarredRefs } from './useStarredRefs';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    // The table scrolls in its own box rather than widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
}));

/** How services stand, what narrows them, and what is left of them. */
const Results = (props: {
  view: ScorecardView;
  starred: readonly string[];
  changeView: ChangeView;
}) => {
  const { changeView, starred, view } = props;
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges();

  const allQuery = { by: 'all', ...rollupQuery(view, starred) };
  const rollups = useLoadable(
    `${JSON.stringify(allQuery)} ${changes}`,
    signal => api.getRollups(allQuery, { signal }),
  );
  const titles = useFacetTitles(view.filters);

  const [ownerRef, ...otherOwners] = view.filters.owner;
  const results = { view, starred, others: [rollups, titles.read] };

  return (
    <div className={classes.root}>
      <ScorecardActions view={view} starred={starred} onChange={changeView} />
      <Overview rollups={rollups} view={view} />
      <ScorecardFilters
        view={view}
        starred={starred}
        titleOf={titles.titleOf}
        onChange={changeView}
      />
      {ownerRef && !otherOwners.length && (
        <OwnerTime
          key={ownerRef}
          ownerRef={ownerRef}
          owner={titles.titleOf('owner', ownerRef) ?? ownerRef}
        />
      )}
      {view.by ? (
        <GroupResults {...results} by={view.by} onChange={changeView} />
      ) : (
        <ServiceResults {...results} onChange={changeView} />
      )}
    </div>
  );
};

/** All services at a glance, one by one or in groups, worst first. */
export const Scorecard = () => {
  const [view, changeView] = useScorecardView();
  const starred = useStarredRefs();
  return view.report ? (
    <Report view={view} starred={starred} />
  ) : (
    <Results view={view} starred={starred} changeView={changeView} />
  );
};
