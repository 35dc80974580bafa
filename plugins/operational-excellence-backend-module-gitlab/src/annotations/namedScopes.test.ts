import { namedScopes } from './namedScopes';
import { scopeKey } from './ScopeName';

const SLUG = 'gitlab.com/project-slug';
const ID = 'gitlab.com/project-id';
const GROUP = 'gitlab.com/group-slug';

const keysOf = (annotations: Record<string, string>) =>
  namedScopes({ annotations }).map(scopeKey);

describe('namedScopes', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['no project', {}, []],
    ['a project', { [SLUG]: 'acme/payments' }, ['acme/payments']],
    [
      'projects, whatever their case, each once',
      { [SLUG]: 'Acme/Team/Payments, acme/ui,ACME/team/payments' },
      ['acme/team/payments', 'acme/ui'],
    ],
    ['a project by its number', { [ID]: ' 42 ' }, ['id:42']],
    ['the path rather than the number', { [ID]: '42', [SLUG]: 'a/b' }, ['a/b']],
    ['a group', { [GROUP]: 'Acme/Team' }, ['group:acme/team']],
    [
      'a group and a project elsewhere',
      { [GROUP]: 'acme', [SLUG]: 'acme-labs/payments' },
      ['group:acme', 'acme-labs/payments'],
    ],
    [
      'a group without a project within it, whatever the case',
      { [GROUP]: 'acme', [SLUG]: 'Acme/Team/payments,other/payments' },
      ['group:acme', 'other/payments'],
    ],
    [
      'a group without a subgroup of it',
      { [GROUP]: 'acme/team,acme,other' },
      ['group:acme', 'group:other'],
    ],
    [
      'names with dots, dashes and underscores',
      { [SLUG]: '_a.b-c/.github' },
      ['_a.b-c/.github'],
    ],
  ])('finds %s', (_, annotations, keys) => {
    expect(keysOf(annotations)).toEqual(keys);
  });

  it('does not guess whether a number lies within a group', () => {
    expect(() => keysOf({ [GROUP]: 'acme', [ID]: '42' })).toThrow(
      'The annotation gitlab.com/project-id is "42"; expected gitlab.com/project-slug in its place',
    );
  });

  it('takes no more names than a service has', () => {
    const slugs = Array.from({ length: 51 }, (_, i) => `acme/p${i}`);
    expect(() => keysOf({ [SLUG]: slugs.join() })).toThrow('at most 50 names');
    expect(keysOf({ [SLUG]: slugs.slice(1).join() })).toHaveLength(50);
  });
});
