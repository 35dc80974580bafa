/**
 * A line that GitLab could take for a quick action, such as `/close`, and would
 * carry out when the issue is created. A path such as `/usr/bin` is none.
 */
const QUICK_ACTION = /^([ \t]*)\/(?=[a-z_]+(?:\s|$))/i;

const FENCE = /^(```|~~~)/;

/**
 * A description as GitLab gets it: what people wrote, in which no line is
 * a command, and a marker behind it, which its pages do not show.
 */
export function describe(text: string, idempotencyKey: string): string {
  return `${withoutQuickActions(text).trimEnd()}\n\n${markerOf(
    idempotencyKey,
  )}`;
}

/**
 * Whether an issue was filed under a key. The marker is what the description ends
 * with; anywhere else it is a mention.
 */
export function isFiledUnder(
  description: string | null | undefined,
  idempotencyKey: string,
): boolean {
  return (description ?? '').trimEnd().endsWith(markerOf(idempotencyKey));
}

function markerOf(idempotencyKey: string): string {
  return `<!-- operational-excellence: filed as ${idempotencyKey} -->`;
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
