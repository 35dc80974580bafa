/** A request that Jira refuses with 400. */
export class JqlError extends Error {}

export type Token =
  | { type: 'text'; text: string; quoted: boolean }
  | { type: 'symbol'; text: string }
  | { type: 'end' };

const SYMBOLS = ['!=', '!~', '>=', '<=', '=', '>', '<', '~', '(', ')', ','];
const BARE = /[^\s"'()=!<>~,[\]]/;

/** Splits a JQL text into words, strings and symbols. */
export function tokensOf(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < jql.length) {
    const char = jql[at];
    if (/\s/.test(char)) {
      at += 1;
    } else if (char === '"' || char === "'") {
      const { text, end } = quoted(jql, at);
      tokens.push({ type: 'text', text, quoted: true });
      at = end;
    } else {
      const symbol = symbolAt(jql, at);
      if (symbol) {
        tokens.push({ type: 'symbol', text: symbol });
        at += symbol.length;
      } else if (BARE.test(char)) {
        const start = at;
        while (at < jql.length && BARE.test(jql[at])) at += 1;
        const text = jql.slice(start, at);
        tokens.push({ type: 'text', text, quoted: false });
      } else {
        throw new JqlError(
          `Error in the JQL Query: The character '${char}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u00${char
            .charCodeAt(0)
            .toString(16)}' instead. (line 1, character ${at + 1})`,
        );
      }
    }
  }
  tokens.push({ type: 'end' });
  return tokens;
}

function symbolAt(jql: string, at: number): string | undefined {
  return SYMBOLS.find(known => jql.startsWith(known, at));
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

function quoted(jql: string, start: number): { text: string; end: number } {
  const quote = jql[start];
  let text = '';
  for (let at = start + 1; at < jql.length; at += 1) {
    const char = jql[at];
    if (char === quote) return { text, end: at + 1 };
    if (char === '\\') {
      at += 1;
      const escaped = jql[at] ?? '';
      if (escaped === 'u') {
        text += String.fromCharCode(parseInt(jql.slice(at + 1, at + 5), 16));
        at += 4;
      } else if (/["'\\nrt ]/.test(escaped)) {
        text += ESCAPES[escaped] ?? escaped;
      } else {
        throw new JqlError(
          `Error in the JQL Query: '\\${escaped}' is an illegal JQL escape sequence. (line 1, character ${at})`,
        );
      }
    } else {
      text += char;
    }
  }
  throw new JqlError(
    `Error in the JQL Query: The quoted string '${jql.slice(
      start + 1,
    )}' has not been completed. (line 1, character ${start + 1})`,
  );
}
