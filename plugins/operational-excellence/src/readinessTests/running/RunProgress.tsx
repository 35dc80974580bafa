import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ReadinessItem } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../../translation';
import { AnswerBook, useBookChanges } from '../answers';
import { ItemLink } from '../ItemLink';
import { standOf } from './standOf';

const useStyles = makeStyles(theme => ({
  // Always in sight: how far one is, and whether all of it is saved.
  root: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    padding: theme.spacing(1.5, 2),
    '& > :last-child': { marginTop: theme.spacing(1) },
  },
  words: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
  answered: { fontWeight: 600 },
  saving: { color: theme.palette.text.secondary },
  next: { marginLeft: 'auto' },
}));

/** How far a test has come, and whether all that was typed is saved. */
export const RunProgress = (props: {
  book: AnswerBook;
  items: ReadinessItem[];
}) => {
  const { book, items } = props;
  useBookChanges(book);
  const classes = useStyles();
  const { t } = useTexts();
  const { answered, failing, missing, troubled, unsaved } = standOf(
    book,
    items,
  );
  const next = missing.find(({ reason }) => reason === 'unanswered');

  const saving = () => {
    if (troubled > 0) {
      return t('readinessRuns.progress.unsaved', { count: troubled });
    }
    return unsaved > 0
      ? t('readinessRuns.progress.saving')
      : t('readinessRuns.progress.allSaved');
  };

  return (
    <Paper className={classes.root}>
      <div className={classes.words}>
        <span className={classes.answered}>
          {t('readinessRuns.progress.answered', {
            answered: `${answered}`,
            total: `${items.length}`,
          })}
          {failing > 0 &&
            `, ${t('readinessRuns.progress.failing', {
              failing: `${failing}`,
            })}`}
        </span>
        <span className={classes.saving} role="status">
          {saving()}
        </span>
        {troubled > 0 && (
          <Button
            size="small"
            variant="outlined"
            onClick={() => book.sendAll()}
          >
            {t('readinessRuns.progress.retry')}
          </Button>
        )}
        {next && (
          <span className={classes.next}>
            <ItemLink itemId={next.itemId}>
              {t('readinessRuns.progress.next')}
            </ItemLink>
          </span>
        )}
      </div>
      <LinearProgress
        variant="determinate"
        aria-label={t('readinessRuns.progress.label')}
        value={items.length ? (100 * answered) / items.length : 100}
      />
    </Paper>
  );
};
