import Paper from '@material-ui/core/Paper';
import { LoadFailure } from '../feedback';
import type { Loadable } from '../loading';
import { GroupTable, useGroups } from './groups';
import { oneFailure } from './oneFailure';
import { ScorecardSkeleton } from './ScorecardSkeleton';
import type { FilterKey, ScorecardView } from './scorecardView';
import type { ChangeView } from './useScorecardView';

/** The services of a view in groups. */
export const GroupResults = (props: {
  by: FilterKey;
  view: ScorecardView;
  starred: readonly string[];
  /** What else of the page is read; failures are told once for all of it. */
  others: readonly Loadable<unknown>[];
  onChange: ChangeView;
}) => {
  const { by, onChange, others, starred, view } = props;
  const { list, more } = useGroups(view, by, { starred });
  const failure = oneFailure(list, ...others);
  return (
    <>
      {failure && (
        <Paper>
          <LoadFailure failure={failure} />
        </Paper>
      )}
      {list.status === 'loading' && <ScorecardSkeleton />}
      {list.status === 'ready' && (
        <GroupTable
          by={by}
          pages={list.value}
          more={more}
          refreshing={list.refreshing}
          view={view}
          starred={starred}
          onChange={onChange}
        />
      )}
    </>
  );
};
