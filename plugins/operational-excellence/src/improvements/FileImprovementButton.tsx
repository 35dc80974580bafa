import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import { useState } from 'react';
import { operationalExcellenceTranslationRef } from '../translation';
import type { ImprovementPrefill } from './ImprovementPrefill';
import type { ImprovementService } from './ImprovementService';
import { LazyFileImprovementDialog } from './LazyFileImprovementDialog';
import { useMayFile } from './useMayFile';

/**
 * Opens the dialog that files an improvement of a service; says why not where
 * the reader may not.
 */
export const FileImprovementButton = (props: {
  service: ImprovementService;
  prefill?: ImprovementPrefill;
  /** What it says, if not that an improvement is filed. */
  label?: string;
}) => {
  const { label, prefill, service } = props;
  const { t } = useTranslationRef(operationalExcellenceTranslationRef);
  const { denial, isAllowed } = useMayFile(
    service.entityRef,
    service.ownerTitle,
  );
  const [isOpen, setOpen] = useState(false);
  // Not the attribute `disabled`: the button has to take the focus to tell why.
  return (
    <>
      <Tooltip title={denial}>
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          aria-disabled={!isAllowed}
          style={isAllowed ? undefined : { opacity: 0.6 }}
          onClick={isAllowed ? () => setOpen(true) : undefined}
        >
          {label ?? t('improvement.file')}
        </Button>
      </Tooltip>
      {isOpen && (
        <LazyFileImprovementDialog
          service={service}
          prefill={prefill}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
};
