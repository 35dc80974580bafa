import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useTexts } from '../translation';
import { LazyFileImprovementDialog } from './LazyFileImprovementDialog';

/** Opens the dialog in which the service is chosen first. */
export const FileForServiceButton = () => {
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
        {t('improvement.file')}
      </Button>
      {isOpen && <LazyFileImprovementDialog onClose={() => setOpen(false)} />}
    </>
  );
};
