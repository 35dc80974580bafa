import { createHash } from 'node:crypto';
import { FileTicketRequest } from '../sources';

const MARKER =
  /^<!-- backstage-plugin-operational-excellence filed ([\da-f]{64}) -->[ \t\r]*$/gm;

/**
 * The Markdown of a ticket that is filed: the description as it was written, what
 * the tracker may have no field for, and a line that its pages do not show, by
 * which the ticket is known as the one that was filed under a key.
 *
 * @public
 */
export function writeFiledText(
  request: Pick<FileTicketRequest, 'description' | 'entityRef' | 'priority'>,
  idempotencyKey: string,
): string {
  const { description, entityRef, priority } = request;
  const origin = `Filed in Backstage for ${codeSpan(entityRef)}${
    priority ? `, priority ${codeSpan(priority)}` : ''
  }.`;
  const digest = filedDigest(idempotencyKey);
  return [
    ...(description.trim() ? [description, '---'] : []),
    origin,
    `<!-- backstage-plugin-operational-excellence filed ${digest} -->`,
  ].join('\n\n');
}

/**
 * What {@link filedDigest} says of the key under which a ticket was filed. Only a
 * line of its own tells it, not a quotation; and of several the last, because ours
 * stands behind the description, whatever that may hold.
 *
 * @public
 */
export function readFiledDigest(text: string): string | undefined {
  return [...text.matchAll(MARKER)].at(-1)?.[1];
}

/**
 * What stands for a key in the text of a ticket. The key may be any text, and who
 * mentions it does not pretend to have filed the ticket.
 *
 * @public
 */
export function filedDigest(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex');
}

/** Within code, trackers neither notify anybody nor refer to other tickets. */
function codeSpan(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ').trim()}\``;
}
