import { policySchema } from 'backstage-plugin-operational-excellence-common';
import { entityFields } from './entityFields';

describe('entityFields', () => {
  it('names what describes a service, and no more', () => {
    expect(entityFields({ annotations: [], policies: [] })).toEqual([
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'relations',
      'spec.domain',
      'spec.lifecycle',
      'spec.owner',
      'spec.system',
      'spec.type',
    ]);
  });

  it('adds what sources and policies look at, however deep', () => {
    const base = entityFields({ annotations: [], policies: [] });
    const fields = entityFields({
      annotations: ['github.com/project-slug', 'github.com/project-slug'],
      tierLabel: 'example.com/tier',
      policies: [
        policySchema.parse({
          id: 'a',
          match: {
            $all: [
              { kind: 'Component', 'metadata.tags': { $contains: 'x' } },
              { $any: [{ 'spec.sla': { $exists: true } }] },
              { $not: { 'metadata.labels.example.com/pci': { $in: ['1'] } } },
            ],
          },
        }),
        policySchema.parse({ id: 'b' }),
      ],
    });
    expect(fields.filter(field => !base.includes(field))).toEqual([
      'metadata.annotations.github.com/project-slug',
      'metadata.labels.example.com/pci',
      'metadata.labels.example.com/tier',
      'metadata.tags',
      'spec.sla',
    ]);
  });
});
