import { policy } from '../../__testUtils__/FakePolicies';
import { formatPolicies, parsePolicies } from './policyText';

const problemsOf = (text: string) => {
  const parsed = parsePolicies(text);
  if ('policies' in parsed) throw new Error('nothing is wrong with it');
  return parsed.problems.map(({ line, offset, path, problem }) => ({
    line,
    path,
    at: text.slice(offset).split(/\W/)[0],
    says: problem.kind === 'other' ? problem.message : problem.kind,
  }));
};

describe('policies as a text', () => {
  const both = [
    policy({
      id: 'critical',
      match: { 'metadata.labels.example.com/tier': '1' },
      enforceFrom: '2026-12-01',
    }),
    policy(),
  ];

  it('are read as they were written', () => {
    expect(parsePolicies(formatPolicies(both))).toEqual({ policies: both });
  });

  it.each([
    ['JSON', JSON.stringify(both, null, 2)],
    ['a part of the configuration', JSON.stringify({ policies: both })],
    [
      'the configuration',
      JSON.stringify({ operationalExcellence: { policies: both } }),
    ],
  ])('are read from %s', (_, text) => {
    expect(parsePolicies(text)).toEqual({ policies: both });
  });

  it('get the defaults of what they leave out', () => {
    expect(parsePolicies('- id: a\n  gameDay:\n    every: P30D\n')).toEqual({
      policies: [
        {
          id: 'a',
          gameDay: {
            every: 'P30D',
            warnBefore: 'P14D',
            counts: ['experiment', 'game-day'],
          },
        },
      ],
    });
  });

  it('tell what is wrong where it stands', () => {
    const text = [
      '- id: a',
      '  backlog:',
      '    maxAge: 60 days',
      '- id: b',
      '  gameday: {}',
      '- gameDay:',
      '    every: P30D',
      '    counts: [chaos]',
    ].join('\n');
    expect(problemsOf(text)).toEqual([
      {
        line: 3,
        path: 'a.backlog.maxAge',
        at: 'maxAge',
        says: expect.stringMatching(/^expected an ISO 8601 duration/),
      },
      {
        line: 5,
        path: 'b',
        at: 'gameday',
        says: expect.stringContaining('gameday'),
      },
      { line: 6, path: '[3].id', at: 'gameDay', says: expect.any(String) },
      {
        line: 8,
        path: '[3].gameDay.counts.0',
        at: 'chaos',
        says: expect.any(String),
      },
    ]);
  });

  it('tell where the text ends to be YAML', () => {
    expect(problemsOf('- id: a\n  backlog: {maxAge: P1D\n- id: b\n')).toEqual([
      { line: 3, path: '', at: '', says: expect.any(String) },
    ]);
  });

  it('tell of an id that was given twice', () => {
    expect(problemsOf('- id: a\n- id: b\n- id: a\n')).toEqual([
      { line: 3, path: '', at: 'id', says: 'same-id' },
    ]);
  });

  it.each(['', 'policies', '7', '{}', 'id: a', 'policies: {}'])(
    'are none where the text is %j',
    text => {
      expect(problemsOf(text)).toMatchObject([{ says: 'not-a-list' }]);
    },
  );

  it('are none where there is not one', () => {
    expect(problemsOf('[]')).toMatchObject([{ line: 1 }]);
  });

  it('do not grow without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...[...'bcdefg'].map((name, index) => {
        const before = 'abcdefg'[index];
        return `${name}: &${name} [${Array(10).fill(`*${before}`)}]`;
      }),
      'policies: *g',
    ].join('\n');
    expect(problemsOf(bomb)).toMatchObject([
      { says: expect.stringContaining('alias') },
    ]);
  });
});
