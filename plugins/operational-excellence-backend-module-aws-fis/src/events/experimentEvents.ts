import { EventParams } from '@backstage/plugin-events-node';
import {
  MalformedEventError,
  SourceEvents,
} from 'backstage-plugin-operational-excellence-node';
import { z } from 'zod';
import { idSchema } from '../api';

/** What EventBridge puts around the events of every service. */
const envelopeSchema = z.object({
  source: z.string(),
  'detail-type': z.string(),
});

const stateChangeSchema = z.object({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  detail: z.object({ 'experiment-id': idSchema }),
});

/**
 * The state changes of experiments in some Regions of an account, as EventBridge
 * sends them to a queue that the SQS events module reads. Others that come by the
 * same queue are none of ours.
 */
export function experimentEvents(options: {
  topic: string;
  accountId: string;
  regions: readonly string[];
}): SourceEvents {
  const { topic, accountId, regions } = options;
  return {
    topics: [topic],
    hintsOf: ({ eventPayload }: EventParams) => {
      const envelope = envelopeSchema.safeParse(eventPayload);
      if (!envelope.success) {
        throw new MalformedEventError(
          'an event of EventBridge, with source and detail-type',
        );
      }
      const { source, 'detail-type': type } = envelope.data;
      if (source !== 'aws.fis' || type !== 'FIS Experiment State Change') {
        return [];
      }
      const change = stateChangeSchema.safeParse(eventPayload);
      if (!change.success) {
        throw new MalformedEventError(
          'account, 12 digits, region, and detail.experiment-id, an id',
        );
      }
      const { account, region, detail } = change.data;
      return account === accountId && regions.includes(region)
        ? [{ scopeKey: `${account}/${region}`, ref: detail['experiment-id'] }]
        : [];
    },
  };
}
