import type { Finding } from 'backstage-plugin-operational-excellence-common';
import { ReactNode, useState } from 'react';
import {
  announceServiceChange,
  LazyFileImprovementDialog,
} from '../improvements';
import { useTexts } from '../translation';
import type { FindingAct } from './FindingActions';
import { findingPrefill } from './findingPrefill';
import { FindingDialog, NewFindingOf } from './form';
import { RetestDialog } from './retest';
import { useOriginPath } from './words';

type Open =
  | { kind: 'add'; of: NewFindingOf }
  | { kind: FindingAct; finding: Finding };

const FileImprovement = (props: {
  finding: Finding;
  owner?: string | null;
  onClose: () => void;
}) => {
  const { finding, onClose, owner } = props;
  const { entityRef, entityTitle, origin } = finding;
  const path = useOriginPath(origin);
  const { t } = useTexts();
  return (
    <LazyFileImprovementDialog
      service={{ entityRef, title: entityTitle, ownerTitle: owner }}
      prefill={findingPrefill(finding, {
        originUrl:
          path === undefined
            ? null
            : new URL(path, window.location.origin).href,
        words: { lesson: lesson => t('findings.prefill.lesson', { lesson }) },
      })}
      onClose={onClose}
    />
  );
};

/**
 * The dialogs of findings, of which one is open at a time.
 *
 * @param owner - the title of who owns their service, where known
 */
export function useFindingDialogs(owner?: string | null): {
  dialog: ReactNode;
  add: (of: NewFindingOf) => void;
  act: (finding: Finding, act: FindingAct) => void;
} {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const onSaved = ({ entityRef }: Finding) => {
    close();
    announceServiceChange(entityRef);
  };
  const dialog = () => {
    switch (open?.kind) {
      case 'add':
        return <FindingDialog of={open.of} onSaved={onSaved} onClose={close} />;
      case 'edit':
        return (
          <FindingDialog of={open.finding} onSaved={onSaved} onClose={close} />
        );
      case 'retest':
        return (
          <RetestDialog
            finding={open.finding}
            onSaved={onSaved}
            onClose={close}
          />
        );
      case 'file':
        return (
          <FileImprovement
            finding={open.finding}
            owner={owner}
            onClose={close}
          />
        );
      default:
        return null;
    }
  };
  return {
    dialog: dialog(),
    add: of => setOpen({ kind: 'add', of }),
    act: (finding, kind) => setOpen({ kind, finding }),
  };
}
