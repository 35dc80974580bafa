import { readRateLimit, retryAt } from './rateLimits';

const NOW = Date.UTC(2026, 0, 1);
// Their clock is an hour behind ours.
const DATE = new Date(NOW - 3_600_000).toUTCString();
const RESET = String((NOW - 3_600_000 + 60_000) / 1000);

describe('rate limits', () => {
  it('are read against the clock of the instance', () => {
    const headers = new Headers({
      date: DATE,
      'ratelimit-limit': '2000',
      'ratelimit-remaining': '1976',
      'ratelimit-reset': RESET,
    });
    expect(readRateLimit({ headers, now: NOW })).toEqual({
      remaining: 1976,
      limit: 2000,
      resetsAt: NOW + 60_000,
    });
    expect(retryAt({ headers, now: NOW })).toBe(NOW + 61_000);
  });

  it('are told as far as they are known', () => {
    const headers = new Headers({ 'ratelimit-remaining': '0' });
    expect(readRateLimit({ headers, now: NOW })).toEqual({
      remaining: 0,
      limit: null,
      resetsAt: null,
    });
    expect(retryAt({ headers, now: NOW })).toBeUndefined();
  });

  it.each<Record<string, string>>([{}, { 'ratelimit-remaining': 'many' }])(
    'are not made up from %j',
    headers => {
      expect(
        readRateLimit({ headers: new Headers(headers), now: NOW }),
      ).toBeUndefined();
    },
  );
});
