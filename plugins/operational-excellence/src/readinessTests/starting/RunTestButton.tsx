import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useTexts } from '../../translation';
import { RunTestDialog } from './RunTestDialog';

/** Opens the dialog in which the service is chosen first. */
export const RunTestButton = () => {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color="primary"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('readinessRuns.run.action')}
      </Button>
      {isOpen && <RunTestDialog onClose={() => setOpen(false)} />}
    </>
  );
};
