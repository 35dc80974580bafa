import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { TextFunction, useTexts } from '../../translation';
import type { TextProblem } from './policyText';

/** No more are told at once. */
const TOLD = 20;

const useStyles = makeStyles({
  message: { minWidth: 0, overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: 20 },
  // As the words around it, but to be pressed.
  button: {
    font: 'inherit',
    textAlign: 'left',
    textDecoration: 'underline',
    verticalAlign: 'baseline',
  },
});

function inWords(t: TextFunction, { line, path, problem }: TextProblem) {
  const message = () => {
    switch (problem.kind) {
      case 'not-a-list':
        return t('policies.try.notAList');
      case 'same-id':
        return t('policies.try.sameId', { id: problem.id });
      default:
        return problem.message;
    }
  };
  return path
    ? t('policies.try.problemIn', { line, path, message: message() })
    : t('policies.try.problem', { line, message: message() });
}

/** What is wrong with a text; each leads to its place. */
export const ProblemList = (props: {
  id: string;
  problems: TextProblem[];
  onGoTo: (problem: TextProblem) => void;
}) => {
  const { id, onGoTo, problems } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <Alert
      id={id}
      severity="error"
      role="alert"
      classes={{ message: classes.message }}
    >
      <AlertTitle>{t('policies.try.problems')}</AlertTitle>
      <ul className={classes.list}>
        {problems.slice(0, TOLD).map(problem => {
          const words = inWords(t, problem);
          return (
            <li key={`${problem.offset} ${words}`}>
              <ButtonBase
                className={classes.button}
                disableRipple
                onClick={() => onGoTo(problem)}
              >
                {words}
              </ButtonBase>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
};
