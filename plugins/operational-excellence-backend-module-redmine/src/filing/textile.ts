/**
 * Markdown as Textile, as far as people use it in tickets: headings, lists,
 * quotes, code, emphasis and links. Anything else stays as it is.
 */
export function textileOf(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark) {
      fence = mark[0];
      lines.push('<pre>');
    } else if (fence !== undefined && mark?.startsWith(fence)) {
      fence = undefined;
      lines.push('</pre>');
    } else {
      // Only the end of the block could end it.
      lines.push(
        fence === undefined
          ? textileLine(line)
          : line.replace(/<\/pre/gi, '< /pre'),
      );
    }
  }
  if (fence !== undefined) lines.push('</pre>');
  return lines.join('\n');
}

function textileLine(line: string): string {
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return `h${heading[1].length}. ${inline(heading[2])}`;
  const item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(line);
  if (item) {
    const [, indent, bullet, text] = item;
    const depth = Math.floor(indent.length / 2) + 1;
    return `${(/\d/.test(bullet) ? '#' : '*').repeat(depth)} ${inline(text)}`;
  }
  const quote = /^>\s?(.*)$/.exec(line);
  return quote ? `> ${inline(quote[1])}` : inline(line);
}

/** Code first: nothing in it means anything. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map(part =>
      /^`[^`]+`$/.test(part) ? `@${part.slice(1, -1)}@` : emphasised(part),
    )
    .join('');
}

function emphasised(text: string): string {
  return text
    .replace(/\[([^\][]+)\]\((https?:\/\/[^\s()]+)\)/g, '"$1":$2')
    .replace(/(?<![*\w])\*(?![*\s])([^*]+?)(?<!\s)\*(?![*\w])/g, '_$1_')
    .replace(/\*\*(?!\s)(.+?)(?<!\s)\*\*/g, '*$1*')
    .replace(/~~(?!\s)(.+?)(?<!\s)~~/g, '-$1-');
}
