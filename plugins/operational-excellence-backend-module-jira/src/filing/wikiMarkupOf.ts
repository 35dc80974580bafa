import { webUrl } from 'backstage-plugin-operational-excellence-node';
import { Node, Parser } from 'commonmark';

/** Deeper lists become flat. */
const MAX_DEPTH = 6;

/** What Jira's wiki renderer could take for markup, wherever it stands. */
const MARKUP = /(?<!&)#|#(?!92;)|[*^~?{}[\]|!]/g;

/** What it takes for markup beside a word, but not within one. */
const MARKUP_AT_EDGES = /(?<![\p{L}\p{N}])[-_+]|[-_+](?![\p{L}\p{N}])/gu;

/** Markdown as wiki markup of Jira. */
export function wikiMarkupOf(markdown: string): string {
  return blocks(new Parser().parse(markdown), '').join('\n\n').trim();
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.next) {
    found.push(child);
  }
  return found;
}

function blocks(node: Node, bullets: string): string[] {
  return children(node)
    .map(child => block(child, bullets))
    .filter(Boolean);
}

function block(node: Node, bullets: string): string {
  switch (node.type) {
    case 'paragraph':
      return inlines(node);
    case 'heading':
      return `h${node.level}. ${inlines(node)}`;
    case 'code_block':
      return preformatted(node.literal ?? '');
    case 'html_block':
      return escaped(node.literal?.trim() ?? '');
    case 'thematic_break':
      return '----';
    case 'block_quote':
      return `{quote}\n${blocks(node, '').join('\n\n')}\n{quote}`;
    case 'list':
      return list(node, bullets);
    default:
      return blocks(node, bullets).join('\n');
  }
}

function list(node: Node, bullets: string): string {
  const bullet = node.listType === 'ordered' ? '#' : '*';
  const own = bullets.length < MAX_DEPTH ? bullets + bullet : bullets;
  return children(node)
    .map(item => {
      const [first, ...rest] = children(item);
      const head = first?.type === 'paragraph' ? inlines(first) : '';
      const others =
        first && first.type !== 'paragraph' ? [first, ...rest] : rest;
      return [`${own} ${head}`, ...others.map(child => block(child, own))].join(
        '\n',
      );
    })
    .join('\n');
}

/** Code as it is; what would end the block is broken up by an invisible character. */
function preformatted(code: string): string {
  const inert = code.replace(/\{(?=(noformat|code)\b)/gi, '{\u200b');
  return `{noformat}\n${inert.replace(/\n$/, '')}\n{noformat}`;
}

function inlines(node: Node): string {
  let text = '';
  let plain = '';
  for (const child of children(node)) {
    // The parser cuts text into pieces; what stands beside a word shows in whole.
    if (child.type === 'text') {
      plain += child.literal ?? '';
    } else {
      text += escaped(plain) + inline(child);
      plain = '';
    }
  }
  return text + escaped(plain);
}

function inline(node: Node): string {
  switch (node.type) {
    case 'html_inline':
      return escaped(node.literal ?? '');
    case 'softbreak':
      return ' ';
    case 'linebreak':
      return '\\\\ ';
    case 'code':
      return `{{${escaped(node.literal ?? '')}}}`;
    case 'strong':
      return wrapped('*', inlines(node));
    case 'emph':
      return wrapped('_', inlines(node));
    case 'link':
    case 'image':
      return linked(inlines(node), node.destination);
    default:
      return inlines(node);
  }
}

function wrapped(mark: string, text: string): string {
  return text.trim() ? `${mark}${text}${mark}` : text;
}

/** A link that leads anywhere but to the web is left out, its text is not. */
function linked(text: string, destination: string | null): string {
  const href = webUrl(destination);
  if (!href) return text;
  const inert = href.replace(
    /[|[\]{}\\\s]/g,
    char => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return text.trim() ? `[${text}|${inert}]` : `[${inert}]`;
}

function escaped(text: string): string {
  return (
    text
      // Two of them would break the line, one would escape what follows.
      .replace(/\\/g, '&#92;')
      .replace(MARKUP_AT_EDGES, '\\$&')
      .replace(MARKUP, '\\$&')
      .replace(/^(h[1-6]|bq)\./gim, '$1\\.')
  );
}
