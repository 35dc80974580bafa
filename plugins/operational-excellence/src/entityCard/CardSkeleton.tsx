import Box from '@material-ui/core/Box';
import Skeleton from '@material-ui/lab/Skeleton';
import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';

/** As tall as the three lines that it stands for. */
export const CardSkeleton = () => {
  const { t } = useTexts();
  return (
    <div role="status" aria-label={t('card.loading')}>
      {MEASURES.map(measure => (
        <Box key={measure} px={2} py={1.5}>
          <Skeleton width="40%" height={24} />
          <Skeleton width="85%" height={22} />
          <Skeleton width="55%" height={20} />
        </Box>
      ))}
      <Box px={2} pb={2}>
        <Skeleton width="60%" height={20} />
      </Box>
    </div>
  );
};
