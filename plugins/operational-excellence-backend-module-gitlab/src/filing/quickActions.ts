/**
 * A line that GitLab could take for a quick action, such as `/close`, and would
 * carry out when the issue is created. A path such as `/usr/bin` is none.
 */
const QUICK_ACTION = /^([ \t]*)\/(?=[a-z_]+(?:\s|$))/i;

const FENCE = /^(```|~~~)/;

/**
 * What people wrote, in which no line is a command.
 *
 * @remarks
 *
 * GitLab looks for quick actions at the very start of a line. A backslash there
 * shows as nothing; in a block of code it would show, so there it is a blank,
 * which is enough as well if what looks like code is none.
 */
export function withoutQuickActions(text: string): string {
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
