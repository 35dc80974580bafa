import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import { Who } from '../words';
import { changedFields, EditDraft } from './editDrafts';
import { PlanWording, wordingOf } from './ExerciseDraft';

const useStyles = makeStyles(theme => ({
  message: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
  table: {
    width: '100%',
    marginTop: theme.spacing(1),
    borderCollapse: 'collapse',
    tableLayout: 'fixed',
    '& th, & td': {
      padding: theme.spacing(0.5, 1, 0.5, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      whiteSpace: 'pre-wrap',
    },
  },
}));

/** What a plan says in a field, as text. */
function useFieldText() {
  const { t } = useTexts();
  return (plan: PlanWording, field: keyof PlanWording): string => {
    const text = () => {
      switch (field) {
        case 'kind':
          return t(`exercises.kind.${plan.kind}`);
        case 'services':
          return plan.services.map(({ title }) => title).join('\n');
        case 'roles':
          return plan.roles
            .map(({ role, who }) => `${role}: ${who}`)
            .join('\n');
        case 'stopConditions':
          return plan.stopConditions.map(each => each.text).join('\n');
        case 'prerequisites':
          return plan.prerequisites
            .map(each => `${each.done ? '☑' : '☐'} ${each.text}`)
            .join('\n');
        case 'rollbackTried':
          return plan.rollbackTried
            ? t('exercises.rollback.tried')
            : t('exercises.rollback.untried');
        case 'environment':
          return plan.environment?.title ?? '';
        case 'plannedStart':
        case 'plannedEnd':
          return plan[field].replace('T', ' ');
        default:
          return plan[field];
      }
    };
    return text() || '—';
  };
}

/**
 * That somebody else has saved the exercise while it was edited. What was typed
 * stays; one may look at what they wrote, and choose.
 */
export const ConflictNotice = (props: {
  draft: EditDraft;
  theirs: ExerciseDetail;
  now: number;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) => {
  const { draft, now, theirs } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const fieldText = useFieldText();
  const { t } = useTexts();
  const [isShown, setShown] = useState(false);
  const plan = wordingOf(theirs);
  const mine = changedFields(draft, draft.base);
  const fields = [...new Set([...changedFields(plan, draft.base), ...mine])];
  return (
    <Alert
      severity="warning"
      role="alert"
      classes={{ message: classes.message }}
    >
      <AlertTitle>{t('exercises.conflict.title')}</AlertTitle>
      <div>
        <Who who={theirs.updatedBy} /> {t('exercises.conflict.saved')}{' '}
        <Moment instant={theirs.updatedAt}>
          {words.ago(theirs.updatedAt, now)}
        </Moment>
        . {t('exercises.conflict.about')}
      </div>
      <div className={classes.actions}>
        <Button
          size="small"
          variant="outlined"
          color="inherit"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown
            ? t('exercises.conflict.hideTheirs')
            : t('exercises.conflict.showTheirs')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          color="inherit"
          onClick={props.onKeepMine}
        >
          {t('exercises.conflict.keepMine')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          color="inherit"
          onClick={props.onTakeTheirs}
        >
          {t('exercises.conflict.takeTheirs')}
        </Button>
      </div>
      {isShown && fields.length === 0 && (
        <p>{t('exercises.conflict.nothingOfPlan')}</p>
      )}
      {isShown && fields.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('exercises.conflict.field')}</th>
              <th scope="col">{t('exercises.conflict.theirs')}</th>
              <th scope="col">{t('exercises.conflict.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(field => (
              <tr key={field}>
                <th scope="row">{t(`exercises.field.${field}`)}</th>
                <td>{fieldText(plan, field)}</td>
                <td>
                  {mine.includes(field)
                    ? fieldText(draft, field)
                    : t('exercises.conflict.notMine')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Alert>
  );
};
