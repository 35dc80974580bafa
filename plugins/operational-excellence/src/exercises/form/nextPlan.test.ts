import { DateTime, Duration } from 'luxon';
import { heldExercise } from '../../__testUtils__';
import { nextPlan, nextStart, shortest } from './nextPlan';

const local = (time: string) => DateTime.fromISO(time).toUTC().toISO()!;
const at = (time: string) => DateTime.fromISO(time).toMillis();

describe('nextStart', () => {
  it.each([
    // A Wednesday; what the policy asks ends on a Tuesday, 90 days later.
    ['P90D', '2026-07-01T10:00', '2026-07-20T08:00', '2026-09-23T10:00'],
    ['P91D', '2026-07-01T10:00', '2026-07-20T08:00', '2026-09-30T10:00'],
    [undefined, '2026-07-01T10:00', '2026-07-20T08:00', '2026-09-30T10:00'],
    // That is over: the next Wednesday in a week at the earliest.
    ['P30D', '2026-01-07T10:00', '2026-07-20T08:00', '2026-07-29T10:00'],
    ['P30D', '2026-01-07T10:00', '2026-07-22T10:00', '2026-07-29T10:00'],
    ['P30D', '2026-01-07T10:00', '2026-07-22T10:01', '2026-08-05T10:00'],
    // Less than a week does not lead back to the same day.
    ['P3D', '2026-08-05T10:00', '2026-07-20T08:00', '2026-08-12T10:00'],
  ])('with %s after %s, seen at %s, is %s', (every, last, now, next) => {
    const start = nextStart(
      local(last),
      every ? Duration.fromISO(every) : undefined,
      at(now),
    );
    expect(start.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(next);
  });
});

describe('shortest', () => {
  it('is the least of what is asked, whatever its units', () => {
    expect(shortest(['P1Y', 'P90D', 'P6M'])?.toISO()).toBe('P90D');
    expect(shortest([])).toBeUndefined();
  });
});

describe('nextPlan', () => {
  it('repeats the plan without what came of it', () => {
    const last = heldExercise('1', {
      title: 'Zone loss',
      startedAt: local('2026-07-01T10:07'),
      plannedStart: local('2026-07-01T10:00'),
      plannedEnd: local('2026-07-01T13:00'),
      hypothesis: 'A lost zone goes unnoticed',
      rollbackTried: true,
      prerequisites: [{ text: 'Alarms are on', done: true }],
      environment: { id: 'e1', title: 'Gone by now' },
    });
    expect(nextPlan(last, undefined, at('2026-07-02T08:00'))).toMatchObject({
      title: 'Zone loss',
      services: last.services,
      plannedStart: '2026-09-30T10:07',
      plannedEnd: '2026-09-30T13:07',
      hypothesis: 'A lost zone goes unnoticed',
      rollbackTried: false,
      prerequisites: [{ text: 'Alarms are on', done: false }],
      environment: null,
    });
  });
});
