import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import DeleteIcon from '@material-ui/icons/Delete';
import { FocusEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '../translation';
import { EvidenceDraft, newEvidence } from './EvidenceDraft';
import {
  EvidenceProblem,
  EvidenceProblems,
  MAX_EVIDENCE,
} from './evidenceProblems';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    justifyItems: 'start',
    minWidth: 0,
    margin: 0,
    padding: theme.spacing(1, 1.5, 1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  legend: {
    padding: theme.spacing(0, 0.5),
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  link: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    width: '100%',
  },
  field: { flex: '1 1 180px', minWidth: 0 },
}));

function useProblemText() {
  const { t } = useTexts();
  return (problem: EvidenceProblem | undefined) => {
    if (!problem) return undefined;
    if (problem.kind === 'too-long') {
      const max = problem.max.toLocaleString();
      return t('evaluation.problem.too-long', { max });
    }
    return problem.kind === 'title'
      ? t('evaluation.problem.evidence-title')
      : t('evaluation.problem.address');
  };
}

/** One link. */
const EvidenceLink = (props: {
  id: string;
  link: EvidenceDraft;
  number: string;
  problems: EvidenceProblems[number] | undefined;
  isPatient: boolean;
  /** Whether it was just asked for, so that one wants to type into it. */
  isAdded: boolean;
  onChange: (changed: Partial<EvidenceDraft>) => void;
  onRemove: () => void;
}) => {
  const { id, isAdded, isPatient, link, number, onChange, onRemove } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const problemText = useProblemText();
  const [isTyped, setTyped] = useState(false);
  const problems = isPatient && isTyped ? undefined : props.problems;
  const titleProblem = problemText(problems?.title);
  const urlProblem = problemText(problems?.url);

  const title = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isAdded) title.current?.focus();
  }, [isAdded]);

  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const isLeft =
      !(relatedTarget instanceof Node) ||
      !currentTarget.contains(relatedTarget);
    if (isLeft) setTyped(false);
  };

  return (
    <div
      className={classes.link}
      role="group"
      aria-label={t('evaluation.link', { number })}
      onBlur={onBlur}
    >
      <TextField
        id={`${id}-title`}
        className={classes.field}
        size="small"
        variant="outlined"
        label={t('evaluation.evidenceTitle')}
        inputRef={title}
        value={link.title}
        onChange={({ target }) => {
          setTyped(true);
          onChange({ title: target.value });
        }}
        error={titleProblem !== undefined}
        helperText={titleProblem}
      />
      <TextField
        id={`${id}-url`}
        className={classes.field}
        size="small"
        variant="outlined"
        label={t('evaluation.evidenceUrl')}
        type="url"
        placeholder="https://"
        value={link.url}
        onChange={({ target }) => {
          setTyped(true);
          onChange({ url: target.value });
        }}
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

/** Links to what proves something; as many as are needed. */
export const EvidenceFields = (props: {
  /** No other on the page has it. */
  id: string;
  legend: string;
  /** What is missing as a whole. */
  problem?: string;
  evidence: EvidenceDraft[];
  problems: EvidenceProblems;
  /** Whether nothing is said against a link as long as one types into it. */
  isPatient?: boolean;
  onChange: (evidence: EvidenceDraft[]) => void;
}) => {
  const { evidence, id, legend, onChange, problem, problems } = props;
  const classes = useStyles();
  const { t } = useTexts();
  const [addedId, setAddedId] = useState<number>();
  const addButton = useRef<HTMLButtonElement>(null);
  const isFull = evidence.length >= MAX_EVIDENCE;

  const add = () => {
    const added = newEvidence(evidence);
    setAddedId(added.id);
    onChange([...evidence, added]);
  };
  const change = (linkId: number, changed: Partial<EvidenceDraft>) =>
    onChange(
      evidence.map(each =>
        each.id === linkId ? { ...each, ...changed } : each,
      ),
    );
  const remove = (linkId: number) => {
    onChange(evidence.filter(each => each.id !== linkId));
    // The button that was pressed is gone, and must not take the focus along.
    addButton.current?.focus();
  };

  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>{legend}</legend>
      {evidence.map((link, index) => (
        <EvidenceLink
          key={link.id}
          id={`${id}-${link.id}`}
          link={link}
          number={`${index + 1}`}
          problems={problems[link.id]}
          isPatient={props.isPatient ?? false}
          isAdded={link.id === addedId}
          onChange={changed => change(link.id, changed)}
          onRemove={() => remove(link.id)}
        />
      ))}
      {problem && <FormHelperText error>{problem}</FormHelperText>}
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
