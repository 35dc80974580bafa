import { digestOf, isFiledUnder, issueDescription } from './description';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';
const OTHER_KEY = '7d9c2a11-94c1-4f6e-8e1b-6a2f0c3d4e5f';

const describeIssue = (description: string, key: string) =>
  issueDescription(
    { description, entityRef: 'component:default/payments', priority: null },
    key,
  );
const written = (text: string) => describeIssue(text, KEY).split('\n\n---')[0];
const isFiled = (description: string | null, key: string) =>
  isFiledUnder(description, digestOf(key));

describe('description', () => {
  it.each([
    ['a command', 'Do it\n/close', 'Do it\n\\/close'],
    ['a command with an argument', '/assign @root', '\\/assign @root'],
    ['one in capitals', '/CLOSE', '\\/CLOSE'],
    ['one behind blanks', '  /close', '  \\/close'],
    ['one behind a carriage return', 'a\r/close\r\nb', 'a\n\\/close\nb'],
    ['one in a block of code', '```\n/close\n```', '```\n /close\n```'],
    [
      'one behind a block of code',
      '```sh\nls\n```\n/close',
      '```sh\nls\n```\n\\/close',
    ],
    [
      'one in what only looks like a block of code',
      '<!--\n```\n-->\n/close\n```',
      '<!--\n```\n-->\n /close\n```',
    ],
    ['a path', '/usr/bin/env and\n/etc/hosts', '/usr/bin/env and\n/etc/hosts'],
    ['a slash within a line', 'and/or /close', 'and/or /close'],
  ])('leaves no %s at the start of a line', (_, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it('tells for what it was filed, and notifies nobody', () => {
    const description = issueDescription(
      {
        description: ' ',
        entityRef: 'component:default/`@all`',
        priority: '1',
      },
      KEY,
    );
    expect(description.split('\n\n')).toEqual([
      'Filed in Backstage for `component:default/ @all`, priority `1`.',
      expect.stringMatching(/^<!-- .* [\da-f]{64} -->$/),
    ]);
  });

  it('tells the key by which it was filed', () => {
    const description = describeIssue('Do it', KEY);
    expect(isFiled(description, KEY)).toBe(true);
    expect(isFiled(`${description}\n`, KEY)).toBe(true);
    expect(isFiled(description, OTHER_KEY)).toBe(false);
  });

  it('is not fooled by what people write', () => {
    const copied = describeIssue('Do it', OTHER_KEY);
    expect(isFiled(describeIssue(copied, KEY), OTHER_KEY)).toBe(false);
    expect(isFiled(`See ${OTHER_KEY}`, OTHER_KEY)).toBe(false);
    expect(isFiled(`${copied}\nand more`, OTHER_KEY)).toBe(false);
    expect(isFiled(copied.split('\n').join(' '), OTHER_KEY)).toBe(false);
    expect(isFiled(null, OTHER_KEY)).toBe(false);
  });
});
