import { toError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { useEffect, useRef, useState } from 'react';
import { operationalExcellenceApiRef } from '../../api';

const INTERVAL_MS = 3_000;

/**
 * Asks every few seconds what has become of an improvement, as long as the page
 * is looked at.
 *
 * @returns why that could not be found out the last time
 */
export function useDeliveryWatch(
  improvement: Improvement,
  onUpdate: (improvement: Improvement) => void,
): Error | undefined {
  const api = useApi(operationalExcellenceApiRef);
  const [failure, setFailure] = useState<Error>();
  const latest = useRef(onUpdate);
  latest.current = onUpdate;
  const { id } = improvement;

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const current = await api.getImprovement(id, { signal });
          if (signal.aborted) return;
          setFailure(undefined);
          latest.current(current);
        } catch (error) {
          if (signal.aborted) return;
          setFailure(toError(error));
        }
      }
      timer = setTimeout(look, INTERVAL_MS);
    };
    timer = setTimeout(look, INTERVAL_MS);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [api, id]);
  return failure;
}
