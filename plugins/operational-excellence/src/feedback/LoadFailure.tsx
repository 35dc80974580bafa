import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { operationalExcellenceServiceReadPermission } from 'backstage-plugin-operational-excellence-common';
import { LoadFailed } from '../loading';
import { useTexts } from '../translation';
import { errorText } from './errorText';

const Message = (props: {
  title: string;
  text: string;
  onRetry?: () => void;
}) => {
  const { t } = useTexts();
  return (
    <Box role="alert" p={2}>
      <Typography variant="subtitle1" component="p" gutterBottom>
        {props.title}
      </Typography>
      <Typography
        variant="body2"
        color="textSecondary"
        style={{ overflowWrap: 'anywhere' }}
      >
        {props.text}
      </Typography>
      {props.onRetry && (
        <Box mt={1.5}>
          <Button size="small" variant="outlined" onClick={props.onRetry}>
            {t('feedback.retry')}
          </Button>
        </Box>
      )}
    </Box>
  );
};

/** Why something is not shown, and what to do about it. */
export const LoadFailure = (props: {
  failure: LoadFailed;
  /** The permission that reading needs; that for services if left out. */
  permission?: string;
}) => {
  const { failure } = props;
  const { t } = useTexts();
  switch (failure.status) {
    case 'forbidden':
      return (
        <Message
          title={t('feedback.forbiddenTitle')}
          text={t('feedback.forbidden', {
            permission:
              props.permission ??
              operationalExcellenceServiceReadPermission.name,
          })}
        />
      );
    case 'not-found':
      return (
        <Message
          title={t('feedback.notTrackedTitle')}
          text={t('feedback.notTracked')}
        />
      );
    default:
      return (
        <Message
          title={t('feedback.failedTitle')}
          text={errorText(failure.error)}
          onRetry={failure.reload}
        />
      );
  }
};
