import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { READINESS_HASH } from '../entityContent/readiness/readinessHash';
import { entityContentRouteRef } from '../routes';
import { useTexts } from '../translation';
import { usePagePath } from '../usePagePath';

/** What to do next about readiness, and the way to where it is done. */
export const ReadinessAction = (props: { text: string }) => {
  const { t } = useTexts();
  const tab = usePagePath(entityContentRouteRef);
  return (
    <Typography variant="body2">
      {props.text}
      {tab !== undefined && (
        <>
          {' '}
          <Link to={`${tab}${READINESS_HASH}`}>
            {t('readinessRuns.run.action')}
          </Link>
        </>
      )}
    </Typography>
  );
};
