import fc from 'fast-check';
import { readinessDifferenceOf } from './difference';
import { missingForFinish, readinessVerdictOf } from './verdict';

const items = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    question: fc.constantFrom('Is it?', 'Was it?'),
    blocking: fc.boolean(),
    evidence: fc.constantFrom(
      'required' as const,
      'optional' as const,
      'none' as const,
    ),
  }),
  { selector: ({ id }) => id },
);

const answers = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(...'abcdefghi'),
      fc.record({
        value: fc.constantFrom(
          'yes' as const,
          'no' as const,
          'not-applicable' as const,
        ),
        note: fc.constantFrom(null, 'note'),
        evidence: fc.array(
          fc.record({
            title: fc.constant('Run'),
            url: fc.constantFrom('https://a.example', 'https://b.example'),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
    { selector: ([id]) => id },
  )
  .map(entries => new Map(entries));

describe('readinessVerdictOf', () => {
  it('is the worst of what is answered with no', () => {
    fc.assert(
      fc.property(items, answers, (all, given) => {
        const failed = all.filter(({ id }) => given.get(id)?.value === 'no');
        const ofNone = failed.length ? 'conditional' : 'pass';
        expect(readinessVerdictOf(all, given)).toBe(
          failed.some(({ blocking }) => blocking) ? 'fail' : ofNone,
        );
      }),
    );
  });

  it('does not become better by another no', () => {
    const severity = { pass: 0, conditional: 1, fail: 2 };
    fc.assert(
      fc.property(items, answers, fc.nat(), (all, given, pick) => {
        fc.pre(all.length > 0);
        const { id } = all[pick % all.length];
        const worse = new Map(given).set(id, {
          value: 'no',
          note: null,
          evidence: [],
        });
        expect(severity[readinessVerdictOf(all, worse)]).toBeGreaterThanOrEqual(
          severity[readinessVerdictOf(all, given)],
        );
      }),
    );
  });
});

describe('missingForFinish', () => {
  it('names each item once that is not answered, or lacks its evidence', () => {
    fc.assert(
      fc.property(items, answers, (all, given) => {
        const missing = new Map(
          missingForFinish(all, given).map(({ itemId, reason }) => [
            itemId,
            reason,
          ]),
        );
        expect(missingForFinish(all, given)).toHaveLength(missing.size);
        for (const { evidence, id } of all) {
          const answer = given.get(id);
          const unproven =
            answer?.value === 'yes' &&
            evidence === 'required' &&
            !answer.evidence.length
              ? 'evidence'
              : undefined;
          expect(missing.get(id)).toBe(answer ? unproven : 'unanswered');
        }
      }),
    );
  });

  it('is nothing once all of it is given', () => {
    fc.assert(
      fc.property(items, answers, (all, given) => {
        const whole = new Map(given);
        for (const { itemId } of missingForFinish(all, given)) {
          whole.set(itemId, {
            value: 'yes',
            note: null,
            evidence: [{ title: 'Run', url: 'https://a.example' }],
          });
        }
        expect(missingForFinish(all, whole)).toEqual([]);
      }),
    );
  });
});

describe('readinessDifferenceOf', () => {
  const sides = fc.record({ items, answers });

  it('names every item of both once, those of the later one first', () => {
    fc.assert(
      fc.property(sides, sides, (from, to) => {
        const ids = readinessDifferenceOf(from, to).map(each => each.itemId);
        const later = to.items.map(({ id }) => id);
        const earlier = from.items.map(({ id }) => id);
        expect(ids).toEqual([
          ...later,
          ...earlier.filter(id => !later.includes(id)),
        ]);
      }),
    );
  });

  it('is the mirror image the other way around', () => {
    const mirrored = {
      better: 'worse',
      worse: 'better',
      added: 'removed',
      removed: 'added',
      changed: 'changed',
      same: 'same',
    };
    fc.assert(
      fc.property(sides, sides, (from, to) => {
        const back = new Map(
          readinessDifferenceOf(to, from).map(each => [each.itemId, each]),
        );
        for (const each of readinessDifferenceOf(from, to)) {
          expect(back.get(each.itemId)).toMatchObject({
            change: mirrored[each.change],
            from: each.to,
            to: each.from,
          });
        }
      }),
    );
  });

  it('finds nothing between a test and itself', () => {
    fc.assert(
      fc.property(sides, side => {
        for (const { change } of readinessDifferenceOf(side, side)) {
          expect(change).toBe('same');
        }
      }),
    );
  });

  it('tells better from worse, and both from what merely changed', () => {
    const change = (was: string | null, is: string | null) => {
      const side = (value: string | null) => ({
        items: [{ id: 'a', question: 'Is it?' }],
        answers: new Map(
          value === null
            ? []
            : [['a', { value: value as 'yes', note: null, evidence: [] }]],
        ),
      });
      return readinessDifferenceOf(side(was), side(is))[0].change;
    };
    expect(change('no', 'yes')).toBe('better');
    expect(change('yes', 'no')).toBe('worse');
    expect(change('no', 'not-applicable')).toBe('changed');
    expect(change(null, 'yes')).toBe('changed');
    expect(change('yes', 'yes')).toBe('same');
  });
});
