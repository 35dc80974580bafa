import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ReadinessSignOff,
  ReadinessTestDetail,
} from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';

/** How far a sign-off has come. */
export type SigningOff =
  | { status: 'idle' }
  | { status: 'reason-missing' }
  | { status: 'saving' }
  | { status: 'failed'; error: Error };

/** Accepts or returns what the reader sees of a test, and nothing newer. */
export function useSignOff(
  test: ReadinessTestDetail,
  onChanged: () => void,
): {
  signingOff: SigningOff;
  signOff: (
    decision: ReadinessSignOff['decision'],
    comment: string,
  ) => Promise<void>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const [signingOff, setSigningOff] = useState<SigningOff>({ status: 'idle' });

  const signOff = async (
    decision: ReadinessSignOff['decision'],
    typed: string,
  ) => {
    if (signingOff.status === 'saving') return;
    const comment = typed.trim() || null;
    if (decision === 'returned' && !comment) {
      setSigningOff({ status: 'reason-missing' });
      return;
    }
    setSigningOff({ status: 'saving' });
    try {
      const { id, version } = test;
      await api.signOffReadinessTest(id, { version, decision, comment });
      onChanged();
    } catch (error) {
      setSigningOff({ status: 'failed', error: toError(error) });
    }
  };
  return { signingOff, signOff };
}
