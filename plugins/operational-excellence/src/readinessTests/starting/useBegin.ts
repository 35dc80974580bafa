import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import { useRef, useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { newSubmissionKey } from '../../improvements/draft';

/** How far beginning a test has come. */
export type Beginning =
  | { status: 'idle' }
  | { status: 'beginning' }
  | { status: 'failed'; error: Error };

/** Begins a test; tried again after a failure, it is the same one. */
export function useBegin(onBegun: (test: ReadinessTestDetail) => void): {
  beginning: Beginning;
  begin: (entityRef: string, template: string) => Promise<void>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const [beginning, setBeginning] = useState<Beginning>({ status: 'idle' });
  const keys = useRef(new Map<string, string>());

  const keyOf = (entityRef: string, template: string) => {
    const name = `${entityRef} ${template}`;
    const key = keys.current.get(name) ?? newSubmissionKey();
    keys.current.set(name, key);
    return key;
  };
  const begin = async (entityRef: string, template: string) => {
    if (beginning.status === 'beginning') return;
    setBeginning({ status: 'beginning' });
    try {
      const key = keyOf(entityRef, template);
      onBegun(await api.beginReadinessTest({ key, entityRef, template }));
    } catch (error) {
      setBeginning({ status: 'failed', error: toError(error) });
    }
  };
  return { beginning, begin };
}
