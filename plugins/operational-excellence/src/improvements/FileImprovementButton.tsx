import { useState } from 'react';
import { AllowedButton } from '../allowance';
import { useTexts } from '../translation';
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
  const { t } = useTexts();
  const allowance = useMayFile(service.entityRef, service.ownerTitle);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <AllowedButton
        label={label ?? t('improvement.file')}
        allowance={allowance}
        onClick={() => setOpen(true)}
      />
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
