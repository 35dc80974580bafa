import { InfoCard } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Skeleton from '@material-ui/lab/Skeleton';
import { MEASURES } from 'backstage-plugin-operational-excellence-common';
import { useTexts } from '../translation';
import { useContentStyles } from './useContentStyles';

/** As tall as the first two sections that it stands for. */
export const ContentSkeleton = () => {
  const classes = useContentStyles();
  const { t } = useTexts();
  return (
    <div className={classes.root} role="status" aria-label={t('tab.loading')}>
      <div className={classes.summary}>
        {MEASURES.map(measure => (
          <InfoCard key={measure}>
            <Skeleton width="50%" height={28} />
            <Skeleton width="90%" height={24} />
            <Skeleton width="70%" height={24} />
          </InfoCard>
        ))}
      </div>
      <InfoCard>
        <Box height={320}>
          <Skeleton width="25%" height={36} />
          <Skeleton variant="rect" height={260} />
        </Box>
      </InfoCard>
    </div>
  );
};
