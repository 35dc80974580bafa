import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { Note } from '../entityContent/Note';
import { useTexts } from '../translation';

/** That nothing was counted yet, and when it will be. */
export const FirstDays = (props: {
  /** Whether nothing was counted of any group. */
  isAll: boolean;
  days: number;
}) => {
  const { t } = useTexts();
  return (
    <Paper>
      <Note>
        {props.isAll ? (
          <>
            <Typography variant="subtitle1" component="p" gutterBottom>
              {t('trends.none.title')}
            </Typography>
            {t('trends.none.text')}
          </>
        ) : (
          t('trends.noneOfGroup', { days: props.days })
        )}
      </Note>
    </Paper>
  );
};
