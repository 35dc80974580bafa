import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceFacets } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { useLoadable } from '../loading';

/** The groups that services belong to; `undefined` until they are known. */
export function useFacets(): ServiceFacets | undefined {
  const api = useApi(operationalExcellenceApiRef);
  const facets = useLoadable('facets', signal =>
    api.getServiceFacets({}, { signal }),
  );
  return facets.status === 'ready' ? facets.value : undefined;
}
