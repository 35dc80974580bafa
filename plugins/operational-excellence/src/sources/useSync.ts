import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';

/** What became of the last request to run. */
export type SyncOutcome =
  | { status: 'idle' }
  | { status: 'asking'; sourceId: string }
  | { status: 'asked'; source: string; scopes: number }
  | { status: 'failed'; source: string; error: Error };

/** Asks sources to synchronise now. */
export function useSync(onAsked: () => void) {
  const api = useApi(operationalExcellenceApiRef);
  const [outcome, setOutcome] = useState<SyncOutcome>({ status: 'idle' });
  const sync = async (source: { id: string; title: string }) => {
    setOutcome({ status: 'asking', sourceId: source.id });
    try {
      const { scopes } = await api.syncSource(source.id);
      setOutcome({ status: 'asked', source: source.title, scopes });
      onAsked();
    } catch (error) {
      setOutcome({
        status: 'failed',
        source: source.title,
        error: toError(error),
      });
    }
  };
  const dismiss = () => setOutcome({ status: 'idle' });
  return { outcome, sync, dismiss };
}
