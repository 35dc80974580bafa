import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';
import { useTexts } from '../translation';

/** Stands for the head and the first rows of the list. */
export const SourcesSkeleton = () => {
  const { t } = useTexts();
  return (
    <Paper role="status" aria-label={t('sources.loading')}>
      <Box p={2}>
        <Skeleton height={32} />
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Box>
    </Paper>
  );
};
