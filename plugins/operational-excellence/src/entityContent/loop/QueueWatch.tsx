import { Loadable, usePolling } from '../../loading';
import type { Loop } from './useLoop';

/** Looks again and again, as long as it is shown, what has become of the queue. */
export const QueueWatch = (props: { loop: Loadable<Loop> }) => {
  usePolling(props.loop);
  return null;
};
