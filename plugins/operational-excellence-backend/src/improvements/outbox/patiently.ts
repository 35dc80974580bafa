import { setTimeout as sleep } from 'node:timers/promises';
import { LostDeliveryError } from './OutboxClaims';

const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 200;

/**
 * Does work on the database that must not fail just because the database
 * restarts. The work must do no harm when it is done twice.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof LostDeliveryError || attempt === ATTEMPTS) {
        throw error;
      }
      // When the backend stops, there is no time left.
      if (signal.aborted) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}
