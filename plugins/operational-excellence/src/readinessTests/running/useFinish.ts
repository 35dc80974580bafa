import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import {
  readinessVerdictOf,
  type ReadinessTestDetail,
  type ReadinessVerdict,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import type { AnswerBook } from '../answers';
import { itemsOf } from '../items';

/** How far finishing has come. */
export type Finishing =
  | { status: 'idle' }
  | { status: 'finishing' }
  /** Others have changed what the reader was about to finish. */
  | { status: 'changed' }
  | { status: 'failed'; error: Error };

/** Finishes a test with the verdict that the reader sees, and no other one. */
export function useFinish(
  id: string,
  book: AnswerBook,
  onFinished: () => void,
): {
  finishing: Finishing;
  finish: (summary: string, seen: ReadinessVerdict) => Promise<void>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const [finishing, setFinishing] = useState<Finishing>({ status: 'idle' });

  const finish = async (summary: string, seen: ReadinessVerdict) => {
    setFinishing({ status: 'finishing' });
    try {
      const latest = await api.getReadinessTest(id);
      book.see(latest.answers, latest.state === 'open');
      if (latest.missing.length > 0 || verdictOf(latest) !== seen) {
        setFinishing({ status: 'changed' });
        return;
      }
      await api.finishReadinessTest(id, {
        version: latest.version,
        summary: summary.trim() || null,
      });
      onFinished();
    } catch (error) {
      setFinishing({ status: 'failed', error: toError(error) });
    }
  };
  return { finishing, finish };
}

function verdictOf(test: ReadinessTestDetail): ReadinessVerdict {
  return readinessVerdictOf(
    itemsOf(test),
    new Map(test.answers.map(answer => [answer.itemId, answer])),
  );
}
