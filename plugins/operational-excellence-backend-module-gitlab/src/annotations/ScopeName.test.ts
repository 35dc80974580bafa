import {
  groupsAround,
  isWithin,
  parseScopeKey,
  ScopeName,
  scopeKey,
} from './ScopeName';

describe('ScopeName', () => {
  it.each<ScopeName>([
    { kind: 'project', path: 'acme/team/payments' },
    { kind: 'project-id', id: '42' },
    { kind: 'group', path: 'acme' },
    { kind: 'group', path: 'acme/team' },
  ])('is told by its key: %j', name => {
    expect(parseScopeKey(scopeKey(name))).toEqual(name);
  });

  it.each([
    '',
    'acme',
    '../user',
    'acme/..',
    'acme/payments/',
    'acme/pay%2fments',
    'id:',
    'id:0',
    'id:4/../5',
    'group:',
    'group:acme?x=1',
    'other:acme',
    'acme/-/issues',
  ])('is not told by %p', key => {
    expect(parseScopeKey(key)).toBeUndefined();
  });

  it('lies within groups', () => {
    expect(groupsAround('acme/team/payments')).toEqual(['acme', 'acme/team']);
    expect(isWithin('Acme/payments', 'acme')).toBe(true);
    expect(isWithin('acme-labs/payments', 'acme')).toBe(false);
    expect(isWithin('acme', 'acme')).toBe(false);
  });
});
