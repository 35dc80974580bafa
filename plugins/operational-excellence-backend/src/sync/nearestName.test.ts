import { nearestName } from './nearestName';

describe('nearestName', () => {
  const known = ['acme/payments', 'acme/payroll', 'acme/shop', 'PAY', 'OPS'];

  it.each([
    ['acme/paymnts', 'acme/payments'],
    ['acme/Payment', 'acme/payments'],
    ['ACME/SHOP', 'acme/shop'],
    ['acme/shop', undefined],
    ['acme/ledger', undefined],
    ['PAX', 'PAY'],
    // Two letters of three are another name.
    ['PXX', undefined],
    ['', undefined],
  ])('of %s is %s', (name, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  it('takes the nearest, and the first of those that are as near', () => {
    expect(nearestName('service-1', ['service-22', 'service-2'])).toBe(
      'service-2',
    );
    expect(nearestName('service-1', ['service-3', 'service-2'])).toBe(
      'service-2',
    );
  });

  it('bears more changes in longer names', () => {
    const name = 'the-name-of-a-rather-long-repository';
    expect(nearestName(`${name}-of`, [name])).toBe(name);
    expect(nearestName('abcdefghij', ['abcdefgxyz'])).toBeUndefined();
  });
});
