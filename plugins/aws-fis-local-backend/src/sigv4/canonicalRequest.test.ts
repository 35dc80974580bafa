import { canonicalRequest, sha256 } from './canonicalRequest';

const request = {
  method: 'GET',
  target: '/',
  headers: { host: 'fis.eu-west-1.amazonaws.com' },
  body: Buffer.alloc(0),
};

describe('canonicalRequest', () => {
  it('is that of the example in the IAM User Guide', () => {
    const example = canonicalRequest(
      {
        method: 'GET',
        target: '/?Action=ListUsers&Version=2010-05-08',
        headers: {
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          host: 'iam.amazonaws.com',
          'x-amz-date': '20150830T123600Z',
        },
        body: Buffer.alloc(0),
      },
      ['content-type', 'host', 'x-amz-date'],
    );
    expect(sha256(example)).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
  });

  it.each([
    ['/tags/arn%3Aaws%3Afis', '/tags/arn%253Aaws%253Afis'],
    ["/it's", '/it%27s'],
  ])('encodes the path %s once more', (target, expected) => {
    const canonical = canonicalRequest({ ...request, target }, ['host']);
    expect(canonical.split('\n')[1]).toBe(expected);
  });

  it.each([
    ['b=2&a=1', 'a=1&b=2'],
    ['tagKeys=z&tagKeys=a%20b', 'tagKeys=a%20b&tagKeys=z'],
    ['flag', 'flag='],
    ['a=x=y', 'a=x%3Dy'],
    ['a=1&a=1', 'a=1&a=1'],
    ['a=?', 'a=%3F'],
  ])('sorts and encodes the query %s', (query, expected) => {
    const canonical = canonicalRequest({ ...request, target: `/?${query}` }, [
      'host',
    ]);
    expect(canonical.split('\n')[2]).toBe(expected);
  });
});
