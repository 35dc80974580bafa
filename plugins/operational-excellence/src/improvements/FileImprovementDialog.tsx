import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { ReadableErrors } from '../feedback';
import { useIsNarrow } from '../scorecard/useIsNarrow';
import { useTexts } from '../translation';
import { FilingPanel } from './FilingPanel';
import { ServiceField } from './form';
import type { ImprovementPrefill } from './ImprovementPrefill';
import type { ImprovementService } from './ImprovementService';

const TITLE_ID = 'operational-excellence-file-improvement';

export interface FileImprovementDialogProps {
  /** The service that it is filed for; it is chosen in the dialog if left out. */
  service?: ImprovementService;
  /** What is known of the improvement beforehand. */
  prefill?: ImprovementPrefill;
  /** An improvement that its tracker refused, to be corrected and sent again. */
  correct?: Improvement;
  onClose: () => void;
}

/**
 * Files an improvement. What was typed is kept as a draft when the dialog is
 * closed; it is open as long as it is mounted.
 */
export const FileImprovementDialog = (props: FileImprovementDialogProps) => {
  const { correct, onClose, prefill } = props;
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const [chosen, setChosen] = useState<ImprovementService>();
  const service = props.service ?? chosen;

  const title = () => {
    if (correct) return t('improvement.dialogCorrect');
    return prefill?.alternativeTo
      ? t('improvement.dialogAlternative')
      : t('improvement.dialog');
  };

  return (
    <ReadableErrors>
      <Dialog
        open
        onClose={onClose}
        fullScreen={isNarrow}
        fullWidth
        maxWidth="md"
        aria-labelledby={TITLE_ID}
      >
        <DialogTitle id={TITLE_ID} disableTypography>
          <Typography variant="h5" component="h2">
            {title()}
          </Typography>
          {props.service && (
            <Typography
              variant="body2"
              color="textSecondary"
              style={{ overflowWrap: 'anywhere' }}
            >
              {t('improvement.forService', { service: props.service.title })}
            </Typography>
          )}
        </DialogTitle>
        {!props.service && (
          <DialogContent style={{ flex: 'none' }}>
            <ServiceField value={chosen} onChange={setChosen} />
          </DialogContent>
        )}
        {service ? (
          <FilingPanel
            // No service is ever shown the draft of another one.
            key={service.entityRef}
            service={service}
            prefill={prefill}
            correct={correct}
            onClose={onClose}
          />
        ) : (
          <DialogActions style={{ padding: '12px 24px' }}>
            <Button onClick={onClose}>{t('improvement.close')}</Button>
          </DialogActions>
        )}
      </Dialog>
    </ReadableErrors>
  );
};
