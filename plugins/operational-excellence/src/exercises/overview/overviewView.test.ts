import { formatOverview, isNarrowed, parseOverview } from './overviewView';

const parse = (search: string) => parseOverview(new URLSearchParams(search));

describe('the view of game days in the URL', () => {
  it.each([
    '',
    'view=list',
    'month=2026-12&kind=game-day&kind=tabletop&stage=missed',
    'view=list&owner=group%3Adefault%2Fa&owner=group%3Adefault%2Fb&q=zone+loss',
  ])('survives being written and read: %s', search => {
    expect(formatOverview(parse(search)).toString()).toBe(search);
  });

  it('drops what it does not know', () => {
    expect(
      parse('view=x&month=2026-13&kind=party&stage=done&owner=&q='),
    ).toEqual(parse(''));
  });

  it('knows whether anything is left out', () => {
    expect(isNarrowed(parse('view=list&month=2026-12'))).toBe(false);
    expect(isNarrowed(parse('kind=tabletop'))).toBe(true);
    expect(isNarrowed(parse('q=a'))).toBe(true);
  });
});
