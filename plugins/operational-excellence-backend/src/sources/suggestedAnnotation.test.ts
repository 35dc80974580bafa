import { suggestedAnnotation } from './suggestedAnnotation';

const KEYS = ['github.com/project-slug', 'jira/project-key'];

describe('suggestedAnnotation', () => {
  it.each([
    [
      'what was misspelt',
      { 'github.com/project-slug': 'Acme/Paymnts' },
      { named: 'acme/paymnts', meant: 'acme/payments' },
      { annotation: KEYS[0], value: 'acme/payments' },
    ],
    [
      'one of several names',
      { 'jira/project-key': 'OPS, PAX, PAXX' },
      { named: 'PAX', meant: 'PAY' },
      { annotation: KEYS[1], value: 'OPS, PAY, PAXX' },
    ],
    [
      'a name after a prefix',
      { 'jira/project-key': 'acme/PAX' },
      { named: 'PAX', meant: 'PAY' },
      { annotation: KEYS[1], value: 'acme/PAY' },
    ],
    [
      'names as they are, whatever is in them',
      { 'jira/project-key': 'A+B' },
      { named: 'A+B', meant: '$&$1' },
      { annotation: KEYS[1], value: '$&$1' },
    ],
    [
      'nothing within other names',
      { 'jira/project-key': 'PAXX', 'github.com/project-slug': 'a/PAX-2' },
      { named: 'PAX', meant: 'PAY' },
      undefined,
    ],
    [
      'nothing of annotations that the source does not read',
      { other: 'PAX' },
      { named: 'PAX', meant: 'PAY' },
      undefined,
    ],
  ])('replaces %s', (_, annotations, names, expected) => {
    expect(suggestedAnnotation({ annotations, keys: KEYS, ...names })).toEqual(
      expected,
    );
  });
});
