import {
  ANNOTATION_FIS_TAGS,
  ANNOTATION_FIS_TEMPLATE_IDS,
} from 'backstage-plugin-operational-excellence-common';
import { MalformedAnnotationError } from 'backstage-plugin-operational-excellence-node';
import { matcherFor } from './matcherFor';

const match = (annotations: Record<string, string>) =>
  matcherFor({ entityRef: 'component:default/a', title: 'A', annotations });

describe('matcherFor', () => {
  it('has nothing to say without annotations', () => {
    expect(match({ other: 'x' })).toBeUndefined();
  });

  it('reads template ids', () => {
    expect(
      match({ [ANNOTATION_FIS_TEMPLATE_IDS]: 'EXT1a, EXT2,EXT1a' }),
    ).toEqual({ templateIds: ['EXT1a', 'EXT2'], tagSelectors: [] });
  });

  it('reads tags: a comma is and, a semicolon is or', () => {
    expect(
      match({
        [ANNOTATION_FIS_TAGS]:
          'Service=payments, Env = staging ;url=https://a?b=c;empty=',
      }),
    ).toEqual({
      templateIds: [],
      tagSelectors: [
        { Service: 'payments', Env: 'staging' },
        { url: 'https://a?b=c' },
        { empty: '' },
      ],
    });
  });

  it.each([
    [ANNOTATION_FIS_TEMPLATE_IDS, ''],
    [ANNOTATION_FIS_TEMPLATE_IDS, 'EXT1,'],
    [ANNOTATION_FIS_TEMPLATE_IDS, 'EXP1'],
    [ANNOTATION_FIS_TEMPLATE_IDS, 'EXT 1'],
    [ANNOTATION_FIS_TEMPLATE_IDS, `EXT${'a'.repeat(62)}`],
    [ANNOTATION_FIS_TAGS, ''],
    [ANNOTATION_FIS_TAGS, 'payments'],
    [ANNOTATION_FIS_TAGS, ' =payments'],
    [ANNOTATION_FIS_TAGS, 'a=1,,b=2'],
    [ANNOTATION_FIS_TAGS, 'a=1;'],
    [ANNOTATION_FIS_TAGS, 'a=1,a=2'],
  ])('refuses %s: %j', (annotation, value) => {
    expect(() => match({ [annotation]: value })).toThrow(
      MalformedAnnotationError,
    );
  });
});
