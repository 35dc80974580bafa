import { applyingReadinessItems } from './applyingItems';
import { readinessTemplateFileSchema } from './templateFile';

const smallest = {
  id: 'small',
  version: '1',
  title: 'Small',
  sections: [
    {
      title: 'All of it',
      items: [{ id: 'alarms', question: 'Are there alarms?', risk: 'high' }],
    },
  ],
};

/** The smallest template with another first item. */
function withItem(item: object) {
  const [section] = smallest.sections;
  return {
    ...smallest,
    sections: [{ ...section, items: [{ ...section.items[0], ...item }] }],
  };
}

function messagesOf(given: unknown) {
  const result = readinessTemplateFileSchema.safeParse(given);
  return result.error?.issues.map(({ message, path }) => [
    path.join('.'),
    message,
  ]);
}

describe('readinessTemplateFileSchema', () => {
  it('fills in what is left out', () => {
    expect(readinessTemplateFileSchema.parse(smallest)).toEqual({
      ...smallest,
      description: null,
      validFor: null,
      signOff: false,
      sections: [
        {
          title: 'All of it',
          items: [
            {
              id: 'alarms',
              question: 'Are there alarms?',
              guidance: null,
              risk: 'high',
              blocking: true,
              evidence: 'optional',
              automatic: false,
              appliesTo: null,
            },
          ],
        },
      ],
    });
  });

  it('lets only high risks block, unless told otherwise', () => {
    const blocking = (item: object) =>
      readinessTemplateFileSchema.parse(withItem(item)).sections[0].items[0]
        .blocking;
    expect(blocking({ risk: 'medium' })).toBe(false);
    expect(blocking({ risk: 'low', blocking: true })).toBe(true);
    expect(blocking({ risk: 'high', blocking: false })).toBe(false);
  });

  it('takes a version that YAML takes for a number', () => {
    expect(
      readinessTemplateFileSchema.parse({ ...smallest, version: 1.5 }).version,
    ).toBe('1.5');
  });

  it.each<[string, unknown, string, RegExp]>([
    [
      'a misspelt key',
      withItem({ evidense: 'none' }),
      'sections.0.items.0',
      /evidense/,
    ],
    [
      'an unknown risk',
      withItem({ risk: 'huge' }),
      'sections.0.items.0.risk',
      /high/,
    ],
    [
      'an id with a slash',
      withItem({ id: 'a/b' }),
      'sections.0.items.0.id',
      /lower case/,
    ],
    [
      'a filter that is none',
      withItem({ appliesTo: { kind: { $in: 1 } } }),
      'sections.0.items.0.appliesTo',
      /filter predicate/,
    ],
    [
      'a duration that is none',
      { ...smallest, validFor: '90 days' },
      'validFor',
      /ISO 8601/,
    ],
    [
      'no sections',
      { ...smallest, sections: [] },
      'sections',
      /at least one section/,
    ],
    ['a list', [], '', /object/],
  ])('refuses %s', (_, given, path, message) => {
    expect(messagesOf(given)).toEqual([[path, expect.stringMatching(message)]]);
  });

  it('refuses an id that two items have, in whichever sections', () => {
    expect(
      messagesOf({
        ...smallest,
        sections: [...smallest.sections, ...smallest.sections],
      }),
    ).toEqual([
      [
        'sections.1.items.0.id',
        'expected an id that no other item has; sections[0].items[0] has it',
      ],
    ]);
  });
});

describe('applyingReadinessItems', () => {
  it('leaves out what does not apply to the entity', () => {
    const template = readinessTemplateFileSchema.parse({
      ...smallest,
      sections: [
        {
          title: 'All of it',
          items: [
            { id: 'all', question: 'All?', risk: 'low' },
            {
              id: 'websites',
              question: 'Websites?',
              risk: 'low',
              appliesTo: { 'spec.type': 'website' },
            },
          ],
        },
      ],
    });
    const entity = (type: string) => ({ kind: 'Component', spec: { type } });
    expect(applyingReadinessItems(template, entity('service'))).toEqual([
      'all',
    ]);
    expect(applyingReadinessItems(template, entity('website'))).toEqual([
      'all',
      'websites',
    ]);
  });
});
