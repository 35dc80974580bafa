import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DraftKeeper } from './DraftKeeper';
import { ImprovementDraft, isUntouched } from './ImprovementDraft';

/** A draft, and what can be done with it. */
export interface Drafting {
  draft: ImprovementDraft;
  /** Whether it was begun before the form was opened. */
  isRestored: boolean;
  isUntouched: boolean;
  /** Why it cannot be kept, where it cannot. */
  failure: Error | undefined;
  change: (change: Partial<ImprovementDraft>) => void;
  /** Goes on with another draft, and keeps it at once. */
  replace: (draft: ImprovementDraft) => void;
  /** Goes on with another draft as if it were new, and keeps nothing. */
  restart: (draft: ImprovementDraft) => void;
}

/**
 * The draft of a slot: the one that was kept, or a new one. It is kept while it
 * is typed; `undefined` until it was looked for.
 *
 * @param slot - stays the same as long as the component lives
 * @param begin - makes the draft to begin with where none was kept
 */
export function useDraft(
  slot: string,
  begin: () => ImprovementDraft,
): Drafting | undefined {
  const storage = useApi(storageApiRef);
  const [failure, setFailure] = useState<Error>();
  const keeper = useMemo(
    () => DraftKeeper.create({ storage, slot, onFailure: setFailure }),
    [storage, slot],
  );
  const [begun, setBegun] = useState(begin);
  const [kept, setKept] = useState<ImprovementDraft | 'none'>();
  const [edited, setEdited] = useState<ImprovementDraft>();

  useEffect(() => {
    let isWanted = true;
    keeper.load().then(found => {
      if (isWanted) setKept(found ?? 'none');
    });
    const flush = () => {
      keeper.flush();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      isWanted = false;
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);

  const draft = edited ?? (kept === 'none' ? begun : kept);
  const latest = useRef(draft);
  latest.current = draft;
  if (!draft) return undefined;

  const edit = (next: ImprovementDraft) => {
    latest.current = next;
    setEdited(next);
  };
  return {
    draft,
    isRestored: kept !== 'none',
    isUntouched: isUntouched(draft, begun),
    failure,
    change: change => {
      const next = { ...(latest.current ?? draft), ...change };
      edit(next);
      if (isUntouched(next, begun)) keeper.forget();
      else keeper.keep(next);
    },
    replace: next => {
      edit(next);
      keeper.keep(next);
      keeper.flush();
    },
    restart: next => {
      edit(next);
      setBegun(next);
      setKept('none');
      keeper.forget();
    },
  };
}
