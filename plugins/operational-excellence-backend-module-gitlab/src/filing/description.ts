import { createHash } from 'node:crypto';
import { FileTicketRequest } from 'backstage-plugin-operational-excellence-node';

/**
 * A line that GitLab could take for a quick action, such as `/close`, and would
 * carry out when the issue is created. A path such as `/usr/bin` is none.
 */
const QUICK_ACTION = /^([ \t]*)\/(?=[a-z_]+(?:\s|$))/i;

const FENCE = /^(```|~~~)/;

/**
 * The description of an issue: what people wrote, in which no line is a command,
 * what GitLab has no field for, and a marker, which its pages do not show.
 */
export function issueDescription(
  request: Pick<FileTicketRequest, 'description' | 'entityRef' | 'priority'>,
  idempotencyKey: string,
): string {
  const { description, entityRef, priority } = request;
  const text = withoutQuickActions(description).trimEnd();
  const origin = `Filed in Backstage for ${codeSpan(entityRef)}${
    priority ? `, priority ${codeSpan(priority)}` : ''
  }.`;
  return [
    ...(text ? [text, '---'] : []),
    origin,
    markerOf(digestOf(idempotencyKey)),
  ].join('\n\n');
}

/**
 * What stands for a key in the marker of an issue. The key may be any text, and
 * who mentions it does not write a marker.
 */
export function digestOf(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex');
}

/**
 * Whether an issue was filed under a key, by its digest. The marker is what the
 * description ends with; anywhere else it is a quotation.
 */
export function isFiledUnder(
  description: string | null | undefined,
  digest: string,
): boolean {
  return (description ?? '').trimEnd().endsWith(`\n${markerOf(digest)}`);
}

function markerOf(digest: string): string {
  return `<!-- backstage-plugin-operational-excellence filed ${digest} -->`;
}

/** Within code GitLab neither notifies anybody nor refers to other issues. */
function codeSpan(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ').trim()}\``;
}

/**
 * GitLab looks for quick actions at the very start of a line. A backslash there
 * shows as nothing; in a block of code it would show, so there it is a blank,
 * which is enough as well if what looks like code is none.
 */
function withoutQuickActions(text: string): string {
  let fence: string | undefined;
  // GitLab drops carriage returns, after which a line may start elsewhere.
  const lines = text.split(/\r\n|\r|\n/).map(line => {
    const [mark] = FENCE.exec(line) ?? [];
    if (fence === undefined) fence = mark;
    else if (mark === fence) fence = undefined;
    return line.replace(QUICK_ACTION, fence === undefined ? '$1\\/' : '$1 /');
  });
  return lines.join('\n');
}
