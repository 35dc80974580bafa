import { EventParams } from '@backstage/plugin-events-node';

/**
 * An event as the GitHub events module publishes it: the body of the webhook,
 * shortened.
 */
export function issueEvent(
  rest: { action?: string; repository?: object; issue?: object } = {},
): EventParams {
  return {
    topic: 'github.issues',
    eventPayload: {
      action: rest.action ?? 'edited',
      issue: { number: 1, title: 'Rotate the keys', ...rest.issue },
      repository: {
        full_name: 'acme/payments',
        html_url: 'https://github.com/acme/payments',
        ...rest.repository,
      },
      sender: { login: 'mira' },
    },
  };
}
