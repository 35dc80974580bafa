/**
 * How long clearing a backlog takes at the closing rate of the last 90 days, in
 * days: `never` where improvements wait and none was closed (the starved
 * backlog), 0 where none waits.
 *
 * @public
 */
export function daysToClear(backlog: {
  openCount: number;
  closed90d: number;
}): number | 'never' {
  if (backlog.openCount === 0) return 0;
  if (backlog.closed90d === 0) return 'never';
  return backlog.openCount / (backlog.closed90d / 90);
}
