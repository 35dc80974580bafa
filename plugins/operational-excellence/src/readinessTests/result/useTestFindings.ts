import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Finding,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { useServiceChanges } from '../../improvements';
import { Loadable, useLoadable } from '../../loading';

/** As many as a page takes; a test has no more items than that. */
const LIMIT = 200;

/** The findings of a test, read again whenever one is announced. */
export function useTestFindings({
  entityRef,
  id,
}: ReadinessTestDetail): Loadable<Finding[]> {
  const api = useApi(operationalExcellenceApiRef);
  const changes = useServiceChanges(entityRef);
  return useLoadable(`${id} ${changes}`, async signal => {
    const page = await api.getFindings(
      { readinessTestId: [id], sort: 'createdAt', limit: LIMIT },
      { signal },
    );
    return page.items;
  });
}
