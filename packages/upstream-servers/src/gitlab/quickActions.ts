/** A line that starts with the name of an action, as GitLab looks for it. */
const ACTION =
  /^\/(close|reopen|assign|unassign|label|labels|title|confidential|milestone|due|lock|move|clone|duplicate|weight|spend|shrug|tableflip)(?: ([^\n]*))?$/i;

const CODE_BLOCK = /^(```|~~~)[^\n]*\n[^]*?\n\1[ ]*$/gm;

/**
 * Takes the quick actions out of a text, as GitLab does when an issue is
 * created: lines such as `/close`, except in blocks of code.
 */
export function extractQuickActions(text: string): {
  text: string;
  actions: { name: string; argument: string }[];
} {
  // GitLab takes carriage returns away before it looks.
  const clean = text.replaceAll('\r', '');
  const actions: { name: string; argument: string }[] = [];
  const outside = (part: string) =>
    part
      .split('\n')
      .filter(line => {
        const [, name, argument = ''] = ACTION.exec(line) ?? [];
        if (name) actions.push({ name: name.toLowerCase(), argument });
        return !name;
      })
      .join('\n');
  let left = '';
  let end = 0;
  for (const block of clean.matchAll(CODE_BLOCK)) {
    left += outside(clean.slice(end, block.index)) + block[0];
    end = block.index + block[0].length;
  }
  left += outside(clean.slice(end));
  return { text: left.trimEnd(), actions };
}
