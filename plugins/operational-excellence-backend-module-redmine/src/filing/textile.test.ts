import { textileOf } from './textile';

describe('textileOf', () => {
  it('writes what people use in tickets as Textile', () => {
    expect(
      textileOf(
        [
          '## Why',
          'It is **slow** and *odd*, ~~maybe~~: `a * b * c`.',
          '',
          '- one',
          '  - [two](https://example.com/a?b=1)',
          '1. first',
          '> said so',
          '```js',
          'const a = **b**;',
          '```',
          'snake_case stays, 2 * 3 * 4 too',
        ].join('\n'),
      ),
    ).toBe(
      [
        'h2. Why',
        'It is *slow* and _odd_, -maybe-: @a * b * c@.',
        '',
        '* one',
        '** "two":https://example.com/a?b=1',
        '# first',
        '> said so',
        '<pre>',
        'const a = **b**;',
        '</pre>',
        'snake_case stays, 2 * 3 * 4 too',
      ].join('\n'),
    );
  });

  it('closes code that is left open, and lets none of it close the block', () => {
    expect(textileOf('```\n</pre>x')).toBe('<pre>\n< /pre>x\n</pre>');
  });

  it('makes links of nothing but web addresses', () => {
    const text = '[click](javascript:alert(1))';
    expect(textileOf(text)).toBe(text);
  });
});
