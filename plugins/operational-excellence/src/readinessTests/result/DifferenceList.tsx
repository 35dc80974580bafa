import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/AddCircleOutline';
import ChangeHistoryIcon from '@material-ui/icons/ChangeHistory';
import DragHandleIcon from '@material-ui/icons/DragHandle';
import RemoveIcon from '@material-ui/icons/RemoveCircleOutline';
import TrendingDownIcon from '@material-ui/icons/TrendingDown';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import type {
  ReadinessAnswer,
  ReadinessDifference,
} from 'backstage-plugin-operational-excellence-common';
import type { Tone } from '../../states';
import { useTexts } from '../../translation';
import { AnswerLabel } from '../words';
import { TonedLabel } from '../../states';

type ChangedItem = ReadinessDifference['items'][number];
type Change = ChangedItem['change'];

const icons = {
  better: TrendingUpIcon,
  worse: TrendingDownIcon,
  changed: ChangeHistoryIcon,
  same: DragHandleIcon,
  added: AddIcon,
  removed: RemoveIcon,
} satisfies Record<Change, typeof AddIcon>;

const tones: Record<Change, Tone> = {
  better: 'good',
  worse: 'critical',
  changed: 'attention',
  same: 'uncertain',
  added: 'neutral',
  removed: 'neutral',
};

const useStyles = makeStyles(theme => ({
  item: {
    display: 'grid',
    gridTemplateColumns: '7rem minmax(0, 1fr)',
    // The label is as high as its line, not as the row.
    alignItems: 'start',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  answers: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
  },
  secondary: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
}));

/** Whether only what stands beside two answers differs. */
function isSameValue({ change, from, to }: ChangedItem): boolean {
  return change === 'changed' && from?.value === to?.value;
}

const AnswerThen = (props: {
  answer: ReadinessAnswer | null;
  isAsked: boolean;
}) => {
  const classes = useStyles();
  const { t } = useTexts();
  return props.isAsked ? (
    <AnswerLabel value={props.answer?.value} />
  ) : (
    <span className={classes.secondary}>
      {t('readinessRuns.difference.absent')}
    </span>
  );
};

/** Items with their answers then and now. */
export const DifferenceList = (props: {
  items: ChangedItem[];
  className: string;
}) => {
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <ul className={props.className}>
      {props.items.map(item => (
        <li key={item.itemId} className={classes.item}>
          <TonedLabel icon={icons[item.change]} tone={tones[item.change]}>
            {t(`readinessRuns.difference.change.${item.change}`)}
          </TonedLabel>
          <div>
            <div>{item.question}</div>
            <div className={classes.answers}>
              <span className={classes.secondary}>
                {t('readinessRuns.difference.before')}
              </span>
              <AnswerThen
                answer={item.from}
                isAsked={item.change !== 'added'}
              />
              <span className={classes.secondary}>
                {t('readinessRuns.difference.after')}
              </span>
              <AnswerThen
                answer={item.to}
                isAsked={item.change !== 'removed'}
              />
            </div>
            {isSameValue(item) && (
              <div className={classes.secondary}>
                {t('readinessRuns.difference.otherNote')}
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
};
