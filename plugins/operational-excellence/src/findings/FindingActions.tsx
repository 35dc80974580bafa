import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { AllowedButton } from '../allowance';
import { useMayFile } from '../improvements/useMayFile';
import { useNotPrinted } from '../print';
import { useTexts } from '../translation';
import { titleOf } from './findingPrefill';
import { useFindingStyles } from './useFindingStyles';
import { useMayWrite } from './useMayWrite';

/** What one can open for a finding. */
export type FindingAct = 'edit' | 'file' | 'retest';

/** What can be done with a finding; says why not where the reader may not. */
export const FindingActions = (props: {
  finding: Finding;
  /** The title of who owns its service, where known. */
  owner?: string | null;
  onAct: (act: FindingAct) => void;
}) => {
  const { finding, onAct, owner } = props;
  const { entityRef, improvement, origin, stage } = finding;
  const classes = useFindingStyles();
  const notPrinted = useNotPrinted();
  const { t } = useTexts();
  const mayFile = useMayFile(entityRef, owner);
  const mayWrite = useMayWrite(
    entityRef,
    origin.kind === 'readiness-test' ? 'readiness-test' : 'exercise',
    owner,
  );
  const needsImprovement = stage === 'open' || improvement?.stage === 'gone';
  return (
    <div
      role="group"
      aria-label={titleOf(finding.text)}
      className={`${classes.actions} ${notPrinted}`}
    >
      {needsImprovement && (
        <AllowedButton
          label={t('findings.fileImprovement')}
          allowance={mayFile}
          variant="contained"
          color="primary"
          onClick={() => onAct('file')}
        />
      )}
      {!needsImprovement && (
        <AllowedButton
          label={t('findings.retest')}
          allowance={mayWrite}
          onClick={() => onAct('retest')}
        />
      )}
      <AllowedButton
        label={t('findings.edit')}
        allowance={mayWrite}
        onClick={() => onAct('edit')}
      />
    </div>
  );
};
