import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DraftFormat, DraftKeeper } from './DraftKeeper';

/** A kind of draft. */
export interface DraftKind<Draft> extends DraftFormat<Draft> {
  /** Whether nothing was typed since a draft was begun; such drafts are not kept. */
  isUntouched: (draft: Draft, begun: Draft) => boolean;
}

/** A draft, and what can be done with it. */
export interface KeptDraft<Draft> {
  draft: Draft;
  /** Whether it was begun before the form was opened. */
  isRestored: boolean;
  isUntouched: boolean;
  /** Why it cannot be kept, where it cannot. */
  failure: Error | undefined;
  change: (change: Partial<Draft>) => void;
  /** Goes on with another draft, and keeps it at once. */
  replace: (draft: Draft) => void;
  /** Goes on with another draft as if it were new, and keeps nothing. */
  restart: (draft: Draft) => void;
  /** As `restart` does; what was typed can be brought back by `undo`. */
  discard: (next: Draft) => void;
  /** Brings back what was discarded just now. */
  undo: (() => void) | undefined;
}

/**
 * The draft of a slot: the one that was kept, or a new one. It is kept while it
 * is typed; `undefined` until it was looked for.
 *
 * @param kind - the same for every slot, and defined outside of the component
 * @param slot - stays the same as long as the component lives
 * @param begin - makes the draft to begin with where none was kept
 */
export function useKeptDraft<Draft extends object>(
  kind: DraftKind<Draft>,
  slot: string,
  begin: () => Draft,
): KeptDraft<Draft> | undefined {
  const storage = useApi(storageApiRef);
  const [failure, setFailure] = useState<Error>();
  const keeper = useMemo(
    () =>
      DraftKeeper.create<Draft>({
        storage,
        slot,
        parse: kind.parse,
        format: kind.format,
        onFailure: setFailure,
      }),
    [kind, storage, slot],
  );
  const [begun, setBegun] = useState(begin);
  const [kept, setKept] = useState<Draft | 'none'>();
  const [edited, setEdited] = useState<Draft>();
  const [discarded, setDiscarded] = useState<Draft>();

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

  const edit = (next: Draft) => {
    latest.current = next;
    setDiscarded(undefined);
    setEdited(next);
  };
  const replace = (next: Draft) => {
    edit(next);
    keeper.keep(next);
    keeper.flush();
  };
  const restart = (next: Draft) => {
    edit(next);
    setBegun(next);
    setKept('none');
    keeper.forget();
  };
  return {
    draft,
    isRestored: kept !== 'none',
    isUntouched: kind.isUntouched(draft, begun),
    failure,
    change: change => {
      const next = { ...(latest.current ?? draft), ...change };
      edit(next);
      if (kind.isUntouched(next, begun)) keeper.forget();
      else keeper.keep(next);
    },
    replace,
    restart,
    discard: next => {
      restart(next);
      setDiscarded(draft);
    },
    undo: discarded && (() => replace(discarded)),
  };
}
