import { useStarredEntities } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';

/** One less than the API takes of one filter; see `rollupQuery`. */
const MAX_REFS = 99;

/** The references of what the reader has starred, as many as can be asked for. */
export function useStarredRefs(): readonly string[] {
  const { starredEntities } = useStarredEntities();
  return useMemo(
    () => [...starredEntities].sort().slice(0, MAX_REFS),
    [starredEntities],
  );
}
