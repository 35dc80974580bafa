import { documentOf } from './documentOf';
import { wikiMarkupOf } from './wikiMarkupOf';

const MARKDOWN = `# Title

Some **bold**, _italic_ and \`code\` [link](https://example.com/a?b=1)
on two lines.

- one
- two
  1. inner

> quoted

\`\`\`js
const a = 1;
\`\`\`

---
`;

/** All nodes of a document. */
function nodesOf(node: unknown): Record<string, unknown>[] {
  const { content = [], ...own } = node as {
    content?: unknown[];
  } & Record<string, unknown>;
  return [own, ...content.flatMap(nodesOf)];
}

function depthOf(node: unknown): number {
  const { content = [] } = node as { content?: unknown[] };
  return 1 + Math.max(0, ...content.map(depthOf));
}

describe('documentOf', () => {
  it('maps what Markdown knows', () => {
    const text = (value: string, ...types: string[]) => ({
      type: 'text',
      text: value,
      ...(types.length && { marks: types.map(type => ({ type })) }),
    });
    expect(documentOf(MARKDOWN)).toEqual({
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'heading',
          attrs: { level: 1 },
          content: [text('Title')],
        },
        {
          type: 'paragraph',
          content: [
            text('Some '),
            text('bold', 'strong'),
            text(', '),
            text('italic', 'em'),
            text(' and '),
            text('code', 'code'),
            text(' '),
            {
              type: 'text',
              text: 'link',
              marks: [
                { type: 'link', attrs: { href: 'https://example.com/a?b=1' } },
              ],
            },
            text(' '),
            text('on two lines.'),
          ],
        },
        {
          type: 'bulletList',
          content: [
            {
              type: 'listItem',
              content: [{ type: 'paragraph', content: [text('one')] }],
            },
            {
              type: 'listItem',
              content: [
                { type: 'paragraph', content: [text('two')] },
                {
                  type: 'orderedList',
                  attrs: { order: 1 },
                  content: [
                    {
                      type: 'listItem',
                      content: [
                        { type: 'paragraph', content: [text('inner')] },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
        {
          type: 'blockquote',
          content: [{ type: 'paragraph', content: [text('quoted')] }],
        },
        { type: 'codeBlock', attrs: {}, content: [text('const a = 1;')] },
        { type: 'rule' },
      ],
    });
  });

  it('drops links that do not lead to the web, and keeps their text', () => {
    const marked = nodesOf(
      documentOf(
        '[a](javascript:alert(1)) ![b](data:text/html,x) <javascript:x> [c](//evil.example)',
      ),
    ).filter(({ marks }) => marks !== undefined);
    expect(marked).toEqual([]);
  });

  it('shows HTML as it was written', () => {
    expect(nodesOf(documentOf('<script>alert(1)</script>'))).toContainEqual({
      type: 'text',
      text: '<script>alert(1)</script>',
    });
  });

  it('keeps within bounds what is nested without end', () => {
    const lists = Array.from(
      { length: 60 },
      (_, i) => `${' '.repeat(2 * i)}- x`,
    );
    expect(depthOf(documentOf(lists.join('\n')))).toBeLessThan(20);
    expect(depthOf(documentOf(`${'> '.repeat(500)}deep`))).toBeLessThan(20);
  });

  it('has something to show where there is no text', () => {
    expect(documentOf('')).toEqual({
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [] }],
    });
  });
});

describe('wikiMarkupOf', () => {
  it('maps what Markdown knows', () => {
    expect(wikiMarkupOf(MARKDOWN)).toBe(`h1. Title

Some *bold*, _italic_ and {{code}} [link|https://example.com/a?b=1] on two lines.

* one
* two
*# inner

{quote}
quoted
{quote}

{noformat}
const a = 1;
{noformat}

----`);
  });

  it.each([
    ['{color:red}x{color}', '\\{color:red\\}x\\{color\\}'],
    ['!http://evil.example/a.png!', '\\!http://evil.example/a.png\\!'],
    ['\\[~admin\\] see \\|x\\|', '\\[\\~admin\\] see \\|x\\|'],
    [
      'well-known snake_case, -not- this',
      'well-known snake_case, \\-not\\- this',
    ],
    ['a\\\\b', 'a&#92;b'],
    ['h1. no heading', 'h1\\. no heading'],
    ['&#35;', '\\#'],
  ])('leaves %s inert', (markdown, expected) => {
    expect(wikiMarkupOf(markdown)).toBe(expected);
  });

  it('does not let code end its block', () => {
    const text = wikiMarkupOf('```\n{noformat}{panel}\n{code}\n```');
    expect(text.match(/\{noformat\}/g)).toHaveLength(2);
    expect(text.startsWith('{noformat}\n')).toBe(true);
    expect(text.endsWith('\n{noformat}')).toBe(true);
  });

  it('drops links that do not lead to the web, and what could end one early', () => {
    expect(wikiMarkupOf('[a](javascript:alert(1))')).toBe('a');
    expect(wikiMarkupOf('[a](https://example.com/x]y|z)')).toBe(
      '[a|https://example.com/x%5Dy%7Cz]',
    );
  });
});
