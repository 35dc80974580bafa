import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';
import { useTexts } from '../translation';

const ROWS = 10;

/** Stands for the table while it is read for the first time. */
export const ScorecardSkeleton = () => {
  const { t } = useTexts();
  return (
    <Paper role="status" aria-label={t('scorecard.loading')}>
      <Box p={2}>
        {Array.from({ length: ROWS }, (_, row) => (
          <Skeleton key={row} height={56} />
        ))}
      </Box>
    </Paper>
  );
};
