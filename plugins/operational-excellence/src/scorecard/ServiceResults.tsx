import { useApi } from '@backstage/frontend-plugin-api';
import Paper from '@material-ui/core/Paper';
import { operationalExcellenceApiRef } from '../api';
import { LoadFailure } from '../feedback';
import { useServiceChanges } from '../improvements';
import { Loadable, useLoadable } from '../loading';
import { oneFailure } from './oneFailure';
import { ScorecardSkeleton } from './ScorecardSkeleton';
import { ServiceTable } from './ServiceTable';
import { ScorecardView, viewQuery } from './scorecardView';

const PAGE_SIZE = 50;

/** The services of a view, one by one. */
export const ServiceResults = (props: {
  view: ScorecardView;
  starred: readonly string[];
  /** What else of the page is read; failures are told once for all of it. */
  others: readonly Loadable<unknown>[];
  onChange: (change: Partial<ScorecardView>) => void;
}) => {
  const { onChange, others, starred, view } = props;
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges();
  const query = { ...viewQuery(view, starred), limit: PAGE_SIZE };
  const list = JSON.stringify(query);
  const services = useLoadable(`${list} ${changes}`, async signal => ({
    list,
    page: await api.getServices(query, { signal }),
  }));
  const failure = oneFailure(services, ...others);
  return (
    <>
      {failure && (
        <Paper>
          <LoadFailure failure={failure} />
        </Paper>
      )}
      {services.status === 'loading' && <ScorecardSkeleton />}
      {services.status === 'ready' && (
        <ServiceTable
          {...services.value}
          refreshing={services.refreshing}
          view={view}
          onChange={onChange}
        />
      )}
    </>
  );
};
