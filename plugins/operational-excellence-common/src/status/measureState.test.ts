import fc from 'fast-check';
import { MeasureFacts, measureStanding, worstState } from './measureState';
import { MEASURE_STATES, MeasureState } from './measures';

// Few instants, so that many are the same as the present one.
const instants = fc.integer({ min: 0, max: 10 });

const facts: fc.Arbitrary<MeasureFacts> = fc.record({
  required: fc.boolean(),
  configured: fc.boolean(),
  failing: fc.boolean(),
  happened: fc.boolean(),
  dueAt: fc.option(instants),
  warnAt: fc.option(instants),
  freshUntil: fc.option(fc.oneof(instants, fc.constant(Infinity))),
  completeUntil: fc.option(fc.oneof(instants, fc.constant(Infinity))),
  waivedUntil: fc.option(instants),
});

/** The state as a table of rules: the first that applies. */
function byTable(of: MeasureFacts, now: number): MeasureState {
  const isFresh = of.freshUntil !== null && now <= of.freshUntil;
  const isComplete = of.completeUntil !== null && now <= of.completeUntil;
  const isOverdue = of.dueAt !== null && now > of.dueAt;
  const isWarned = of.warnAt !== null && now >= of.warnAt;
  const isOk = of.happened && !isOverdue && !isWarned;
  const table: [boolean, MeasureState][] = [
    [!of.required, 'not-required'],
    [of.failing, 'failing'],
    [!of.configured, 'not-configured'],
    [!isFresh, 'unknown'],
    [isOk, 'ok'],
    [!isComplete, 'unknown'],
    [isOverdue, 'overdue'],
    [!of.happened, 'never'],
    [true, 'due-soon'],
  ];
  return table.find(([applies]) => applies)![1];
}

describe('measureStanding', () => {
  it('equals the table of rules', () => {
    fc.assert(
      fc.property(facts, instants, (of, now) => {
        const expected = byTable(of, now);
        const isWaived =
          of.required && of.waivedUntil !== null && now < of.waivedUntil;
        expect(measureStanding(of, { now })).toEqual(
          isWaived
            ? { state: 'waived', underlyingState: expected }
            : { state: expected, underlyingState: null },
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('never shows as good what no source vouches for', () => {
    fc.assert(
      fc.property(facts, instants, (of, now) => {
        const silent = { ...of, required: true, waivedUntil: null };
        for (const freshUntil of [null, now - 1]) {
          const { state } = measureStanding({ ...silent, freshUntil }, { now });
          expect(['failing', 'not-configured', 'unknown']).toContain(state);
        }
      }),
    );
  });

  it('changes only at the instants that it follows from', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: -5, max: 15 }), (of, now) => {
        const between = now + 0.5;
        // A boundary at `now` may count on either side of it.
        const atBoundary = [
          of.dueAt,
          of.warnAt,
          of.freshUntil,
          of.completeUntil,
          of.waivedUntil,
        ].includes(now);
        fc.pre(!atBoundary);
        expect(measureStanding(of, { now: between })).toEqual(
          measureStanding(of, { now }),
        );
      }),
    );
  });

  const backlog: MeasureFacts = {
    required: true,
    configured: true,
    failing: false,
    happened: true,
    dueAt: 100,
    warnAt: 80,
    freshUntil: Infinity,
    completeUntil: Infinity,
    waivedUntil: null,
  };

  it.each<[string, Partial<MeasureFacts>, number, MeasureState]>([
    ['before the warning', {}, 79, 'ok'],
    ['from the warning on', {}, 80, 'due-soon'],
    ['until it is due', {}, 100, 'due-soon'],
    ['after it was due', {}, 101, 'overdue'],
    ['until its source is too old', { freshUntil: 90 }, 90, 'due-soon'],
    ['after its source is too old', { freshUntil: 90 }, 91, 'unknown'],
    [
      'while another source is silent, if good',
      { completeUntil: null },
      79,
      'ok',
    ],
    [
      'while another source is silent, if not',
      { completeUntil: null },
      101,
      'unknown',
    ],
    ['until its waiver ends', { waivedUntil: 120 }, 119, 'waived'],
    ['when its waiver has ended', { waivedUntil: 120 }, 120, 'overdue'],
    [
      'failed, even without a source',
      { failing: true, configured: false },
      0,
      'failing',
    ],
    [
      'that never happened',
      { happened: false, dueAt: null, warnAt: null },
      0,
      'never',
    ],
  ])('is of a measure %s', (_, given, now, state) => {
    expect(measureStanding({ ...backlog, ...given }, { now }).state).toBe(
      state,
    );
  });
});

describe('worstState', () => {
  it('is the first of the list of states', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MEASURE_STATES)), states => {
        expect(worstState(states)).toBe(
          MEASURE_STATES.find(state => states.includes(state)) ??
            'not-required',
        );
      }),
    );
  });

  it('ranks as the design says', () => {
    expect(MEASURE_STATES).toEqual([
      'failing',
      'overdue',
      'never',
      'unknown',
      'not-configured',
      'due-soon',
      'ok',
      'waived',
      'not-required',
    ]);
    expect(worstState(['ok', 'waived', 'not-required'])).toBe('ok');
    expect(worstState(['waived', 'not-required'])).toBe('waived');
  });
});
