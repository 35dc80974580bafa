import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { operationalExcellenceApiRef } from '../api';
import { LoadFailure } from '../feedback';
import { FileForServiceButton, useServiceChanges } from '../improvements';
import { isFailed, Loadable, LoadFailed, useLoadable } from '../loading';
import { OwnerTime } from './OwnerTime';
import { ScorecardFilters } from './ScorecardFilters';
import { ScorecardSkeleton } from './ScorecardSkeleton';
import { ServiceTable } from './ServiceTable';
import { StateTiles } from './StateTiles';
import { filterQuery, viewQuery } from './scorecardView';
import { useScorecardView } from './useScorecardView';

const PAGE_SIZE = 50;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    // The table scrolls in its own box rather than widening the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    fontFamily: theme.typography.fontFamily,
  },
  actions: { display: 'flex', justifyContent: 'flex-end' },
}));

/** The first of the failures, if any; another try is one at all that failed. */
function oneFailure(...all: Loadable<unknown>[]): LoadFailed | undefined {
  const failures = all.filter(isFailed);
  const [first] = failures;
  if (first?.status !== 'failed') return first;
  return {
    ...first,
    reload: () =>
      failures.forEach(each => each.status === 'failed' && each.reload()),
  };
}

/** All services at a glance, worst first. */
export const Scorecard = () => {
  const classes = useStyles();
  const api = useApi(operationalExcellenceApiRef);
  const [view, changeView] = useScorecardView();

  const query = { ...viewQuery(view), limit: PAGE_SIZE };
  const changes = useServiceChanges();
  const services = useLoadable(`${JSON.stringify(query)} ${changes}`, signal =>
    api.getServices(query, { signal }),
  );
  const facetQuery = filterQuery(view);
  const facets = useLoadable(
    `${JSON.stringify(facetQuery)} ${changes}`,
    signal => api.getServiceFacets(facetQuery, { signal }),
  );

  const failure = oneFailure(services, facets);
  const [ownerRef, ...otherOwners] = view.filters.owner;
  const ownerTitle =
    facets.status === 'ready'
      ? facets.value.owner.find(({ value }) => value === ownerRef)?.title
      : undefined;

  return (
    <div className={classes.root}>
      <div className={classes.actions}>
        <FileForServiceButton />
      </div>
      <StateTiles
        counts={facets.status === 'ready' ? facets.value.state : undefined}
        loading={facets.status === 'loading'}
        view={view}
        onChange={changeView}
      />
      <ScorecardFilters
        facets={facets.status === 'ready' ? facets.value : undefined}
        view={view}
        onChange={changeView}
      />
      {ownerRef && !otherOwners.length && (
        <OwnerTime
          key={ownerRef}
          ownerRef={ownerRef}
          owner={ownerTitle ?? ownerRef}
        />
      )}
      {failure && (
        <Paper>
          <LoadFailure failure={failure} />
        </Paper>
      )}
      {services.status === 'loading' && <ScorecardSkeleton />}
      {services.status === 'ready' && (
        <ServiceTable
          page={services.value}
          refreshing={services.refreshing}
          view={view}
          onChange={changeView}
        />
      )}
    </div>
  );
};
