import Skeleton from '@material-ui/lab/Skeleton';
import { useListStyles } from './useListStyles';

/** Stands for the first rows of a list. */
export const ListSkeleton = (props: { label: string }) => (
  <div
    role="status"
    aria-label={props.label}
    className={useListStyles().skeleton}
  >
    <Skeleton height={36} />
    <Skeleton height={36} />
    <Skeleton height={36} />
  </div>
);
