import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { operationalExcellenceTranslationRef } from '../../translation';
import { RunTestDialog } from './RunTestDialog';

/** Opens the dialog in which the service is chosen first. */
export const RunTestButton = () => {
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
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
