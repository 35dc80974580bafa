import { nextQuery } from './nextQuery';

const next = (link?: string) => nextQuery(new Headers(link ? { link } : {}));

describe('nextQuery', () => {
  it.each([
    [
      '<https://api.github.com/repositories/1/issues?per_page=100&page=2>; rel="next", <https://api.github.com/repositories/1/issues?per_page=100&page=9>; rel="last"',
      { per_page: '100', page: '2' },
    ],
    [
      '<https://api.github.com/repositories/1/issues?page=1>; rel="prev", <https://api.github.com/repositories/1/issues?after=Y3Vyc29yOnYyOpLP%3D%3D&page=3>; rel="next"',
      { after: 'Y3Vyc29yOnYyOpLP==', page: '3' },
    ],
    ['</issues?page=2>; title="a, b"; rel=next', { page: '2' }],
    ['<?page=2>;rel="last next"', { page: '2' }],
    ['<https://api.github.com/issues>; rel="next"', {}],
  ])('finds it in %p', (link, expected) => {
    expect(next(link)).toEqual(expected);
  });

  it.each([
    undefined,
    '<https://api.github.com/issues?page=1>; rel="prev"',
    '<https://api.github.com/issues?rel=next>; rel="last"',
    '<https://api.github.com/issues?page=2>; title="rel=next"',
    'nonsense; rel="next"',
  ])('finds none in %p', link => {
    expect(next(link)).toBeUndefined();
  });

  it('does not take long for a hostile header', () => {
    const startedAt = performance.now();
    next(`<${'<'.repeat(20_000)}>${'; a=b '.repeat(20_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
