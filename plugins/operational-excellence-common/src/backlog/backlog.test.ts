import { nearestRank } from './backlog';

describe('nearestRank', () => {
  it('takes the item at the rank that covers the share', () => {
    expect(nearestRank([1, 2, 3, 4], 50)).toBe(2);
    expect(nearestRank([1, 2, 3, 4, 5], 50)).toBe(3);
    expect(nearestRank([1, 2, 3], 85)).toBe(3);
    expect(nearestRank([7], 50)).toBe(7);
  });
});
