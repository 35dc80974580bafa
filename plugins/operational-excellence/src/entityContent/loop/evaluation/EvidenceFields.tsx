import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/Delete';
import { useEffect, useRef, useState } from 'react';
import { useFormStyles } from '../../../improvements/form/useFormStyles';
import { useTexts } from '../../../translation';
import { EvidenceDraft, newEvidence } from './EvaluationDraft';
import { EvaluationProblems, MAX_EVIDENCE } from './evaluationProblems';
import { useProblemText } from './useProblemText';

const useStyles = makeStyles(theme => ({
  root: { justifyItems: 'start' },
  link: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    width: '100%',
  },
  field: { flex: '1 1 180px', minWidth: 0 },
}));

/** One link. */
const EvidenceLink = (props: {
  link: EvidenceDraft;
  number: string;
  problems: EvaluationProblems['evidence'][number] | undefined;
  /** Whether it was just asked for, so that one wants to type into it. */
  isAdded: boolean;
  onChange: (changed: Partial<EvidenceDraft>) => void;
  onRemove: () => void;
}) => {
  const { isAdded, link, number, onChange, onRemove, problems } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const problemText = useProblemText();
  const titleProblem = problemText(problems?.title);
  const urlProblem = problemText(problems?.url);

  const title = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAdded) title.current?.focus();
  }, [isAdded]);

  return (
    <div
      className={classes.link}
      role="group"
      aria-label={t('evaluation.link', { number })}
    >
      <TextField
        id={`operational-excellence-evidence-title-${link.id}`}
        className={classes.field}
        size="small"
        variant="outlined"
        label={t('evaluation.evidenceTitle')}
        inputRef={title}
        value={link.title}
        onChange={({ target }) => onChange({ title: target.value })}
        error={titleProblem !== undefined}
        helperText={titleProblem}
      />
      <TextField
        id={`operational-excellence-evidence-url-${link.id}`}
        className={classes.field}
        size="small"
        variant="outlined"
        label={t('evaluation.evidenceUrl')}
        type="url"
        placeholder="https://"
        value={link.url}
        onChange={({ target }) => onChange({ url: target.value })}
        error={urlProblem !== undefined}
        helperText={urlProblem}
      />
      <IconButton
        size="small"
        aria-label={t('evaluation.removeLink', { number })}
        onClick={onRemove}
      >
        <DeleteIcon />
      </IconButton>
    </div>
  );
};

/** Links to what shows the result; as many as are needed. */
export const EvidenceFields = (props: {
  evidence: EvidenceDraft[];
  problems: EvaluationProblems['evidence'];
  onChange: (evidence: EvidenceDraft[]) => void;
}) => {
  const { evidence, onChange, problems } = props;
  const classes = useStyles();
  const formClasses = useFormStyles();
  const { t } = useTexts();
  const [addedId, setAddedId] = useState<number>();
  const addButton = useRef<HTMLButtonElement>(null);
  const isFull = evidence.length >= MAX_EVIDENCE;

  const add = () => {
    const added = newEvidence(evidence);
    setAddedId(added.id);
    onChange([...evidence, added]);
  };
  const change = (id: number, changed: Partial<EvidenceDraft>) =>
    onChange(
      evidence.map(each => (each.id === id ? { ...each, ...changed } : each)),
    );
  const remove = (id: number) => {
    onChange(evidence.filter(each => each.id !== id));
    // The button that was pressed is gone, and must not take the focus along.
    addButton.current?.focus();
  };

  return (
    <fieldset className={`${formClasses.group} ${classes.root}`}>
      <legend className={formClasses.legend}>{t('evaluation.evidence')}</legend>
      {evidence.map((link, index) => (
        <EvidenceLink
          key={link.id}
          link={link}
          number={`${index + 1}`}
          problems={problems[link.id]}
          isAdded={link.id === addedId}
          onChange={changed => change(link.id, changed)}
          onRemove={() => remove(link.id)}
        />
      ))}
      <Button
        ref={addButton}
        size="small"
        startIcon={<AddIcon />}
        aria-disabled={isFull}
        onClick={isFull ? undefined : add}
      >
        {t('evaluation.addLink')}
      </Button>
    </fieldset>
  );
};
