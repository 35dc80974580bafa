import { toError } from '@backstage/errors';
import { useRef, useState } from 'react';

/** How far something that was asked of the backend has come. */
export type Acting =
  | { status: 'idle' }
  | { status: 'sending' }
  | { status: 'failed'; error: Error };

/** Does something in the backend, once however often that is asked for. */
export function useAct(): [
  Acting,
  (act: () => Promise<void>) => Promise<void>,
] {
  const [acting, setActing] = useState<Acting>({ status: 'idle' });
  const isSending = useRef(false);
  const act = async (request: () => Promise<void>) => {
    if (isSending.current) return;
    isSending.current = true;
    setActing({ status: 'sending' });
    try {
      await request();
      setActing({ status: 'idle' });
    } catch (error) {
      setActing({ status: 'failed', error: toError(error) });
    } finally {
      isSending.current = false;
    }
  };
  return [acting, act];
}
