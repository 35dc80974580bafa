import Button from '@material-ui/core/Button';
import BookmarkBorderIcon from '@material-ui/icons/BookmarkBorder';
import { useState } from 'react';
import { useTexts } from '../../translation';
import { formatView, ScorecardView } from '../scorecardView';
import { SavedViewsDialog } from './SavedViewsDialog';

/** Leads to the saved views, and saves what is shown as one. */
export const SavedViewsButton = (props: { view: ScorecardView }) => {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<BookmarkBorderIcon />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('savedViews.title')}
      </Button>
      {isOpen && (
        <SavedViewsDialog
          // A page leads nowhere once the list has changed.
          search={`${formatView({ ...props.view, cursor: undefined })}`}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
};
