import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ReactNode } from 'react';
import { LoadFailure } from '../feedback';
import { Loadable } from '../loading';
import { Continuation, LoadMore, Pages } from '../paging';

/** A list page by page, or why there is none. */
export function PagedList<T>(props: {
  list: Loadable<Pages<T>>;
  more: Continuation;
  /** What the list is to be; what is shown may still be another one. */
  listKey: string;
  /** What screen readers are told while the first page is read. */
  loadingLabel: string;
  /** What is said where nothing is listed. */
  empty: string;
  permission: string;
  children: (items: T[]) => ReactNode;
}) {
  const { list, more, listKey, loadingLabel, empty, permission, children } =
    props;
  if (list.status === 'loading') {
    return (
      <div role="status" aria-label={loadingLabel}>
        <Skeleton height={40} />
        <Skeleton height={40} />
      </div>
    );
  }
  if (list.status !== 'ready') {
    return <LoadFailure failure={list} permission={permission} />;
  }
  // While another list is read, the one before stays, but for what it is.
  const outdated = list.value.key !== listKey;
  return (
    <div aria-busy={outdated} style={outdated ? { opacity: 0.6 } : undefined}>
      {list.value.items.length ? (
        <>
          {children(list.value.items)}
          <LoadMore pages={list.value} more={more} />
        </>
      ) : (
        !outdated && <Typography variant="body2">{empty}</Typography>
      )}
    </div>
  );
}
