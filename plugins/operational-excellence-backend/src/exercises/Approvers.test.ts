import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Approvers } from './Approvers';

describe('Approvers', () => {
  const approvers = Approvers.create({
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/bob', 'Group:Default/SRE'],
    }),
  });

  it('let users speak for themselves and their groups, however they are written', async () => {
    const speaksFor = await approvers.spokenForBy(
      mockCredentials.user('user:default/bob'),
    );
    for (const approver of [
      'user:default/bob',
      'User:Bob',
      'group:default/sre',
      'group:SRE',
    ]) {
      expect([approver, speaksFor(approver)]).toEqual([approver, true]);
    }
    for (const approver of ['group:default/owners', 'sre', 'user:x/bob', '']) {
      expect([approver, speaksFor(approver)]).toEqual([approver, false]);
    }
  });

  it('let no service speak for anybody', async () => {
    const speaksFor = await approvers.spokenForBy(mockCredentials.service());
    expect(speaksFor('user:default/bob')).toBe(false);
  });
});
