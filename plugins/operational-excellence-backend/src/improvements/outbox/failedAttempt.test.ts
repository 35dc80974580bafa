import {
  UpstreamError,
  UpstreamErrorKind,
} from 'backstage-plugin-operational-excellence-node';
import { attemptDelay } from './attemptDelay';
import { outcomeOf, reasonOf } from './failedAttempt';

const error = (kind: UpstreamErrorKind, mayHaveHappened: boolean) =>
  new UpstreamError({
    kind,
    source: 'fake',
    operation: 'POST /tickets',
    detail: 'severity: is missing',
    mayHaveHappened,
  });

describe('outcomeOf', () => {
  it.each<[UpstreamErrorKind, string]>([
    ['rejected', 'refused'],
    ['forbidden', 'refused'],
    ['not-found', 'refused'],
    ['unauthorized', 'failed'],
    ['rate-limited', 'failed'],
    ['unavailable', 'failed'],
    ['timeout', 'failed'],
    ['invalid-response', 'failed'],
  ])('takes %s for %s, unless it may have happened', (kind, outcome) => {
    expect(outcomeOf(error(kind, false))).toBe(outcome);
    expect(outcomeOf(error(kind, true))).toBe('doubtful');
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a word', 'no'],
    [
      'a copy of the class that does not say',
      Object.assign(new Error('?'), { name: 'UpstreamError' }),
    ],
  ])('is in doubt of %s', (_, thrown) => {
    expect(outcomeOf(thrown)).toBe('doubtful');
  });
});

describe('reasonOf', () => {
  it('is what the tracker said', () => {
    expect(reasonOf(error('rejected', false))).toBe('severity: is missing');
    expect(reasonOf(new Error('two\nlines'))).toBe('two lines');
  });
});

describe('attemptDelay', () => {
  const longest = () => 0;
  const shortest = () => 1;

  it.each([
    [1, 2_500, 5_000],
    [2, 5_000, 10_000],
    [5, 40_000, 80_000],
    [8, 300_000, 600_000],
    [1_000, 300_000, 600_000],
  ])('grows to ten minutes: failure %i', (failures, from, to) => {
    expect(attemptDelay({ failures, random: shortest })).toBe(from);
    expect(attemptDelay({ failures, random: longest })).toBe(to);
  });

  it('waits as long as the tracker wants, within a day', () => {
    const wait = (retryAfter: number) =>
      attemptDelay({ failures: 1, retryAfter, random: longest });
    expect(wait(60_000)).toBe(60_000);
    expect(wait(10)).toBe(5_000);
    expect(wait(1e12)).toBe(86_400_000);
  });
});
