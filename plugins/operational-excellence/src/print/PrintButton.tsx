import Button from '@material-ui/core/Button';
import PrintIcon from '@material-ui/icons/Print';
import { useTexts } from '../translation';
import { useNotPrinted } from './useNotPrinted';

/** Prints what is printable of the page. */
export const PrintButton = () => {
  const { t } = useTexts();
  return (
    <Button
      size="small"
      className={useNotPrinted()}
      startIcon={<PrintIcon />}
      onClick={() => window.print()}
    >
      {t('exercises.print')}
    </Button>
  );
};
