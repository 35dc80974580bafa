import { JsonObject } from '@backstage/types';
import { webUrl } from 'backstage-plugin-operational-excellence-node';
import { Node, Parser } from 'commonmark';

/** Deeper lists and quotes become flat; Jira refuses documents that are too deep. */
const MAX_DEPTH = 6;

interface DocumentNode extends JsonObject {
  type: string;
}

/** Markdown as a document of the Atlassian Document Format. */
export function documentOf(markdown: string): DocumentNode {
  const content = blocks(new Parser().parse(markdown), 0);
  return {
    type: 'doc',
    version: 1,
    content: content.length ? content : [paragraph([])],
  };
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.next) {
    found.push(child);
  }
  return found;
}

function blocks(node: Node, depth: number): DocumentNode[] {
  return children(node).flatMap(child => block(child, depth));
}

function block(node: Node, depth: number): DocumentNode[] {
  switch (node.type) {
    case 'paragraph':
      return [paragraph(inlines(node, []))];
    case 'heading':
      return [
        {
          type: 'heading',
          attrs: { level: node.level },
          content: inlines(node, []),
        },
      ];
    case 'code_block':
      return [
        {
          type: 'codeBlock',
          attrs: {},
          content: text(node.literal?.replace(/\n$/, ''), []),
        },
      ];
    case 'html_block':
      // Shown as it was written, never as markup.
      return [paragraph(text(node.literal?.trim(), []))];
    case 'thematic_break':
      return [{ type: 'rule' }];
    case 'block_quote':
      return quote(node, depth);
    case 'list':
      return list(node, depth);
    default:
      return blocks(node, depth);
  }
}

function list(node: Node, depth: number): DocumentNode[] {
  if (depth >= MAX_DEPTH) return flattened(node);
  const isOrdered = node.listType === 'ordered';
  return [
    {
      type: isOrdered ? 'orderedList' : 'bulletList',
      ...(isOrdered && { attrs: { order: node.listStart ?? 1 } }),
      content: children(node).map(item => ({
        type: 'listItem',
        content: listItem(blocks(item, depth + 1)),
      })),
    },
  ];
}

/** What may stand in items and quotes. */
const INNER_BLOCKS = ['paragraph', 'codeBlock', 'bulletList', 'orderedList'];

/** Only some blocks may stand in an item, and it must begin with a text. */
function listItem(content: DocumentNode[]): DocumentNode[] {
  const allowed = asAllowed(content);
  return ['paragraph', 'codeBlock'].includes(allowed[0]?.type)
    ? allowed
    : [paragraph([]), ...allowed];
}

function quote(node: Node, depth: number): DocumentNode[] {
  if (depth >= MAX_DEPTH) return flattened(node);
  const content = asAllowed(blocks(node, depth + 1));
  return content.length ? [{ type: 'blockquote', content }] : [];
}

/** Other blocks in their place as paragraphs of their own text. */
function asAllowed(content: DocumentNode[]): DocumentNode[] {
  return content.flatMap(child => {
    if (INNER_BLOCKS.includes(child.type)) return [child];
    if (child.type === 'heading')
      return [{ ...child, type: 'paragraph', attrs: {} }];
    if (child.type === 'blockquote') return child.content as DocumentNode[];
    return [];
  });
}

function flattened(node: Node): DocumentNode[] {
  const words: string[] = [];
  const walker = node.walker();
  for (let step = walker.next(); step; step = walker.next()) {
    if (step.entering && step.node.literal) words.push(step.node.literal);
  }
  return [paragraph(text(words.join(' '), []))];
}

function paragraph(content: DocumentNode[]): DocumentNode {
  return { type: 'paragraph', content };
}

function inlines(node: Node, marks: DocumentNode[]): DocumentNode[] {
  return children(node).flatMap(child => inline(child, marks));
}

function inline(node: Node, marks: DocumentNode[]): DocumentNode[] {
  switch (node.type) {
    case 'text':
    case 'html_inline':
      return text(node.literal, marks);
    case 'softbreak':
      return text(' ', marks);
    case 'linebreak':
      return [{ type: 'hardBreak' }];
    case 'code':
      // Beside a link, code goes with no other mark.
      return text(node.literal, [
        ...marks.filter(({ type }) => type === 'link'),
        { type: 'code' },
      ]);
    case 'strong':
      return inlines(node, withMark(marks, { type: 'strong' }));
    case 'emph':
      return inlines(node, withMark(marks, { type: 'em' }));
    case 'link':
    case 'image':
      return inlines(node, linked(marks, node.destination));
    default:
      return inlines(node, marks);
  }
}

/** A link that leads anywhere but to the web is left out, its text is not. */
function linked(
  marks: DocumentNode[],
  destination: string | null,
): DocumentNode[] {
  const href = webUrl(destination);
  return href ? withMark(marks, { type: 'link', attrs: { href } }) : marks;
}

function withMark(marks: DocumentNode[], mark: DocumentNode): DocumentNode[] {
  return [...marks.filter(({ type }) => type !== mark.type), mark];
}

function text(
  value: string | null | undefined,
  marks: DocumentNode[],
): DocumentNode[] {
  if (!value) return [];
  return [{ type: 'text', text: value, ...(marks.length && { marks }) }];
}
