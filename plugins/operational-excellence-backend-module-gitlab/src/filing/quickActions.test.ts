import { withoutQuickActions } from './quickActions';

describe('withoutQuickActions', () => {
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
    expect(withoutQuickActions(text)).toBe(expected);
  });
});
