import { isFailed, Loadable, LoadFailed } from '../loading';

/** The first of the failures, if any; another try is one at all that failed. */
export function oneFailure(
  ...all: readonly Loadable<unknown>[]
): LoadFailed | undefined {
  const failures = all.filter(isFailed);
  const [first] = failures;
  if (first?.status !== 'failed') return first;
  return {
    ...first,
    reload: () =>
      failures.forEach(each => each.status === 'failed' && each.reload()),
  };
}
