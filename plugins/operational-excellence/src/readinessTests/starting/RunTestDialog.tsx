import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import type { ImprovementService } from '../../improvements';
import { ServiceField } from '../../improvements/form';
import { useIsNarrow } from '../../scorecard/useIsNarrow';
import { useTexts } from '../../translation';
import { TemplateStep } from './TemplateStep';

const TITLE_ID = 'operational-excellence-run-readiness-test';

/**
 * Begins a readiness test, or leads to the one that was begun; it is open as long
 * as it is mounted.
 */
export const RunTestDialog = (props: {
  /** The service that is tested; it is chosen in the dialog if left out. */
  service?: ImprovementService;
  /** The template that is proposed. */
  template?: string;
  onClose: () => void;
}) => {
  const { onClose, template } = props;
  const { t } = useTexts();
  const isNarrow = useIsNarrow();
  const [chosen, setChosen] = useState<ImprovementService>();
  const service = props.service ?? chosen;
  return (
    <Dialog
      open
      onClose={onClose}
      fullScreen={isNarrow}
      fullWidth
      maxWidth="sm"
      aria-labelledby={TITLE_ID}
    >
      <DialogTitle id={TITLE_ID} disableTypography>
        <Typography variant="h5" component="h2">
          {t('readinessRuns.run.title')}
        </Typography>
        {props.service && (
          <Typography
            variant="body2"
            color="textSecondary"
            style={{ overflowWrap: 'anywhere' }}
          >
            {t('readinessRuns.run.forService', {
              service: props.service.title,
            })}
          </Typography>
        )}
      </DialogTitle>
      {!props.service && (
        <DialogContent style={{ flex: 'none' }}>
          <ServiceField value={chosen} onChange={setChosen} />
        </DialogContent>
      )}
      {service ? (
        <TemplateStep
          key={service.entityRef}
          service={service}
          template={template}
          onClose={onClose}
        />
      ) : (
        <DialogActions>
          <Button onClick={onClose}>{t('readinessRuns.run.cancel')}</Button>
        </DialogActions>
      )}
    </Dialog>
  );
};
