import { formatTrends, isChosen, parseTrends } from './trendsView';

const parsed = (search: string) => parseTrends(new URLSearchParams(search));

describe('the view of the trends', () => {
  it('is everybody over 90 days at first', () => {
    expect(parsed('')).toEqual({
      by: 'all',
      key: undefined,
      without: false,
      days: 90,
      measure: undefined,
      compared: 'owner',
    });
  });

  it.each([
    '',
    'by=owner&key=group%3Adefault%2Fa',
    'by=system&without=true&days=365',
    'by=tier&key=1&measure=gameDay&compared=service',
    'days=30&compared=domain',
  ])('is read from %j as it was written', search => {
    expect(formatTrends(parsed(search)).toString()).toBe(search);
  });

  it.each([
    ['by=nobody&days=7&measure=luck&compared=all', ''],
    ['key=group:default/a&without=true', ''],
    ['by=tier&key=1&without=true', 'by=tier&key=1'],
    ['by=owner&compared=owner&days=90', 'by=owner'],
  ])('drops what it does not know of %j', (search, known) => {
    expect(formatTrends(parsed(search)).toString()).toBe(known);
  });

  it('knows whether it is said whose history is meant', () => {
    expect(isChosen(parsed(''))).toBe(true);
    expect(isChosen(parsed('by=tier'))).toBe(false);
    expect(isChosen(parsed('by=tier&key=1'))).toBe(true);
    expect(isChosen(parsed('by=tier&without=true'))).toBe(true);
  });
});
