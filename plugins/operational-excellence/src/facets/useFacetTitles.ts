import { useApi } from '@backstage/frontend-plugin-api';
import { operationalExcellenceApiRef } from '../api';
import { Loadable, useLoadable } from '../loading';
import {
  FacetChoice,
  FacetTitles,
  readFacetTitles,
  untitled,
} from './facetTitles';

/** The titles of what is chosen, as far as they are known. */
export function useFacetTitles(chosen: FacetChoice): {
  titleOf: FacetTitles;
  read: Loadable<unknown>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const asked = untitled(chosen);
  const read = useLoadable(
    asked.including.length ? JSON.stringify(asked) : undefined,
    signal => readFacetTitles(api, chosen, { signal }),
  );
  return {
    read,
    titleOf: (facet, value) =>
      read.status === 'ready' ? read.value(facet, value) : undefined,
  };
}
