import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useRef, useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import {
  correctionDraft,
  correctionOf,
  Drafting,
  newDraft,
  newSubmissionKey,
} from '../draft';
import { announceServiceChange } from '../serviceChanges';
import { resend, submit, Submitted } from './submit';

/** Where the filing of a draft stands. */
export type FilingState =
  | { status: 'editing' }
  | { status: 'sending' }
  | { status: 'failed'; error: Error }
  | ({ status: 'answered' } & Submitted);

/** The filing of a draft. */
export interface Filing {
  state: FilingState;
  /** Sends the draft, unless it is being sent. */
  send: (trackerId: string) => Promise<void>;
  /** Takes note of what has become of the improvement. */
  update: (improvement: Improvement) => void;
  /** Turns to the next improvement. */
  editNext: () => void;
}

/** Files what is drafted of a service, once however often that is asked for. */
export function useFiling(options: {
  entityRef: string;
  alternativeTo: string | null;
  findingId?: string;
  drafting: Drafting;
}): Filing {
  const { alternativeTo, drafting, entityRef, findingId } = options;
  const api = useApi(operationalExcellenceApiRef);
  const [state, setState] = useState<FilingState>({ status: 'editing' });
  const isSending = useRef(false);

  const send = async (trackerId: string) => {
    if (isSending.current) return;
    isSending.current = true;
    setState({ status: 'sending' });
    const { draft } = drafting;
    try {
      const submitted = await (draft.corrects
        ? resend(api, draft.corrects, correctionOf(draft, { trackerId }))
        : submit(api, drafting, {
            entityRef,
            trackerId,
            alternativeTo,
            ...(findingId !== undefined && { findingId }),
          }));
      settleDraft(drafting, submitted);
      setState({ status: 'answered', ...submitted });
      announceServiceChange(entityRef);
    } catch (error) {
      setState({ status: 'failed', error: toError(error) });
    } finally {
      isSending.current = false;
    }
  };

  const update = (improvement: Improvement) => {
    if (improvement.delivery.state === 'rejected') {
      const { draft, isUntouched } = drafting;
      drafting.replace(
        isUntouched
          ? correctionDraft(improvement)
          : { ...draft, corrects: improvement.id },
      );
    }
    setState({ status: 'answered', improvement, isEarlier: false });
    if (improvement.delivery.state !== 'queued') {
      announceServiceChange(entityRef);
    }
  };

  const editNext = () => setState({ status: 'editing' });

  return { state, send, update, editNext };
}

/** Keeps of a draft what its author still needs. */
function settleDraft(drafting: Drafting, submitted: Submitted): void {
  const { improvement, isEarlier } = submitted;
  const { draft } = drafting;
  if (improvement.delivery.state === 'rejected') {
    drafting.replace({ ...draft, unanswered: [], corrects: improvement.id });
  } else if (isEarlier) {
    drafting.replace({
      ...draft,
      key: newSubmissionKey(),
      unanswered: [],
      corrects: null,
    });
  } else {
    drafting.restart(newDraft());
  }
}
