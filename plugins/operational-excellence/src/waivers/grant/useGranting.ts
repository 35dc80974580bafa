import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Waiver } from 'backstage-plugin-operational-excellence-common';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';
import { requestOf, WaiverDraft } from './WaiverDraft';
import { WaiverProblems, waiverProblems } from './waiverProblems';

/** How far granting a waiver has come. */
export type Granting =
  | { status: 'editing' }
  | { status: 'incomplete' }
  | { status: 'sending' }
  | { status: 'failed'; error: Error };

/** Grants a waiver; what was typed stays where that fails. */
export function useGranting(
  entityRef: string,
  draft: WaiverDraft,
  onGranted: (waiver: Waiver) => void,
): {
  granting: Granting;
  /** None are told before one tries to grant. */
  problems: WaiverProblems;
  grant: () => Promise<void>;
} {
  const api = useApi(operationalExcellenceApiRef);
  const [granting, setGranting] = useState<Granting>({ status: 'editing' });
  const [wasTried, setTried] = useState(false);

  const grant = async () => {
    if (granting.status === 'sending') return;
    setTried(true);
    const { measure } = draft;
    const problems = waiverProblems(draft, { now: Date.now() });
    if (!measure || Object.keys(problems).length) {
      setGranting({ status: 'incomplete' });
      return;
    }
    setGranting({ status: 'sending' });
    try {
      const request = requestOf(draft, { entityRef, measure });
      onGranted(await api.grantWaiver(request));
    } catch (error) {
      setGranting({ status: 'failed', error: toError(error) });
    }
  };

  return {
    granting,
    problems: wasTried ? waiverProblems(draft, { now: Date.now() }) : {},
    grant,
  };
}
