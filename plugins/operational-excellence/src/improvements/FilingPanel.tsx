import { useApi } from '@backstage/frontend-plugin-api';
import DialogContent from '@material-ui/core/DialogContent';
import Skeleton from '@material-ui/lab/Skeleton';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../api';
import { DraftNotices } from '../drafts';
import { useLoadable } from '../loading';
import { useTexts } from '../translation';
import { correctionDraft, Drafting, newDraft, useDraft } from './draft';
import { useFiling } from './filing';
import { FilingNotices } from './filing/Notices';
import { ImprovementForm } from './form';
import type { ImprovementPrefill } from './ImprovementPrefill';
import type { ImprovementService } from './ImprovementService';
import { Outcome, Rejection } from './outcome';
import { useMayFile } from './useMayFile';

interface FilingPanelProps {
  service: ImprovementService;
  prefill?: ImprovementPrefill;
  /** The improvement that its tracker refused, where that is corrected. */
  correct?: Improvement;
  onClose: () => void;
}

/** Each thing that is filed for has a draft of its own. */
function draftSlot({ correct, prefill, service }: FilingPanelProps): string {
  if (correct) return `${service.entityRef} correction:${correct.id}`;
  return prefill ? `${service.entityRef} ${prefill.id}` : service.entityRef;
}

const Filing = (props: FilingPanelProps & { drafting: Drafting }) => {
  const { correct, drafting, onClose, prefill, service } = props;
  const { entityRef } = service;
  const api = useApi(operationalExcellenceApiRef);
  const allowance = useMayFile(entityRef, service.ownerTitle);
  const trackers = useLoadable(entityRef, signal =>
    api.getTrackers(entityRef, { signal }),
  );
  const filing = useFiling({
    entityRef,
    alternativeTo: prefill?.alternativeTo ?? null,
    findingId: prefill?.findingId,
    drafting,
  });
  const { draft } = drafting;
  const { state } = filing;

  const answer = state.status === 'answered' ? state : undefined;
  if (answer && answer.improvement.delivery.state !== 'rejected') {
    return (
      <Outcome
        submitted={answer}
        onUpdate={filing.update}
        onNext={filing.editNext}
        onClose={onClose}
      />
    );
  }
  return (
    <ImprovementForm
      entityRef={entityRef}
      draft={draft}
      trackers={trackers.status === 'ready' ? trackers.value.items : []}
      allowance={allowance}
      isSending={state.status === 'sending'}
      isUntouched={drafting.isUntouched}
      onChange={drafting.change}
      onSend={filing.send}
      onDiscard={() => {
        drafting.discard(newDraft(prefill));
        filing.editNext();
      }}
      onClose={onClose}
      notices={
        <>
          <DraftNotices
            kept={{
              ...drafting,
              isRestored: drafting.isRestored && !draft.corrects,
            }}
          />
          {draft.corrects && (
            <Rejection
              id={draft.corrects}
              known={answer?.improvement ?? correct}
              onUpdate={filing.update}
            />
          )}
          <FilingNotices
            trackers={trackers}
            allowance={allowance}
            state={state}
          />
        </>
      }
    />
  );
};

/** What is filed for a service: first the form, then what became of it. */
export const FilingPanel = (props: FilingPanelProps) => {
  const { correct, prefill, service } = props;
  const { t } = useTexts();
  const drafting = useDraft(draftSlot(props), () =>
    correct ? correctionDraft(correct) : newDraft(prefill),
  );
  if (!drafting) {
    return (
      <DialogContent>
        <div role="status" aria-label={t('improvement.loading')}>
          <Skeleton height={56} />
          <Skeleton variant="rect" height={160} />
        </div>
      </DialogContent>
    );
  }
  return <Filing {...props} service={service} drafting={drafting} />;
};
