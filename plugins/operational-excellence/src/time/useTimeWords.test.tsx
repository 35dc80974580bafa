import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { useTimeWords } from './useTimeWords';

const NOW = Date.parse('2026-07-01T08:00:00.000Z');

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The instant that long before now; after it if negative. */
const before = (ms: number) => new Date(NOW - ms).toISOString();

function timeWords() {
  const { result } = renderHook(useTimeWords, {
    wrapper: (props: { children?: ReactNode }) => (
      <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
        {props.children}
      </TestApiProvider>
    ),
  });
  return result.current;
}

describe('useTimeWords', () => {
  it.each([
    [-400 * DAY, 'less than a day'],
    [0, 'less than a day'],
    [DAY - 1, 'less than a day'],
    [DAY, '1 day'],
    [2 * DAY - 1, '1 day'],
    [2 * DAY, '2 days'],
    [400 * DAY, '400 days'],
  ])('says of what began %d ms ago that it is %s old', (ms, words) => {
    expect(timeWords().age(before(ms), NOW)).toBe(words);
  });

  it.each([
    [-2 * DAY, 'just now'],
    [0, 'just now'],
    [MINUTE - 1, 'just now'],
    [MINUTE, '1 minute ago'],
    [2 * MINUTE, '2 minutes ago'],
    [HOUR - 1, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [2 * HOUR, '2 hours ago'],
    [DAY - 1, '23 hours ago'],
    [DAY, '1 day ago'],
    [2 * DAY - 1, '1 day ago'],
    [2 * DAY, '2 days ago'],
    [400 * DAY, '400 days ago'],
  ])('says of what was %d ms ago that it was %s', (ms, words) => {
    expect(timeWords().ago(before(ms), NOW)).toBe(words);
  });

  it.each([
    [-2 * DAY, 'in a moment'],
    [0, 'in a moment'],
    [MINUTE - 1, 'in a moment'],
    [MINUTE, 'in 1 minute'],
    [MINUTE + 1, 'in 2 minutes'],
    [59 * MINUTE, 'in 59 minutes'],
    [HOUR, 'in 1 hour'],
    [HOUR + 1, 'in 2 hours'],
    [DAY, 'in 1 day'],
    [DAY + 1, 'in 2 days'],
  ])('says of what is %d ms ahead that it is %s', (ms, words) => {
    expect(timeWords().ahead(before(-ms), NOW)).toBe(words);
  });

  it.each([
    ['P60D', '60 days'],
    ['P1D', '1 day'],
    ['P1Y', '1 year'],
    ['P2Y1M', '2 years 1 month'],
    ['P6M', '6 months'],
    ['P1W', '1 week'],
    ['P2W', '2 weeks'],
    ['PT1H', '1 hour'],
    ['PT36H', '36 hours'],
    ['PT1M', '1 minute'],
    ['PT90S', '90 seconds'],
    ['PT1S', '1 second'],
    ['P1DT12H30M', '1 day 12 hours 30 minutes'],
  ])('says %s as %s', (iso, words) => {
    expect(timeWords().duration(iso)).toBe(words);
  });
});
