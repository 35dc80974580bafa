import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Improvement,
  ImprovementStage,
} from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { useServiceChanges } from '../../improvements';
import { isFailed, Loadable } from '../../loading';
import { Continuation, Pages, usePages } from '../../paging';
import { FINISHED_STAGES, PRESSING_STAGES } from './loopGroups';

/** As many as a page takes: none that needs somebody may hide behind another. */
const PRESSING_PAGE_SIZE = 200;
const PAGE_SIZE = 20;

/** One list of improvements, as far as it is loaded. */
export interface LoopList {
  pages: Pages<Improvement>;
  more: Continuation;
}

/** The improvements of a service that were filed from the portal. */
export interface Loop {
  /** All that may need somebody, see `PRESSING_STAGES`. */
  pressing: LoopList;
  open: LoopList;
  finished: LoopList;
}

/** Whether nothing was filed from the portal yet. */
export function isEmpty({ finished, open, pressing }: Loop): boolean {
  return [finished, open, pressing].every(
    ({ pages }) => pages.items.length === 0,
  );
}

/** Reads the improvements of a service, and again whenever one is announced. */
export function useLoop(entityRef: string): Loadable<Loop> {
  const pressing = useList(entityRef, PRESSING_STAGES, PRESSING_PAGE_SIZE);
  const open = useList(entityRef, ['open'], PAGE_SIZE);
  const finished = useList(entityRef, FINISHED_STAGES, PAGE_SIZE);
  const all = [pressing, open, finished];

  const reload = () => {
    for (const { list } of all) if ('reload' in list) list.reload();
  };
  const latestReload = useRef(reload);
  latestReload.current = reload;
  const changes = useServiceChanges(entityRef);
  useEffect(() => {
    if (changes > 0) latestReload.current();
  }, [changes]);

  const failed = all.map(({ list }) => list).find(isFailed);
  if (failed) {
    return failed.status === 'failed' ? { ...failed, reload } : failed;
  }
  if (
    pressing.list.status !== 'ready' ||
    open.list.status !== 'ready' ||
    finished.list.status !== 'ready'
  ) {
    return { status: 'loading' };
  }
  return {
    status: 'ready',
    value: {
      pressing: { pages: pressing.list.value, more: pressing.more },
      open: { pages: open.list.value, more: open.more },
      finished: { pages: finished.list.value, more: finished.more },
    },
    refreshing: [pressing.list, open.list, finished.list].some(
      ({ refreshing }) => refreshing,
    ),
    reload,
  };
}

function useList(
  entityRef: string,
  stage: ImprovementStage[],
  limit: number,
): ReturnType<typeof usePages<Improvement>> {
  const api = useApi(operationalExcellenceApiRef);
  return usePages(`${entityRef} ${stage.join()}`, (cursor, signal) =>
    api.getImprovements({ entityRef, stage, limit, cursor }, { signal }),
  );
}
