import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessAnswer } from 'backstage-plugin-operational-excellence-common';
import { evidenceOf } from '../../evidence';
import { Who } from '../../exercises/words';
import { Moment, useTimeWords } from '../../time';
import { useTexts } from '../../translation';
import type { AnswerFields } from '../answers';
import { AnswerView } from './AnswerView';

const useStyles = makeStyles(theme => ({
  message: { width: '100%' },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 240px), 1fr))',
    gap: theme.spacing(2),
    marginTop: theme.spacing(1),
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.75),
    padding: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    color: theme.palette.text.primary,
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
  },
  name: { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  when: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
}));

/** Two answers to one item, of which one is to be chosen. */
export const ItemConflict = (props: {
  theirs: ReadinessAnswer;
  mine: AnswerFields;
  now: number;
  onResolve: (choice: 'mine' | 'theirs') => void;
}) => {
  const { mine, now, onResolve, theirs } = props;
  const classes = useStyles();
  const words = useTimeWords();
  const { t } = useTexts();
  return (
    <Alert
      severity="warning"
      role="alert"
      classes={{ message: classes.message }}
    >
      {t('readinessRuns.item.conflict')}
      <div className={classes.sides}>
        <div className={classes.side}>
          <h5 className={classes.name}>{t('readinessRuns.item.theirs')}</h5>
          <div className={classes.when}>
            <Who who={theirs.answeredBy} />{' '}
            <Moment instant={theirs.answeredAt}>
              {t('readinessRuns.item.answered', {
                ago: words.ago(theirs.answeredAt, now),
              })}
            </Moment>
          </div>
          <AnswerView {...theirs} />
          <Button
            size="small"
            variant="outlined"
            onClick={() => onResolve('theirs')}
          >
            {t('readinessRuns.item.keepTheirs')}
          </Button>
        </div>
        <div className={classes.side}>
          <h5 className={classes.name}>{t('readinessRuns.item.mine')}</h5>
          <AnswerView
            value={mine.value || undefined}
            note={mine.note.trim() || null}
            evidence={evidenceOf(mine.evidence)}
          />
          <Button
            size="small"
            variant="outlined"
            onClick={() => onResolve('mine')}
          >
            {t('readinessRuns.item.useMine')}
          </Button>
        </div>
      </div>
    </Alert>
  );
};
