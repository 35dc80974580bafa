import { IMPROVEMENT_TEXT_MAX } from 'backstage-plugin-operational-excellence-common';
import { Settings } from 'luxon';
import { dayAhead, endOfDay } from './days';
import { parseWaiver, requestOf, WaiverDraft } from './WaiverDraft';
import { waiverProblems } from './waiverProblems';

const NOW = Date.parse('2026-11-23T22:30:00.000Z');

const complete: WaiverDraft = {
  measure: 'gameDay',
  reason: 'Replaced in May',
  until: '2027-01-31',
};

describe('the days of waivers in the reader’s time zone', () => {
  const { defaultZone } = Settings;

  beforeEach(() => {
    Settings.defaultZone = 'Europe/Zurich';
  });

  afterEach(() => {
    Settings.defaultZone = defaultZone;
  });

  it('end with their last instant', () => {
    expect(new Date(endOfDay('2027-01-31') ?? NaN).toISOString()).toBe(
      '2027-01-31T22:59:59.999Z',
    );
    // The night in which clocks are put forward.
    expect(new Date(endOfDay('2027-03-28') ?? NaN).toISOString()).toBe(
      '2027-03-28T21:59:59.999Z',
    );
  });

  it.each(['', '2027-02-30', '12027-01-01', 'tomorrow', '2027-1-1'])(
    'are not %j',
    day => {
      expect(endOfDay(day)).toBeUndefined();
    },
  );

  it.each([
    [{}, '2026-11-23'],
    [{ weeks: 2 }, '2026-12-07'],
    [{ months: 3 }, '2027-02-23'],
  ])('that are %j ahead are told', (by, day) => {
    expect(dayAhead(NOW, by)).toBe(day);
  });

  it('are sent as instants', () => {
    expect(
      requestOf(
        { ...complete, reason: '  Replaced in May ' },
        { entityRef: 'component:default/payments', measure: 'gameDay' },
      ),
    ).toEqual({
      entityRef: 'component:default/payments',
      measure: 'gameDay',
      reason: 'Replaced in May',
      until: '2027-01-31T22:59:59.999Z',
    });
  });

  it.each<[string, Partial<WaiverDraft>, object]>([
    ['nothing', {}, {}],
    ['no measure', { measure: '' }, { measure: { kind: 'measure' } }],
    ['no reason', { reason: ' \n' }, { reason: { kind: 'reason' } }],
    [
      'too long a reason',
      { reason: 'x'.repeat(IMPROVEMENT_TEXT_MAX.note + 1) },
      { reason: { kind: 'too-long', max: IMPROVEMENT_TEXT_MAX.note } },
    ],
    ['no end', { until: '' }, { until: { kind: 'until' } }],
    [
      'a day that is none',
      { until: '2027-02-30' },
      { until: { kind: 'bad-day' } },
    ],
    ['yesterday', { until: '2026-11-22' }, { until: { kind: 'past' } }],
    ['today, which has not ended', { until: '2026-11-23' }, {}],
  ])('have a waiver refused for %s', (_, draft, problems) => {
    expect(waiverProblems({ ...complete, ...draft }, { now: NOW })).toEqual(
      problems,
    );
  });
});

describe('a kept draft of a waiver', () => {
  it('is read as it was kept', () => {
    expect(parseWaiver({ ...complete })).toEqual(complete);
  });

  it.each([undefined, null, 'text', 7])('is none where it is %j', kept => {
    expect(parseWaiver(kept)).toBeUndefined();
  });

  it('leaves out what it does not know', () => {
    expect(
      parseWaiver({ measure: 'luck', reason: 7, until: null, other: 'x' }),
    ).toEqual({ measure: '', reason: '', until: '' });
  });
});
