import { useApi } from '@backstage/frontend-plugin-api';
import {
  RECORD_TEXT_MAX,
  type Initiative,
} from 'backstage-plugin-operational-excellence-common';
import { operationalExcellenceApiRef } from '../../api';
import { DraftKind, DraftNotices, KeptDraft, useKeptDraft } from '../../drafts';
import { ActDialog } from '../../exercises/ActDialog';
import { isConflict } from '../../exercises/conflicts';
import { useAct } from '../../exercises/useAct';
import { ReadableErrors } from '../../feedback';
import { MarkdownField } from '../../markdown';
import { useTexts } from '../../translation';
import { useProgressWords } from '../words';

const ID = 'operational-excellence-initiative-close';

interface ClosingDraft {
  note: string;
}

const EMPTY: ClosingDraft = { note: '' };

const closingDrafts: DraftKind<ClosingDraft> = {
  format: draft => ({ ...draft }),
  parse: kept => {
    const { note } = { ...Object(kept) } as Record<string, unknown>;
    return typeof note === 'string' ? { note } : undefined;
  },
  isUntouched: (draft, begun) => draft.note === begun.note,
};

interface CloseDialogProps {
  initiative: Initiative;
  onDone: (closed: Initiative) => void;
  /** To be called where somebody else has changed it meanwhile. */
  onConflict: () => void;
  onClose: () => void;
}

const ClosingForm = (
  props: CloseDialogProps & { kept: KeptDraft<ClosingDraft> },
) => {
  const { initiative, kept, onClose, onConflict, onDone } = props;
  const api = useApi(operationalExcellenceApiRef);
  const progressWords = useProgressWords();
  const { t } = useTexts();
  const [acting, act] = useAct();
  const note = kept.draft.note.trim();
  const max = RECORD_TEXT_MAX.text;
  const isTooLong = note.length > max;
  return (
    <ActDialog
      id={ID}
      title={t('initiatives.closing.title')}
      about={t('initiatives.closing.about', {
        progress: progressWords(initiative.progress),
      })}
      submit={t('initiatives.closing.submit')}
      acting={acting}
      isIncomplete={isTooLong}
      onSubmit={() => {
        if (isTooLong) return;
        act(async () => {
          try {
            const { id, version } = initiative;
            const closed = await api.closeInitiative(id, {
              version,
              note: note || null,
            });
            kept.restart(EMPTY);
            onDone(closed);
          } catch (error) {
            if (isConflict(error)) onConflict();
            throw error;
          }
        });
      }}
      onClose={onClose}
    >
      <DraftNotices kept={kept} />
      <MarkdownField
        id={`${ID}-note`}
        label={t('initiatives.closing.note')}
        viewsLabel={t('initiatives.closing.noteViews')}
        value={kept.draft.note}
        problem={
          isTooLong
            ? t('initiatives.form.problem.too-long', {
                max: max.toLocaleString(),
              })
            : undefined
        }
        minRows={3}
        onChange={typed => {
          if (acting.status !== 'sending') kept.change({ note: typed });
        }}
      />
    </ActDialog>
  );
};

/** Closes an initiative with the result that it has. */
export const CloseDialog = (props: CloseDialogProps) => {
  const kept = useKeptDraft(
    closingDrafts,
    `initiative-close:${props.initiative.id}`,
    () => EMPTY,
  );
  return kept ? (
    <ReadableErrors>
      <ClosingForm {...props} kept={kept} />
    </ReadableErrors>
  ) : null;
};
