import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatLessons, LessonsView, parseLessons } from './lessonsView';

/** Changes what is shown. */
export type ChangeLessons = (
  change: Partial<LessonsView>,
  options?: { replace?: boolean },
) => void;

/** The view that the URL names, and a way to change it. */
export function useLessonsView(): [LessonsView, ChangeLessons] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseLessons(params), [params]);
  const change = useCallback<ChangeLessons>(
    (changes, options) =>
      setParams(
        current => formatLessons({ ...parseLessons(current), ...changes }),
        options,
      ),
    [setParams],
  );
  return [view, change];
}
