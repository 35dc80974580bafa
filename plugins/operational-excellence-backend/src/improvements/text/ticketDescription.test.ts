import { cleanLine, cleanText } from './cleanText';
import { codeSpan, escapeMarkdown } from './escapeMarkdown';
import { ticketDescription } from './ticketDescription';

const improvement = {
  description: 'It took *hours*.',
  goal: null,
  origin: null,
  filedBy: 'user:default/alice',
  entityRef: 'component:default/payments',
};

describe('ticketDescription', () => {
  it('keeps the description as it was written', () => {
    expect(ticketDescription(improvement, {})).toBe(
      'It took *hours*.\n\n---\n\nFiled by `user:default/alice` for `component:default/payments`.',
    );
  });

  it('does without a description', () => {
    expect(ticketDescription({ ...improvement, description: ' \n' }, {})).toBe(
      '---\n\nFiled by `user:default/alice` for `component:default/payments`.',
    );
  });

  it('links back to where the portal is', () => {
    expect(
      ticketDescription(
        { ...improvement, entityRef: 'api:team-a/x>y' },
        { appBaseUrl: 'https://portal.example/base/' },
      ),
    ).toContain(
      '[`api:team-a/x>y`](<https://portal.example/base/catalog/team-a/api/x%3Ey>)',
    );
  });

  it('shows a goal as it is', () => {
    const goal = {
      measure: 'p95 *latency* of <script> [x](javascript:y)\n## not a heading',
      from: null,
      to: '`< 1 s`',
      by: '2026-12-31T23:00:00.000Z',
    };
    expect(ticketDescription({ ...improvement, goal }, {})).toContain(
      [
        '## Goal',
        '',
        '- **What is measured:** p95 \\*latency\\* of \\<script\\> \\[x\\](javascript:y) \\#\\# not a heading',
        '- **Target:** \\`\\< 1 s\\`',
        '- **By:** 2026-12-31',
      ].join('\n'),
    );
  });

  it('names what it came of by its link', () => {
    const origin = {
      kind: 'game-day' as const,
      url: 'https://example.com/a>b`c\\d',
    };
    expect(ticketDescription({ ...improvement, origin }, {})).toContain(
      'It came of a game day: <https://example.com/a%3Eb%60c/d>',
    );
    expect(
      ticketDescription(
        { ...improvement, origin: { kind: 'lesson', url: null } },
        {},
      ),
    ).toContain('It came of a lesson\n');
  });
});

describe('text from outside', () => {
  it.each([
    ['a\u0000b\u0007c', 'abc'],
    ['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
    ['\u202egnp.exe \ud83d', 'gnp.exe \ufffd'],
    ['👩🏽‍🚒 مرحبا 漢字', '👩🏽‍🚒 مرحبا 漢字'],
  ])('loses in lines of text what nobody sees: %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it.each([
    ['  a\u0000\r\nb\u2028c  ', 'a b c'],
    ['\u0000\u0007', ''],
  ])('becomes one line: %j', (text, expected) => {
    expect(cleanLine(text)).toBe(expected);
  });

  it.each([
    [
      '*a* _b_ `c` <d> #1 ~e~ |f| !g &h;',
      '\\*a\\* \\_b\\_ \\`c\\` \\<d\\> \\#1 \\~e\\~ \\|f\\| \\!g \\&h;',
    ],
    ['a\\b', 'a\\\\b'],
  ])('is escaped: %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('is code that nothing ends', () => {
    expect(codeSpan('a`b``\n@c')).toBe('`a b @c`');
  });
});
