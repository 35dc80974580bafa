import { RequestDetails } from '@backstage/plugin-events-node';
import { createTokenValidator } from './createTokenValidator';

const SECRET = '0123456789abcdef';

async function rejectionOf(headers: RequestDetails['headers']) {
  const reject = jest.fn();
  const request = {
    body: {},
    headers,
    raw: { body: Buffer.from('{}'), encoding: 'utf-8' as const },
  };
  await createTokenValidator(SECRET)(request, { reject });
  return reject.mock.calls;
}

describe('createTokenValidator', () => {
  it('lets the secret pass', async () => {
    expect(await rejectionOf({ 'x-gitlab-token': SECRET })).toEqual([]);
  });

  it.each([
    {},
    { 'x-gitlab-token': '' },
    { 'x-gitlab-token': `${SECRET}0` },
    { 'x-gitlab-token': SECRET.toUpperCase() },
    { 'x-gitlab-token': [SECRET, SECRET] },
    { authorization: `Bearer ${SECRET}` },
  ])('refuses %j', async headers => {
    expect(await rejectionOf(headers)).toEqual([
      [{ status: 403, payload: { message: 'invalid token' } }],
    ]);
  });
});
