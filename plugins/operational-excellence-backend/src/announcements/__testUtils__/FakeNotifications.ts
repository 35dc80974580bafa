import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { NotificationPayload } from '@backstage/plugin-notifications-common';

/** A notification as one of its recipients sees it. */
export interface Received extends NotificationPayload {
  /** How often it was sent. */
  times: number;
}

/**
 * A notifications backend as far as senders notice it: what is sent again in the
 * same scope takes the place of the earlier one.
 */
export class FakeNotifications implements NotificationService {
  /** All that was sent, in order. */
  readonly sent: NotificationSendOptions[] = [];
  /** By recipient and scope. */
  readonly #inboxes = new Map<string, Map<string, Received>>();
  /** What happens before something is taken; may throw. */
  before: (options: NotificationSendOptions) => Promise<void> = async () => {};
  /** What happens after something was taken; may throw. */
  after: (options: NotificationSendOptions) => Promise<void> = async () => {};

  async send(options: NotificationSendOptions): Promise<void> {
    await this.before(options);
    this.sent.push(options);
    const { payload, recipients } = options;
    const refs =
      recipients.type === 'entity' ? [recipients.entityRef].flat() : [];
    for (const ref of refs) {
      const inbox = this.#inboxes.get(ref) ?? new Map<string, Received>();
      this.#inboxes.set(ref, inbox);
      const scope = payload.scope ?? '';
      const times = (inbox.get(scope)?.times ?? 0) + 1;
      inbox.set(scope, { ...payload, times });
    }
    await this.after(options);
  }

  /** What somebody has received, each once. */
  of(ref: string): Received[] {
    return [...(this.#inboxes.get(ref)?.values() ?? [])];
  }

  /** The titles of what was sent since the last call, in order of the alphabet. */
  takeTitles(): string[] {
    return this.sent
      .splice(0)
      .map(({ payload }) => payload.title)
      .sort();
  }
}
