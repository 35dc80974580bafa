import fc from 'fast-check';
import { DAY_MS } from '../instants';
import { readinessOf, ReadinessTestRun } from './readiness';

const TEMPLATES = ['production', 'recovery', 'security', 'other'];

const runs = fc.uniqueArray(
  fc.record<ReadinessTestRun>({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    template: fc.constantFrom(...TEMPLATES),
    // Few instants, so that some are the same.
    performedAt: fc.nat(6).map(days => days * DAY_MS),
    verdict: fc.constantFrom('pass', 'conditional', 'fail'),
    validUntil: fc.option(fc.nat(20).map(days => days * DAY_MS)),
  }),
  { selector: ({ id }) => id, maxLength: 15 },
);

const policies = fc.record({
  templates: fc.subarray(TEMPLATES.slice(0, 3), { minLength: 1 }),
  every: fc.constantFrom('P5D', 'P10D'),
});

type ReadinessPolicy = { templates: string[]; every: string };

/** Newest first. */
function byAge(a: ReadinessTestRun, b: ReadinessTestRun) {
  return b.performedAt - a.performedAt || (a.id < b.id ? 1 : -1);
}

function workedOutByHand(all: ReadinessTestRun[], policy: ReadinessPolicy) {
  const days = Number(/\d+/.exec(policy.every)![0]);
  const expires = (run: ReadinessTestRun) =>
    run.validUntil === null ? run.performedAt + days * DAY_MS : run.validUntil;
  const newest = policy.templates.flatMap(template =>
    all
      .filter(run => run.template === template)
      .sort(byAge)
      .slice(0, 1),
  );
  const has = (verdict: string) => newest.some(run => run.verdict === verdict);
  const byExpiry = [...newest].sort(
    (a, b) => expires(a) - expires(b) || byAge(a, b),
  );
  return {
    decisive:
      [...newest].sort(byAge).find(run => run.verdict === 'fail') ??
      byExpiry[0] ??
      null,
    lastPerformedAt: [...newest].sort(byAge)[0]?.performedAt ?? null,
    verdict: (['fail', 'conditional', 'pass'] as const).find(has) ?? null,
    dueAt: byExpiry.length ? expires(byExpiry[0]) : null,
    missing: policy.templates.filter(
      template => !all.some(run => run.template === template),
    ),
  };
}

describe('readinessOf', () => {
  it('equals what is worked out by hand', () => {
    fc.assert(
      fc.property(runs, policies, (all, policy) => {
        expect(readinessOf(all, policy)).toEqual(workedOutByHand(all, policy));
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(
        runs.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        policies,
        ([all, shuffled], policy) => {
          expect(readinessOf(shuffled, policy)).toEqual(
            readinessOf(all, policy),
          );
        },
      ),
    );
  });

  it('lets a newer run of a template replace a failed one', () => {
    const run = { template: 'production', validUntil: null };
    const all: ReadinessTestRun[] = [
      { ...run, id: 'a', performedAt: 1 * DAY_MS, verdict: 'fail' },
      { ...run, id: 'b', performedAt: 2 * DAY_MS, verdict: 'pass' },
    ];
    expect(
      readinessOf(all, { templates: ['production'], every: 'P5D' }),
    ).toMatchObject({ verdict: 'pass', dueAt: 7 * DAY_MS });
  });

  it('names a missing template once', () => {
    expect(
      readinessOf([], {
        templates: ['production', 'production'],
        every: 'P1D',
      }),
    ).toEqual({
      decisive: null,
      lastPerformedAt: null,
      verdict: null,
      dueAt: null,
      missing: ['production'],
    });
  });
});
