import fc from 'fast-check';
import { Policy } from './policy';
import { selectPolicy } from './selectPolicy';

const TIER = 'metadata.labels.example.com/tier';

const entities = fc.record({
  apiVersion: fc.constant('backstage.io/v1alpha1'),
  kind: fc.constantFrom('Component', 'API'),
  metadata: fc.record({
    name: fc.constant('payments'),
    labels: fc.record(
      { 'example.com/tier': fc.constantFrom('1', '2') },
      { requiredKeys: [] },
    ),
  }),
  spec: fc.record({ lifecycle: fc.constantFrom('production', 'experimental') }),
});

type Conditions = { kind?: string; tier?: string; lifecycle?: string };

const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    kind: fc.constantFrom('Component', 'API'),
    tier: fc.constantFrom('1', '2'),
    lifecycle: fc.constantFrom('production', 'experimental'),
  },
  { requiredKeys: [] },
);

function policyOf(
  { kind, tier, lifecycle }: Conditions,
  index: number,
): Policy {
  return {
    id: `policy-${index}`,
    match: {
      ...(kind && { kind }),
      ...(tier && { [TIER]: tier }),
      ...(lifecycle && { 'spec.lifecycle': { $in: [lifecycle] } }),
    },
  };
}

describe('selectPolicy', () => {
  it('takes the first whose conditions all hold', () => {
    fc.assert(
      fc.property(
        entities,
        fc.array(conditions, { maxLength: 6 }),
        (entity, all) => {
          const expected = all.findIndex(
            ({ kind, tier, lifecycle }) =>
              (kind ?? entity.kind) === entity.kind &&
              (tier === undefined ||
                tier === entity.metadata.labels['example.com/tier']) &&
              (lifecycle ?? entity.spec.lifecycle) === entity.spec.lifecycle,
          );
          expect(selectPolicy(all.map(policyOf), entity)?.id).toBe(
            expected < 0 ? undefined : `policy-${expected}`,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes a policy without a filter for all that come to it', () => {
    const policies = [
      policyOf({ tier: '1' }, 0),
      { id: 'default' },
      policyOf({ tier: '2' }, 2),
    ];
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'a', labels: { 'example.com/tier': '2' } },
    };
    expect(selectPolicy(policies, entity)?.id).toBe('default');
  });

  it('understands the operators of filter predicates', () => {
    const match = {
      $not: { $any: [{ 'spec.lifecycle': 'experimental' }, { [TIER]: '3' }] },
    };
    const policies = [{ id: 'serious', match }];
    expect(
      selectPolicy(policies, { spec: { lifecycle: 'production' } })?.id,
    ).toBe('serious');
    expect(
      selectPolicy(policies, { spec: { lifecycle: 'experimental' } }),
    ).toBeUndefined();
  });
});
