import type {
  Improvement,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { LoadFailure } from '../../feedback';
import {
  announceServiceChange,
  FileImprovementButton,
  ImprovementPrefill,
  LazyFileImprovementDialog,
} from '../../improvements';
import { useMayFile } from '../../improvements/useMayFile';
import { useTexts } from '../../translation';
import { ListSkeleton } from '../ListSkeleton';
import { Note } from '../Note';
import { Section } from '../Section';
import { EvaluationDialog } from './evaluation';
import { JudgedNote } from './JudgedNote';
import { LoopLists } from './LoopLists';
import { useAlternative } from './useAlternative';
import { isEmpty, useLoop } from './useLoop';
import { useLoopStyles } from './useLoopStyles';
import { useMayEvaluate } from './useMayEvaluate';

type OpenDialog =
  | { kind: 'correct'; improvement: Improvement }
  | { kind: 'evaluate'; improvement: Improvement }
  | { kind: 'alternative'; prefill: ImprovementPrefill };

/**
 * The improvements that were filed from the portal: what each needs next, whether
 * it worked, and what came instead of those that did not.
 */
export const LoopSection = (props: { service: ServiceDetail; now: number }) => {
  const { now, service } = props;
  const { entityRef, ownerTitle } = service;
  const { t } = useTexts();
  const classes = useLoopStyles();
  const loop = useLoop(entityRef);
  const mayFile = useMayFile(entityRef, ownerTitle);
  const mayEvaluate = useMayEvaluate(entityRef, ownerTitle);
  const alternativeOf = useAlternative();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [judged, setJudged] = useState<Improvement>();
  const close = () => setDialog(undefined);

  const fileAlternative = (improvement: Improvement) =>
    setDialog({ kind: 'alternative', prefill: alternativeOf(improvement) });

  const onEvaluated = (improvement: Improvement) => {
    setJudged(improvement);
    announceServiceChange(entityRef);
    if (improvement.evaluation?.stillPriority) fileAlternative(improvement);
    else close();
  };

  const content = () => {
    if (loop.status === 'loading') {
      return <ListSkeleton label={t('tab.loop.loading')} />;
    }
    if (loop.status !== 'ready') return <LoadFailure failure={loop} />;
    if (isEmpty(loop.value)) {
      return (
        <Note>
          <p className={classes.empty}>{t('tab.loop.empty')}</p>
          <FileImprovementButton service={service} />
        </Note>
      );
    }
    return (
      <LoopLists
        loop={loop}
        now={now}
        actions={{
          mayFile,
          mayEvaluate,
          correct: improvement => setDialog({ kind: 'correct', improvement }),
          evaluate: improvement => setDialog({ kind: 'evaluate', improvement }),
          fileAlternative,
        }}
      />
    );
  };

  return (
    <Section title={t('tab.loop.title')}>
      {judged && <JudgedNote key={judged.id} improvement={judged} />}
      {content()}
      {dialog?.kind === 'evaluate' && (
        <EvaluationDialog
          key={dialog.improvement.id}
          improvement={dialog.improvement}
          onEvaluated={onEvaluated}
          onClose={close}
        />
      )}
      {dialog?.kind === 'correct' && (
        <LazyFileImprovementDialog
          service={service}
          correct={dialog.improvement}
          onClose={close}
        />
      )}
      {dialog?.kind === 'alternative' && (
        <LazyFileImprovementDialog
          service={service}
          prefill={dialog.prefill}
          onClose={close}
        />
      )}
    </Section>
  );
};
