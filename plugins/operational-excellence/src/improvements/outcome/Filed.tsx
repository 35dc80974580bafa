import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { ExternalLink } from '../../entityContent/ExternalLink';
import { useTexts } from '../../translation';

/** The ticket that an improvement has become. */
export const Filed = (props: { improvement: Improvement }) => {
  const { ticket, title, tracker } = props.improvement;
  const { t } = useTexts();
  return (
    <Alert severity="success" role="status">
      <AlertTitle>
        {t('improvement.filed', { tracker: tracker.title })}
      </AlertTitle>
      <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
        {ticket && (
          <>
            <ExternalLink url={ticket.url}>{ticket.key}</ExternalLink>{' '}
          </>
        )}
        {title}
      </Typography>
    </Alert>
  );
};
