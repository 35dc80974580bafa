import fc from 'fast-check';
import { approvalDecisionSchema, exerciseKindSchema } from '../api/exercises';
import { policySchema } from '../policy';
import { approvalStateOf, approversOf } from './approvals';

const kind = fc.constantFrom(...exerciseKindSchema.options);
const approver = fc.constantFrom(
  'group:default/sre',
  'Group:Default/SRE',
  'user:default/alice',
);
const policy = fc.option(
  fc.record({
    exercise: fc.option(
      fc.record({
        approvers: fc.option(fc.array(approver, { minLength: 1 }), {
          nil: undefined,
        }),
        approvalFor: fc.uniqueArray(kind, { minLength: 1 }),
      }),
      { nil: undefined },
    ),
  }),
  { nil: undefined },
);

describe('approversOf', () => {
  it('is everybody whom a policy names for the kind, once', () => {
    fc.assert(
      fc.property(kind, fc.array(policy), (of, policies) => {
        const named = policies.flatMap(each =>
          each?.exercise?.approvalFor.includes(of)
            ? each.exercise.approvers ?? []
            : [],
        );
        const approvers = approversOf(of, policies);
        const lower = approvers.map(each => each.toLowerCase());
        expect(new Set(lower)).toEqual(
          new Set(named.map(each => each.toLowerCase())),
        );
        expect(lower).toHaveLength(new Set(lower).size);
        expect(named).toEqual(expect.arrayContaining(approvers));
      }),
    );
  });

  it('asks for game days only, unless the policy says more', () => {
    const exercise = { approvers: ['group:default/sre'] };
    const policies = [policySchema.parse({ id: 'p', exercise })];
    expect(approversOf('game-day', policies)).toEqual(['group:default/sre']);
    expect(approversOf('tabletop', policies)).toEqual([]);
  });
});

describe('approvalStateOf', () => {
  const decision = fc.option(
    fc.constantFrom(...approvalDecisionSchema.options),
  );

  it('takes all of them to approve, and one to reject', () => {
    fc.assert(
      fc.property(fc.array(decision), decisions => {
        const state = approvalStateOf(decisions);
        expect(state === 'not-required').toBe(decisions.length === 0);
        expect(state === 'rejected').toBe(
          decisions.some(each => each === 'rejected'),
        );
        expect(state === 'approved').toBe(
          decisions.length > 0 && decisions.every(each => each === 'approved'),
        );
      }),
    );
  });
});
