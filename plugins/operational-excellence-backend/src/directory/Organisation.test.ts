import { entity, group } from './__testUtils__/TestCatalog';
import { Organisation } from './Organisation';

function organisationOf(...entities: Parameters<Organisation['add']>[0][]) {
  const organisation = new Organisation();
  entities.forEach(each => organisation.add(each));
  return organisation;
}

describe('Organisation', () => {
  it('finds every group above an owner, however the groups say it', () => {
    const organisation = organisationOf([
      group('team', { parent: 'area' }),
      group('area', {}),
      group('division', { children: ['area'], parent: 'group:other/company' }),
      entity('User', 'jane'),
    ]);
    expect([...organisation.withAncestors('group:default/team')]).toEqual([
      ['group:default/team', 0],
      ['group:default/area', 1],
      ['group:default/division', 2],
      ['group:other/company', 3],
    ]);
    expect([...organisation.withAncestors('user:default/jane')]).toEqual([
      ['user:default/jane', 0],
    ]);
  });

  it('takes the shortest way up', () => {
    const organisation = organisationOf([
      group('team', { parent: 'area' }),
      group('area', { parent: 'company' }),
      group('company', { children: ['team'] }),
    ]);
    expect(
      organisation
        .withAncestors('group:default/team')
        .get('group:default/company'),
    ).toBe(1);
  });

  it('ends where groups are above each other', () => {
    const organisation = organisationOf([
      group('a', { parent: 'b' }),
      group('b', { parent: 'c' }),
      group('c', { parent: 'a' }),
      group('self', { parent: 'self' }),
    ]);
    expect([...organisation.withAncestors('group:default/a').keys()]).toEqual([
      'group:default/a',
      'group:default/b',
      'group:default/c',
    ]);
    expect([...organisation.withAncestors('group:default/self')]).toEqual([
      ['group:default/self', 0],
    ]);
  });

  it('tells no parent of groups that are above themselves', () => {
    const organisation = organisationOf([
      group('a', { parent: 'b' }),
      group('b', { parent: 'c' }),
      group('c', { children: ['b'], parent: 'a' }),
      group('self', { parent: 'self' }),
      group('beneath', { parent: 'a' }),
    ]);
    const parents = ['a', 'b', 'c', 'self', 'beneath'].map(
      name => organisation.related(`group:default/${name}`).parentRef,
    );
    expect(parents).toEqual([null, null, null, null, 'group:default/a']);
  });

  it('knows titles and parents', () => {
    const organisation = organisationOf([
      group('team', { parent: 'area', profile: { displayName: 'The Team' } }),
      group('area', { children: ['other'] }, 'The Area'),
      group('other'),
      entity('System', 'shop', { title: 'Shop', spec: { domain: 'sales' } }),
      entity('Domain', 'sales', { spec: { subdomainOf: 'business' } }),
    ]);
    expect(organisation.related('group:default/team')).toEqual({
      entityRef: 'group:default/team',
      title: 'The Team',
      parentRef: 'group:default/area',
    });
    expect(organisation.related('group:default/other')).toEqual({
      entityRef: 'group:default/other',
      title: 'other',
      parentRef: 'group:default/area',
    });
    expect(organisation.related('system:default/shop')).toEqual({
      entityRef: 'system:default/shop',
      title: 'Shop',
      parentRef: 'domain:default/sales',
    });
    expect(organisation.related('domain:default/sales').parentRef).toBe(
      'domain:default/business',
    );
    expect(organisation.related('group:default/gone')).toEqual({
      entityRef: 'group:default/gone',
      title: 'gone',
      parentRef: null,
    });
  });

  it('passes over what is no reference', () => {
    const organisation = organisationOf([
      group('team', { parent: 'group:', children: [1, null, ''] }),
      entity('System', 'shop', { spec: { domain: { name: 'sales' } } }),
    ]);
    expect([...organisation.withAncestors('group:default/team')]).toEqual([
      ['group:default/team', 0],
    ]);
    expect(organisation.domainOf('system:default/shop')).toBeNull();
    expect(organisation.domainOf('system:default/gone')).toBeNull();
  });
});
