import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { exactInstant } from '../time';
import { useTexts } from '../translation';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.5, 2),
  },
  progress: { height: 2 },
}));

/** How much there is in all, as of when, and whether it is being read anew. */
export const ListHead = (props: {
  total: string;
  asOf: string;
  refreshing: boolean;
}) => {
  const { asOf, refreshing, total } = props;
  const classes = useStyles();
  const { t } = useTexts();
  return (
    <>
      <div className={classes.progress}>
        {refreshing && (
          <LinearProgress
            className={classes.progress}
            aria-label={t('scorecard.refreshing')}
          />
        )}
      </div>
      <div className={classes.bar}>
        <Typography variant="subtitle2" component="p" role="status">
          {total}
        </Typography>
        <Typography variant="body2" color="textSecondary" component="p">
          {t('age.asOf', { instant: exactInstant(asOf) })}
        </Typography>
      </div>
    </>
  );
};
