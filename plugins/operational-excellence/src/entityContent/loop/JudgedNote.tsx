import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../translation';
import { Note } from '../Note';
import { StageLabel } from './StageLabel';

/** That a judgement was kept. */
export const JudgedNote = (props: { improvement: Improvement }) => {
  const { stage, title } = props.improvement;
  const { t } = useTexts();
  const note = useRef<HTMLDivElement>(null);
  // The button that led here goes away with the list that it stood in.
  useEffect(() => note.current?.focus(), []);
  return (
    <Note>
      <div ref={note} role="status" tabIndex={-1}>
        {t('tab.loop.judged', { title })} <StageLabel stage={stage} />
      </div>
    </Note>
  );
};
