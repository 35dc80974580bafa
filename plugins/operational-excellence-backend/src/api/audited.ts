import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';

/** Does something that changes something, and leaves a trace of how it went. */
export async function audited<T>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions & {
    /** What is told of an act that succeeded. */
    outcome?: (result: T) => JsonObject;
  },
  act: () => Promise<T>,
): Promise<T> {
  const { outcome, ...eventOptions } = options;
  const event = await auditor.createEvent({
    severityLevel: 'medium',
    ...eventOptions,
  });
  let result: T;
  try {
    result = await act();
  } catch (error) {
    assertError(error);
    await event.fail({ error });
    throw error;
  }
  await event.success(outcome && { meta: outcome(result) });
  return result;
}
