import { nextQuery } from './nextQuery';

const of = (link?: string) => nextQuery(new Headers(link ? { link } : {}));

describe('nextQuery', () => {
  it('reads pages by number', () => {
    expect(
      of(
        '<https://gitlab.com/api/v4/projects/1/issues?page=1&per_page=2>; rel="prev", <https://gitlab.com/api/v4/projects/1/issues?labels=a,b&page=3&per_page=2>; rel="next", <https://gitlab.com/x?page=1>; rel="first"',
      ),
    ).toEqual({ labels: 'a,b', page: '3', per_page: '2' });
  });

  it('reads pages by key, whatever the address before them', () => {
    expect(
      of(
        '<http://internal:8080/api/v4/projects/1/issues?cursor=eyJpZCI6MX0&pagination=keyset>; rel="next"',
      ),
    ).toEqual({ cursor: 'eyJpZCI6MX0', pagination: 'keyset' });
  });

  it.each([
    undefined,
    '<https://gitlab.com/x?page=1>; rel="first"',
    '<nonsense>; rel="next"',
    'page=2; rel="next"',
  ])('finds none in %p', link => {
    expect(of(link)).toBeUndefined();
  });
});
