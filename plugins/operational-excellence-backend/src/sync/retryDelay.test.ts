import { retryDelay } from './retryDelay';

const MINUTE_MS = 60_000;
const every = 10 * MINUTE_MS;

describe('retryDelay', () => {
  it('doubles with every failure, up to half an hour', () => {
    const delays = [1, 2, 3, 6, 7, 8, 1000].map(failures =>
      retryDelay({ failures, every, random: () => 0 }),
    );
    expect(delays.map(delay => delay / MINUTE_MS)).toEqual([
      0.5, 1, 2, 16, 30, 30, 30,
    ]);
  });

  it('starts no later than the scope is read anyway', () => {
    expect(retryDelay({ failures: 1, every: 5_000, random: () => 0 })).toBe(
      5_000,
    );
  });

  it('leaves up to half of it to chance', () => {
    expect(
      retryDelay({ failures: 2, every, random: () => 0.999999 }),
    ).toBeCloseTo(MINUTE_MS / 2, -1);
    for (let n = 0; n < 100; n++) {
      const delay = retryDelay({ failures: 2, every });
      expect(delay).toBeGreaterThan(MINUTE_MS / 2);
      expect(delay).toBeLessThanOrEqual(MINUTE_MS);
    }
  });

  it('waits as long as the upstream asks, but no longer than a day', () => {
    const delayFor = (retryAfter: number) =>
      retryDelay({ failures: 1, every, retryAfter, random: () => 0 });
    expect(delayFor(45 * MINUTE_MS)).toBe(45 * MINUTE_MS);
    expect(delayFor(1_000)).toBe(MINUTE_MS / 2);
    expect(delayFor(-1_000)).toBe(MINUTE_MS / 2);
    expect(delayFor(400 * 24 * 60 * MINUTE_MS)).toBe(24 * 60 * MINUTE_MS);
  });
});
