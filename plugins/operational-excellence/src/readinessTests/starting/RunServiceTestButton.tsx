import { useState } from 'react';
import { AllowedButton } from '../../allowance';
import type { ImprovementService } from '../../improvements';
import { useTexts } from '../../translation';
import { useMayPerform } from '../useMay';
import { RunTestDialog } from './RunTestDialog';

/**
 * Opens the dialog in which the template of a service's test is chosen; says why
 * not where the reader may not.
 */
export const RunServiceTestButton = (props: {
  service: ImprovementService;
  /** The template that is proposed. */
  template?: string;
  label?: string;
  describedBy?: string;
}) => {
  const { describedBy, label, service, template } = props;
  const { t } = useTexts();
  const allowance = useMayPerform({
    entityRef: service.entityRef,
    owner: service.ownerTitle,
  });
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <AllowedButton
        label={label ?? t('readinessRuns.run.action')}
        describedBy={describedBy}
        allowance={allowance}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <RunTestDialog
          service={service}
          template={template}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
};
