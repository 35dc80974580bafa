import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';

/** Does something that changes something, and leaves a trace of how it went. */
export async function audited<T>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions,
  act: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    severityLevel: 'medium',
    ...options,
  });
  let result: T;
  try {
    result = await act();
  } catch (error) {
    assertError(error);
    await event.fail({ error });
    throw error;
  }
  await event.success();
  return result;
}
