import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import {
  findingSeveritySchema,
  type Finding,
  type FindingSubmissionInput,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { DraftNotices, KeptDraft, useKeptDraft } from '../../drafts';
import { ActDialog } from '../../exercises/ActDialog';
import { isConflict } from '../../exercises/conflicts';
import { useAct } from '../../exercises/useAct';
import { errorText } from '../../feedback';
import { MarkdownField } from '../../markdown';
import { useTexts } from '../../translation';
import {
  changeOf,
  draftOf,
  FindingDraft,
  findingDrafts,
  newFinding,
  submissionOf,
} from './FindingDraft';
import {
  FindingProblem,
  FindingProblems,
  findingProblems,
} from './findingProblems';

const ID = 'operational-excellence-finding';

/** What a new finding comes from. */
export interface NewFindingOf {
  /** Names it, as in `game day Loss of a zone`. */
  title: string;
  /** The services that it may be about. */
  services: readonly { entityRef: string; title: string }[];
  origin: Pick<
    FindingSubmissionInput,
    'exerciseId' | 'readinessTestId' | 'readinessItemId'
  >;
}

interface FindingDialogProps {
  /** Either what a new one comes from, or the one that is changed. */
  of: NewFindingOf | Finding;
  onSaved: (finding: Finding) => void;
  onClose: () => void;
}

function isFinding(of: NewFindingOf | Finding): of is Finding {
  return 'version' in of;
}

/** Somebody else's version, and why ours was refused. */
interface Conflict {
  theirs: Finding;
  message: string;
}

const Fields = (props: {
  of: NewFindingOf | Finding;
  draft: FindingDraft;
  change: (change: Partial<FindingDraft>) => void;
  problems: FindingProblems;
}) => {
  const { change, draft, of, problems } = props;
  const { t } = useTexts();
  const textOf = (problem: FindingProblem | undefined) => {
    if (!problem) return undefined;
    return problem.kind === 'too-long'
      ? t('findings.form.problem.too-long', {
          max: problem.max.toLocaleString(),
        })
      : t(`findings.form.problem.${problem.kind}`);
  };
  const select = (name: 'entityRef' | 'severity', label: string) => {
    const id = `${ID}-${name}`;
    const problem = textOf(problems[name]);
    return {
      id,
      select: true,
      size: 'small',
      variant: 'outlined',
      fullWidth: true,
      required: true,
      label,
      value: draft[name],
      error: problem !== undefined,
      helperText: problem,
      InputLabelProps: { id: `${id}-label` },
      SelectProps: {
        SelectDisplayProps: {
          'aria-labelledby': `${id}-label ${id}`,
          'aria-invalid': problem !== undefined,
        },
      },
    } as const;
  };
  return (
    <>
      {!isFinding(of) && of.services.length > 1 && (
        <TextField
          {...select('entityRef', t('findings.form.service'))}
          onChange={({ target }) => change({ entityRef: target.value })}
        >
          {of.services.map(({ entityRef, title }) => (
            <MenuItem key={entityRef} value={entityRef}>
              {title}
            </MenuItem>
          ))}
        </TextField>
      )}
      <TextField
        {...select('severity', t('findings.form.severity'))}
        onChange={({ target }) => {
          const severity = findingSeveritySchema.safeParse(target.value);
          if (severity.success) change({ severity: severity.data });
        }}
      >
        {findingSeveritySchema.options.map(severity => (
          <MenuItem key={severity} value={severity}>
            {t(`findings.severity.${severity}`)}
          </MenuItem>
        ))}
      </TextField>
      <MarkdownField
        id={`${ID}-text`}
        label={t('findings.form.text')}
        viewsLabel={t('findings.form.textViews')}
        value={draft.text}
        problem={textOf(problems.text)}
        minRows={3}
        onChange={text => change({ text })}
      />
      <MarkdownField
        id={`${ID}-lesson`}
        label={t('findings.form.lesson')}
        viewsLabel={t('findings.form.lessonViews')}
        value={draft.lesson}
        problem={textOf(problems.lesson)}
        minRows={2}
        onChange={lesson => change({ lesson })}
      />
      <TextField
        id={`${ID}-tags`}
        size="small"
        variant="outlined"
        fullWidth
        label={t('findings.form.tags')}
        value={draft.tags}
        onChange={({ target }) => change({ tags: target.value })}
        error={problems.tags !== undefined}
        helperText={textOf(problems.tags) ?? t('findings.form.tagsHint')}
      />
      <TextField
        id={`${ID}-retest-by`}
        type="date"
        size="small"
        variant="outlined"
        label={t('findings.form.retestBy')}
        InputLabelProps={{ shrink: true }}
        inputProps={{ max: '9999-12-31' }}
        value={draft.retestBy}
        onChange={({ target }) => change({ retestBy: target.value })}
        error={problems.retestBy !== undefined}
        helperText={
          textOf(problems.retestBy) ??
          (isFinding(of)
            ? t('findings.form.retestByHintEdit')
            : t('findings.form.retestByHint'))
        }
      />
    </>
  );
};

const FindingForm = (
  props: FindingDialogProps & { kept: KeptDraft<FindingDraft> },
) => {
  const { kept, of, onClose, onSaved } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [acting, act] = useAct();
  const [wasTried, setTried] = useState(false);
  const [conflict, setConflict] = useState<Conflict>();
  const { draft } = kept;
  const problems = findingProblems(draft, {
    now: Date.now(),
    unchanged: isFinding(of) ? draftOf(of).retestBy : '',
  });
  const isIncomplete = Object.keys(problems).length > 0;

  const send = (sent: FindingDraft) =>
    act(async () => {
      setConflict(undefined);
      try {
        const saved = await (isFinding(of)
          ? api.changeFinding(of.id, changeOf(sent, of))
          : api.createFinding(submissionOf(sent, of.origin)));
        kept.restart(
          isFinding(of) ? draftOf(saved) : newFinding(sent.entityRef),
        );
        onSaved(saved);
      } catch (error) {
        if (!isFinding(of) || !isConflict(error)) throw error;
        const theirs = await api.getFinding(of.id);
        setConflict({ theirs, message: errorText(toError(error)) });
      }
    });

  return (
    <ActDialog
      id={ID}
      title={isFinding(of) ? t('findings.form.edit') : t('findings.form.add')}
      about={t('findings.form.about', {
        origin: isFinding(of) ? of.origin.title : of.title,
      })}
      submit={t('findings.form.save')}
      acting={acting}
      isIncomplete={isIncomplete}
      onSubmit={() => {
        setTried(true);
        if (!isIncomplete) send(draft);
      }}
      onClose={onClose}
    >
      <DraftNotices kept={kept} />
      {conflict && (
        <Alert severity="warning" role="alert">
          <AlertTitle>{t('findings.form.conflict.title')}</AlertTitle>
          <p>
            {t('findings.form.conflict.about', { message: conflict.message })}
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
            {t('findings.form.conflict.takeTheirs')}
          </Button>{' '}
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
            {t('findings.form.conflict.keepMine')}
          </Button>
        </Alert>
      )}
      <Fields
        of={of}
        draft={draft}
        change={change => {
          // What is being sent does not change any more.
          if (acting.status !== 'sending') kept.change(change);
        }}
        problems={wasTried ? problems : {}}
      />
    </ActDialog>
  );
};

/**
 * Writes down a finding, or changes one. What was typed is kept as a draft when
 * the dialog is closed; it is open as long as it is mounted.
 */
export const FindingDialog = (props: FindingDialogProps) => {
  const { of } = props;
  const slot = isFinding(of)
    ? `finding:${of.id}:${of.version}`
    : `finding-of:${JSON.stringify(of.origin)}`;
  const kept = useKeptDraft(findingDrafts, slot, () =>
    isFinding(of)
      ? draftOf(of)
      : newFinding(of.services.length === 1 ? of.services[0].entityRef : ''),
  );
  return kept ? <FindingForm {...props} kept={kept} /> : null;
};
