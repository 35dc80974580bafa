import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { Loadable, useLoadable } from '../loading';

/** All that card and tab show of a service, in one request. */
export function useServiceDetail(entityRef: string): Loadable<ServiceDetail> {
  const api = useApi(operationalExcellenceApiRef);
  return useLoadable(entityRef, signal =>
    api.getService(entityRef, { signal }),
  );
}
