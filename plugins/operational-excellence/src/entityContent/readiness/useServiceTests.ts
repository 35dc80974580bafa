import { useApi } from '@backstage/frontend-plugin-api';
import type { ReadinessTest } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { useServiceChanges } from '../../improvements';
import { isFailed, Loadable, useLoadable } from '../../loading';
import { Continuation, Pages, usePages } from '../../paging';

const PAGE_SIZE = 20;
/** As many as a page takes: of each required template the newest are wanted. */
const REQUIRED_LIMIT = 200;

/** The readiness tests of a service. */
export interface ServiceTests {
  /** Those of the required templates that are not discarded, newest first. */
  required: ReadinessTest[];
  history: { pages: Pages<ReadinessTest>; more: Continuation };
}

/**
 * Reads the readiness tests of a service, and again whenever one is announced.
 *
 * @param templates - the required ones
 */
export function useServiceTests(
  entityRef: string,
  templates: readonly string[],
): Loadable<ServiceTests> {
  const api = useApi(operationalExcellenceApiRef);
  const key = `${entityRef} ${useServiceChanges(entityRef)}`;
  const required = useLoadable(`${key} ${templates.join()}`, async signal => {
    if (!templates.length) return [];
    const page = await api.getReadinessTests(
      {
        entityRef,
        template: templates,
        state: ['open', 'awaiting-sign-off', 'finished'],
        limit: REQUIRED_LIMIT,
      },
      { signal },
    );
    return page.items;
  });
  const history = usePages(key, (cursor, signal) =>
    api.getReadinessTests({ entityRef, limit: PAGE_SIZE, cursor }, { signal }),
  );

  const { list, more } = history;
  const failed = [required, list].find(isFailed);
  if (failed?.status === 'failed') {
    const reload = () => {
      for (const each of [required, list]) {
        if ('reload' in each) each.reload();
      }
    };
    return { ...failed, reload };
  }
  if (failed) return failed;
  if (required.status !== 'ready' || list.status !== 'ready') {
    return { status: 'loading' };
  }
  return {
    ...list,
    value: {
      required: required.value,
      history: { pages: list.value, more },
    },
  };
}
