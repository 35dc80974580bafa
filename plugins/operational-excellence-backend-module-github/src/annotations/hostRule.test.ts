import { createHostRule } from './hostRule';

const SOURCE = 'backstage.io/source-location';
const MANAGED_BY = 'backstage.io/managed-by-location';

describe('createHostRule', () => {
  const hostOf = createHostRule({
    hosts: ['github.com', 'ghe.acme.example:8443'],
    knownHosts: ['github.com', 'ghe.acme.example:8443', 'old.acme.example'],
  });

  it.each([
    [
      'the source location',
      { [SOURCE]: 'url:https://ghe.acme.example:8443/a/b' },
      'ghe.acme.example:8443',
    ],
    [
      'the location it was read from',
      { [MANAGED_BY]: 'url:https://ghe.acme.example:8443/a/b' },
      'ghe.acme.example:8443',
    ],
    [
      'the source location first',
      {
        [SOURCE]: 'url:https://github.com/a/b',
        [MANAGED_BY]: 'url:https://ghe.acme.example:8443/a/b',
      },
      'github.com',
    ],
    ['the first host without a location', {}, 'github.com'],
    [
      'the first host for a file',
      { [MANAGED_BY]: 'file:/catalog/a.yaml' },
      'github.com',
    ],
    [
      'the first host for a host of another kind',
      { [SOURCE]: 'url:https://gitlab.com/a/b' },
      'github.com',
    ],
    ['the first host for nonsense', { [SOURCE]: 'url:https://' }, 'github.com'],
    [
      'no host for a GitHub that is not read',
      { [SOURCE]: 'url:https://old.acme.example/a/b' },
      undefined,
    ],
    [
      'a host by its whole name',
      { [SOURCE]: 'url:https://github.com.evil.example/a' },
      'github.com',
    ],
  ])('takes %s', (_, annotations, expected) => {
    expect(hostOf({ annotations })).toBe(expected);
  });

  it('takes a host in any case', () => {
    expect(
      hostOf({
        annotations: { [SOURCE]: 'url:https://GHE.acme.example:8443/a' },
      }),
    ).toBe('ghe.acme.example:8443');
  });
});
