import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { errorText } from '../../feedback';
import { useTexts } from '../../translation';

const TITLE_ID = 'operational-excellence-readiness-discard';

type Discarding =
  | { status: 'closed' | 'asking' | 'discarding' }
  | { status: 'failed'; error: Error };

/** Ends a test that shall never count, once one has said so twice. */
export const DiscardTest = (props: {
  test: ReadinessTestDetail;
  onChanged: () => void;
}) => {
  const { onChanged, test } = props;
  const api = useApi(operationalExcellenceApiRef);
  const { t } = useTexts();
  const [state, setState] = useState<Discarding>({ status: 'closed' });
  const close = () => setState({ status: 'closed' });
  const isDiscarding = state.status === 'discarding';

  const discard = async () => {
    setState({ status: 'discarding' });
    try {
      // Whatever was answered meanwhile: a test that is discarded counts nothing.
      const { version } = await api.getReadinessTest(test.id);
      await api.discardReadinessTest(test.id, { version });
      close();
      onChanged();
    } catch (error) {
      setState({ status: 'failed', error: toError(error) });
    }
  };

  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={() => setState({ status: 'asking' })}
      >
        {t('readinessRuns.discard.open')}
      </Button>
      <Dialog
        open={state.status !== 'closed'}
        onClose={close}
        aria-labelledby={TITLE_ID}
      >
        <DialogTitle id={TITLE_ID}>
          {t('readinessRuns.discard.title')}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>
            {t('readinessRuns.discard.text')}
          </DialogContentText>
          {state.status === 'failed' && (
            <Alert severity="error" role="alert">
              {t('readinessRuns.discard.failed', {
                message: errorText(state.error),
              })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={close}>{t('readinessRuns.discard.cancel')}</Button>
          <Button
            color="primary"
            aria-disabled={isDiscarding}
            onClick={isDiscarding ? undefined : discard}
          >
            {t('readinessRuns.discard.submit')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
};
