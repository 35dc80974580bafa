import { AuditorService } from '@backstage/backend-plugin-api';
import { assertError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Request } from 'express';

/** Records an act, and whether it succeeded, in the audit log. */
export async function audited<T>(
  auditor: AuditorService,
  req: Request,
  act: {
    eventId: string;
    meta: JsonObject;
    outcome?: (result: T) => JsonObject;
  },
  perform: () => Promise<T>,
): Promise<T> {
  const { eventId, meta, outcome } = act;
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request: req,
    meta,
  });
  let result: T;
  try {
    result = await perform();
  } catch (error) {
    assertError(error);
    await event.fail({ error });
    throw error;
  }
  await event.success({ meta: outcome?.(result) });
  return result;
}
