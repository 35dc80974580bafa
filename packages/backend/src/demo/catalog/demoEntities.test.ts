import {
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  getCompoundEntityRef,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { demoEntities } from './demoEntities';

const VALIDATORS = [
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
]);

const entities = demoEntities();
const refs = new Set(entities.map(entity => stringifyEntityRef(entity)));

/** References that an entity's spec holds, with the kind they mean. */
function references({ spec = {} }: Entity): string[] {
  const ref = (value: unknown, defaultKind: string) =>
    typeof value === 'string'
      ? [
          stringifyEntityRef(
            parseEntityRef(value, { defaultKind, defaultNamespace: 'default' }),
          ),
        ]
      : [];
  const members = Array.isArray(spec.memberOf) ? spec.memberOf : [];
  return [
    ...ref(spec.owner, 'group'),
    ...ref(spec.system, 'system'),
    ...ref(spec.domain, 'domain'),
    ...ref(spec.parent, 'group'),
    ...members.flatMap(group => ref(group, 'group')),
  ];
}

describe('demoEntities', () => {
  it.each(
    entities.map(entity => [stringifyEntityRef(entity), entity] as const),
  )('%s is valid, and says that it is made up', async (_, entity) => {
    await expect(policy.enforce(entity)).resolves.toEqual(entity);
    const verdicts = await Promise.all(
      VALIDATORS.map(validator => validator.check(entity)),
    );
    expect(verdicts).toContain(true);
    expect(entity.metadata).toMatchObject({
      labels: { demo: 'true' },
      tags: ['demo'],
      description: expect.stringMatching(/^Demo data: /),
    });
    expect(references(entity).filter(ref => !refs.has(ref))).toEqual([]);
  });

  it('are an organisation with some thirty services and nested groups', () => {
    expect(refs.size).toBe(entities.length);
    const ofKind = (kind: string) =>
      entities.filter(entity => entity.kind === kind);
    expect(ofKind('Component').length).toBeGreaterThanOrEqual(30);
    const parents = new Map(
      ofKind('Group').map(({ metadata, spec }) => [
        metadata.name,
        spec?.parent as string | undefined,
      ]),
    );
    const depth = (group: string): number => {
      const parent = parents.get(group);
      return parent === undefined ? 1 : 1 + depth(parent);
    };
    expect(Math.max(...[...parents.keys()].map(depth))).toBe(4);
  });

  it('make the guest an owner of services', () => {
    const guest = entities.find(
      entity =>
        getCompoundEntityRef(entity).kind === 'User' &&
        entity.metadata.name === 'guest',
    );
    const [team] = guest?.spec?.memberOf as string[];
    const owned = entities.filter(
      ({ kind, spec }) => kind === 'Component' && spec?.owner === team,
    );
    expect(owned.length).toBeGreaterThan(1);
  });
});
