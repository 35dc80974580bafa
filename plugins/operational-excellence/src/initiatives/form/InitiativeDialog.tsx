import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Initiative } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { DraftNotices, KeptDraft, useKeptDraft } from '../../drafts';
import { ActDialog } from '../../exercises/ActDialog';
import { isConflict } from '../../exercises/conflicts';
import { useAct } from '../../exercises/useAct';
import { errorText, ReadableErrors } from '../../feedback';
import { newSubmissionKey } from '../../improvements/draft';
import { MarkdownField } from '../../markdown';
import { useTexts } from '../../translation';
import { GoalFields } from './GoalFields';
import {
  changeOf,
  draftOf,
  InitiativeDraft,
  initiativeDrafts,
  newInitiative,
  submissionOf,
} from './InitiativeDraft';
import { InitiativeProblem, initiativeProblems } from './initiativeProblems';
import { ServiceFields } from './ServiceFields';

const ID = 'operational-excellence-initiative';

interface InitiativeDialogProps {
  /** The one that is changed; a new one is started if left out. */
  of?: Initiative;
  onSaved: (initiative: Initiative) => void;
  onClose: () => void;
}

/** Somebody else's version, and why ours was refused. */
interface Conflict {
  theirs: Initiative;
  message: string;
}

const InitiativeForm = (
  props: InitiativeDialogProps & { kept: KeptDraft<InitiativeDraft> },
) => {
  const { kept, of, onClose, onSaved } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  const [wasTried, setTried] = useState(false);
  const [conflict, setConflict] = useState<Conflict>();
  const [wasStartedBefore, setStartedBefore] = useState(false);
  const { draft } = kept;
  const problems = initiativeProblems(draft, {
    today: new Date().toISOString().slice(0, 10),
    unchanged: of?.dueOn ?? '',
  });
  const isIncomplete = Object.keys(problems).length > 0;
  const textOf = (problem: InitiativeProblem | undefined) => {
    if (!problem || !wasTried) return undefined;
    return problem.kind === 'too-long'
      ? t('initiatives.form.problem.too-long', {
          max: problem.max.toLocaleString(),
        })
      : t(`initiatives.form.problem.${problem.kind}`);
  };
  const change = (changes: Partial<InitiativeDraft>) => {
    // What is being sent does not change any more.
    if (acting.status !== 'sending') kept.change(changes);
  };

  const send = (sent: InitiativeDraft) =>
    act(async () => {
      setConflict(undefined);
      setStartedBefore(false);
      try {
        const saved = await (of
          ? api.changeInitiative(of.id, changeOf(sent))
          : api.createInitiative(submissionOf(sent)));
        kept.restart(of ? draftOf(saved) : newInitiative());
        onSaved(saved);
      } catch (error) {
        if (!isConflict(error)) throw error;
        if (!of) {
          // An earlier attempt had arrived, of which no answer came back.
          setStartedBefore(true);
          kept.replace({ ...sent, key: newSubmissionKey() });
          return;
        }
        const theirs = await api.getInitiative(of.id);
        setConflict({ theirs, message: errorText(toError(error)) });
      }
    });

  return (
    <ActDialog
      id={ID}
      title={of ? t('initiatives.form.edit') : t('initiatives.form.create')}
      about={t('initiatives.form.about')}
      submit={
        of
          ? t('initiatives.form.edit_submit')
          : t('initiatives.form.create_submit')
      }
      acting={acting}
      isIncomplete={isIncomplete}
      onSubmit={() => {
        setTried(true);
        if (!isIncomplete) send(draft);
      }}
      onClose={onClose}
    >
      <DraftNotices kept={kept} />
      {wasStartedBefore && (
        <Alert severity="warning" role="alert">
          {t('initiatives.form.startedBefore')}
        </Alert>
      )}
      {conflict && (
        <Alert severity="warning" role="alert">
          <AlertTitle>{t('initiatives.form.conflict.title')}</AlertTitle>
          <p>
            {t('initiatives.form.conflict.about', {
              message: conflict.message,
            })}
          </p>
          <Button
            size="small"
            variant="outlined"
            color="inherit"
            onClick={() => {
              setConflict(undefined);
              kept.restart(draftOf(conflict.theirs));
            }}
          >
            {t('initiatives.form.conflict.takeTheirs')}
          </Button>{' '}
          {conflict.theirs.state !== 'closed' && (
            <Button
              size="small"
              variant="outlined"
              color="inherit"
              onClick={() => {
                const mine = { ...draft, version: conflict.theirs.version };
                kept.replace(mine);
                if (!isIncomplete) send(mine);
              }}
            >
              {t('initiatives.form.conflict.keepMine')}
            </Button>
          )}
        </Alert>
      )}
      <TextField
        id={`${ID}-title-field`}
        size="small"
        variant="outlined"
        fullWidth
        required
        label={t('initiatives.form.titleField')}
        value={draft.title}
        onChange={({ target }) => change({ title: target.value })}
        error={textOf(problems.title) !== undefined}
        helperText={textOf(problems.title) ?? t('initiatives.form.titleHint')}
      />
      <GoalFields
        id={ID}
        draft={draft}
        change={change}
        problems={{
          since: textOf(problems.since),
          dueOn: textOf(problems.dueOn),
        }}
      />
      <ServiceFields
        id={ID}
        draft={draft}
        change={change}
        problem={textOf(problems.q)}
      />
      <MarkdownField
        id={`${ID}-description`}
        label={t('initiatives.form.description')}
        viewsLabel={t('initiatives.form.descriptionViews')}
        value={draft.description}
        problem={textOf(problems.description)}
        minRows={3}
        onChange={description => change({ description })}
      />
    </ActDialog>
  );
};

/**
 * Starts an initiative, or changes one. What was typed is kept as a draft when the
 * dialog is closed; it is open as long as it is mounted.
 */
export const InitiativeDialog = (props: InitiativeDialogProps) => {
  const { of } = props;
  const slot = of ? `initiative:${of.id}:${of.version}` : 'initiative';
  const kept = useKeptDraft(initiativeDrafts, slot, () =>
    of ? draftOf(of) : newInitiative(),
  );
  return kept ? (
    <ReadableErrors>
      <InitiativeForm {...props} kept={kept} />
    </ReadableErrors>
  ) : null;
};
