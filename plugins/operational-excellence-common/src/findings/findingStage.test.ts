import fc from 'fast-check';
import { improvementStageSchema, ImprovementStage } from '../api/improvements';
import {
  decisiveRetest,
  findingCameUpAt,
  FindingFacts,
  FindingRetest,
  findingStage,
  isImprovementDone,
} from './findingStage';

const DONE: ImprovementStage[] = [
  'done',
  'evaluation-due',
  'evaluation-overdue',
  'met',
  'inconclusive',
  'not-met',
];

const instant = fc.integer({ min: 0, max: 20 });

const retest = fc.record({
  testedAt: instant,
  result: fc.constantFrom('fixed' as const, 'not-fixed' as const),
});

const facts: fc.Arbitrary<FindingFacts> = fc
  .record({
    cameUpAt: instant,
    retestBy: fc.option(instant),
    stage: fc.option(fc.constantFrom(...improvementStageSchema.options)),
    doneAt: instant,
    retests: fc.array(retest, { maxLength: 5 }),
  })
  .map(({ doneAt, stage, ...rest }) => ({
    ...rest,
    improvement: stage && {
      stage,
      doneAt: DONE.includes(stage) ? doneAt : null,
    },
  }));

/** As the rule is told: the newest one decides, of equals the last. */
function newestOf(retests: readonly FindingRetest[]) {
  const sorted = [...retests].sort((a, b) => a.testedAt - b.testedAt);
  return sorted[sorted.length - 1];
}

describe('findingStage', () => {
  it('is as the rules say, whatever the facts', () => {
    fc.assert(
      fc.property(facts, instant, (given, now) => {
        const { cameUpAt, improvement, retestBy } = given;
        const stage = findingStage(given, now);
        const doneAt = improvement?.doneAt ?? Infinity;
        const decisive = newestOf(
          given.retests.filter(
            ({ testedAt }) => testedAt > cameUpAt && testedAt >= doneAt,
          ),
        );
        const isDone = improvement && DONE.includes(improvement.stage);
        const isOver = retestBy !== null && retestBy < now;
        const told = [
          { stage: 'open', applies: !improvement },
          { stage: 'improving', applies: !isDone },
          { stage: 'closed', applies: decisive?.result === 'fixed' },
          { stage: 'retest-overdue', applies: isOver },
          { stage: 'retest-due', applies: true },
        ].find(({ applies }) => applies);
        expect(stage).toBe(told!.stage);
        expect(decisiveRetest(given)).toBe(decisive);
      }),
    );
  });

  it('does not change by re-tests that were held before the improvement was done', () => {
    fc.assert(
      fc.property(facts, instant, retest, (given, now, earlier) => {
        const doneAt = given.improvement?.doneAt ?? Infinity;
        fc.pre(earlier.testedAt < doneAt);
        const more = { ...given, retests: [...given.retests, earlier] };
        expect(findingStage(more, now)).toBe(findingStage(given, now));
      }),
    );
  });

  it('leaves "closed" when the improvement is reopened, or done anew', () => {
    const closed: FindingFacts = {
      cameUpAt: 1,
      retestBy: null,
      improvement: { stage: 'met', doneAt: 5 },
      retests: [{ testedAt: 6, result: 'fixed' }],
    };
    expect(findingStage(closed, 10)).toBe('closed');
    const reopened = { stage: 'open', doneAt: null } as const;
    expect(findingStage({ ...closed, improvement: reopened }, 10)).toBe(
      'improving',
    );
    const doneAnew = { stage: 'done', doneAt: 8 } as const;
    expect(findingStage({ ...closed, improvement: doneAnew }, 10)).toBe(
      'retest-due',
    );
    const notFixed = { testedAt: 7, result: 'not-fixed' } as const;
    const retests = [...closed.retests, notFixed];
    expect(findingStage({ ...closed, retests }, 10)).toBe('retest-due');
  });

  it('is due until the very instant', () => {
    const due: FindingFacts = {
      cameUpAt: 1,
      retestBy: 10,
      improvement: { stage: 'done', doneAt: 5 },
      retests: [],
    };
    expect(findingStage(due, 10)).toBe('retest-due');
    expect(findingStage(due, 11)).toBe('retest-overdue');
  });
});

describe('isImprovementDone', () => {
  it('knows every stage', () => {
    expect(improvementStageSchema.options.filter(isImprovementDone)).toEqual(
      DONE,
    );
  });
});

describe('findingCameUpAt', () => {
  it('is never later than when it was written down', () => {
    fc.assert(
      fc.property(instant, fc.option(instant), (createdAt, endedAt) => {
        expect(findingCameUpAt({ createdAt, endedAt })).toBe(
          Math.min(createdAt, endedAt ?? createdAt),
        );
      }),
    );
  });
});
