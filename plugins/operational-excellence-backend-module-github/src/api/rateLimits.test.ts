import { readRateLimit } from './rateLimits';

const NOW = Date.UTC(2026, 0, 1);

describe('readRateLimit', () => {
  it('reads the headers by the clock of the server', () => {
    const theirNow = Date.UTC(2031, 0, 1);
    expect(
      readRateLimit(
        new Headers({
          date: new Date(theirNow).toUTCString(),
          'x-ratelimit-limit': '5000',
          'x-ratelimit-remaining': '4711',
          'x-ratelimit-reset': String(theirNow / 1000 + 1800),
        }),
        NOW,
      ),
    ).toEqual({ remaining: 4711, limit: 5000, resetsAt: NOW + 1_800_000 });
  });

  it('says what is not known', () => {
    expect(
      readRateLimit(
        new Headers({
          'x-ratelimit-remaining': '0',
          'x-ratelimit-limit': 'many',
          'x-ratelimit-reset': '-1',
        }),
        NOW,
      ),
    ).toEqual({ remaining: 0, limit: null, resetsAt: null });
  });

  it.each(['', ' ', '-1', '1e3', 'NaN', 'Infinity', '9'.repeat(30)])(
    'believes no rest of %p',
    remaining => {
      expect(
        readRateLimit(new Headers({ 'x-ratelimit-remaining': remaining }), NOW),
      ).toBeUndefined();
    },
  );

  it('knows none on a server without rate limits', () => {
    expect(readRateLimit(new Headers(), NOW)).toBeUndefined();
  });
});
