import { FileTicketRequest } from 'backstage-plugin-operational-excellence-node';
import { writeMarker } from './marker';

/**
 * The body of an issue: the description as it was written, what GitHub has no
 * field for, and the marker.
 */
export function issueBody(
  request: Pick<FileTicketRequest, 'description' | 'entityRef' | 'priority'>,
  idempotencyKey: string,
): string {
  const { description, entityRef, priority } = request;
  const origin = `Filed in Backstage for ${codeSpan(entityRef)}${
    priority ? `, priority ${codeSpan(priority)}` : ''
  }.`;
  return [
    ...(description.trim() ? [description, '---'] : []),
    origin,
    writeMarker(idempotencyKey),
  ].join('\n\n');
}

/** Within code GitHub neither notifies anybody nor refers to other issues. */
function codeSpan(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ').trim()}\``;
}
