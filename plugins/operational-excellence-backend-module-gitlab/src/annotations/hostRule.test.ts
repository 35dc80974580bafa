import { createHostRule } from './hostRule';

const hostOf = createHostRule({
  hosts: ['gitlab.com', 'gitlab.acme.example:8443'],
  knownHosts: ['gitlab.com', 'gitlab.acme.example:8443', 'gitlab.old.example'],
});

const INSTANCE = 'gitlab.com/instance';
const SOURCE = 'backstage.io/source-location';
const MANAGED = 'backstage.io/managed-by-location';

describe('createHostRule', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['the first one without a hint', {}, 'gitlab.com'],
    [
      'the instance',
      { [INSTANCE]: 'GitLab.Acme.example:8443' },
      'gitlab.acme.example:8443',
    ],
    [
      'the instance written as an address',
      { [INSTANCE]: 'https://gitlab.acme.example:8443/' },
      'gitlab.acme.example:8443',
    ],
    [
      'the instance rather than the location',
      {
        [INSTANCE]: 'gitlab.com',
        [SOURCE]: 'url:https://gitlab.old.example/a',
      },
      'gitlab.com',
    ],
    ['none for another instance', { [INSTANCE]: 'git.example' }, undefined],
    [
      'that of the source location',
      {
        [SOURCE]: 'url:https://gitlab.acme.example:8443/a/b/',
        [MANAGED]: 'url:https://gitlab.com/a/b',
      },
      'gitlab.acme.example:8443',
    ],
    [
      'that of the location it was read from',
      { [MANAGED]: 'url:https://gitlab.acme.example:8443/a/b' },
      'gitlab.acme.example:8443',
    ],
    [
      'none where an instance that is not read holds the code',
      { [SOURCE]: 'url:https://gitlab.old.example/a/b' },
      undefined,
    ],
    [
      'the first one where the code is elsewhere',
      { [SOURCE]: 'url:https://github.com/a/b' },
      'gitlab.com',
    ],
    ['the first one for a file', { [SOURCE]: 'file:/a/b' }, 'gitlab.com'],
  ])('is %s', (_, annotations, host) => {
    expect(hostOf({ annotations })).toBe(host);
  });

  it('is none where nothing is configured', () => {
    const none = createHostRule({ hosts: [], knownHosts: ['gitlab.com'] });
    expect(none({ annotations: {} })).toBeUndefined();
  });

  it.each(['', 'gitlab.com/acme', 'user@gitlab.com', 'git lab'])(
    'is not told by %p',
    value => {
      expect(() => hostOf({ annotations: { [INSTANCE]: value } })).toThrow(
        'expected the host of a GitLab instance',
      );
    },
  );
});
