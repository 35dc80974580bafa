import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { useState } from 'react';
import { operationalExcellenceApiRef } from '../api';

/** What is asked to run: a source, or one of its scopes. */
export interface SyncTarget {
  source: { id: string; title: string };
  scope?: { key: string; title: string };
}

/** What became of the last request to run. */
export type SyncOutcome =
  | { status: 'idle' }
  | { status: 'asking'; target: SyncTarget }
  | { status: 'asked'; target: SyncTarget; scopes: number }
  | { status: 'failed'; target: SyncTarget; error: Error };

/** A way to make sources synchronise, and what became of it. */
export interface Syncing {
  outcome: SyncOutcome;
  sync: (target: SyncTarget) => Promise<void>;
  isAsking: (target: SyncTarget) => boolean;
  dismiss: () => void;
}

/** Asks sources to synchronise now. */
export function useSync(onAsked: () => void): Syncing {
  const api = useApi(operationalExcellenceApiRef);
  const [outcome, setOutcome] = useState<SyncOutcome>({ status: 'idle' });
  const sync = async (target: SyncTarget) => {
    const { scope, source } = target;
    setOutcome({ status: 'asking', target });
    try {
      const { scopes } = await api.syncSource(
        source.id,
        scope && { scope: scope.key },
      );
      setOutcome({ status: 'asked', target, scopes });
      onAsked();
    } catch (error) {
      setOutcome({ status: 'failed', target, error: toError(error) });
    }
  };
  const isAsking = ({ scope, source }: SyncTarget) =>
    outcome.status === 'asking' &&
    outcome.target.source.id === source.id &&
    outcome.target.scope?.key === scope?.key;
  const dismiss = () => setOutcome({ status: 'idle' });
  return { outcome, sync, isAsking, dismiss };
}

/** The name of what is asked to run, such as `acme/payments (GitHub)`. */
export function targetName({ scope, source }: SyncTarget): string {
  return scope ? `${scope.title} (${source.title})` : source.title;
}
