import { useApi } from '@backstage/frontend-plugin-api';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { useServiceChanges } from '../improvements';
import { Loadable, useLoadable } from '../loading';

/**
 * All that card and tab show of a service, in one request; read again when
 * something of the service was changed in the portal.
 */
export function useServiceDetail(entityRef: string): Loadable<ServiceDetail> {
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges(entityRef);
  return useLoadable(`${entityRef} ${changes}`, signal =>
    api.getService(entityRef, { signal }),
  );
}
