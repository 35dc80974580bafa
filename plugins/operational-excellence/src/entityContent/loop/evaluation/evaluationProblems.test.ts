import { evaluationRequestSchema } from 'backstage-plugin-operational-excellence-common';
import {
  EMPTY_EVALUATION,
  EvaluationDraft,
  newEvidence,
  requestOf,
} from './EvaluationDraft';
import { evaluationProblems, hasProblems } from './evaluationProblems';

const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

const draft = (changes: Partial<EvaluationDraft> = {}): EvaluationDraft => ({
  ...EMPTY_EVALUATION,
  verdict: 'met',
  ...changes,
});

const evidence = (title: string, url: string) => [{ id: 1, title, url }];

const FINE: [string, EvaluationDraft][] = [
  ['a bare verdict', draft()],
  [
    'everything',
    draft({
      measured: ' 4 minutes ',
      evidence: evidence(' Dashboard ', ' https://example.com/d '),
      note: 'Better.',
    }),
  ],
  [
    'a link that nothing was typed into',
    draft({ evidence: evidence(' ', '') }),
  ],
  [
    'what is still a priority',
    draft({ verdict: 'not-met', stillPriority: 'yes' }),
  ],
  [
    'what is no priority any more',
    draft({ verdict: 'not-met', stillPriority: 'no', reason: 'Retired.' }),
  ],
  [
    'answers to a question that is not asked any more',
    draft({ stillPriority: 'no', reason: 'Retired.' }),
  ],
];

describe('an evaluation without problems', () => {
  it.each(FINE)('is one that the backend takes: %s', (_, fine) => {
    expect(hasProblems(evaluationProblems(fine))).toBe(false);
    const request = requestOf(fine, fine.verdict || 'met');
    expect(evaluationRequestSchema.parse(request)).toEqual(request);
  });

  it('leaves out what does not belong to its verdict', () => {
    expect(
      requestOf(
        draft({
          verdict: 'inconclusive',
          stillPriority: 'no',
          reason: 'Retired.',
          evidence: evidence('', ''),
          measured: ' ',
        }),
        'inconclusive',
      ),
    ).toEqual({
      verdict: 'inconclusive',
      measured: null,
      evidence: [],
      note: null,
      stillPriority: null,
      reason: null,
    });
  });
});

describe('the problems of an evaluation', () => {
  it.each<[string, EvaluationDraft, object]>([
    ['no verdict', draft({ verdict: '' }), { verdict: { kind: 'verdict' } }],
    [
      'no word on the priority',
      draft({ verdict: 'not-met' }),
      { stillPriority: { kind: 'priority' } },
    ],
    [
      'no reason',
      draft({ verdict: 'not-met', stillPriority: 'no', reason: ' ' }),
      { reason: { kind: 'reason' } },
    ],
    [
      'a script for an address',
      draft({ evidence: evidence('Dashboard', SCRIPT_URL) }),
      { evidence: { 1: { url: { kind: 'address' } } } },
    ],
    [
      'no title',
      draft({ evidence: evidence('', 'https://example.com') }),
      { evidence: { 1: { title: { kind: 'evidence-title' } } } },
    ],
    [
      'a result that is too long',
      draft({ measured: 'x'.repeat(1_001) }),
      { measured: { kind: 'too-long', max: 1_000 } },
    ],
    [
      'a note that is too long',
      draft({ note: 'x'.repeat(10_001) }),
      { note: { kind: 'too-long', max: 10_000 } },
    ],
  ])('are told: %s', (_, given, problems) => {
    expect(evaluationProblems(given)).toMatchObject(problems);
    expect(hasProblems(evaluationProblems(given))).toBe(true);
  });
});

describe('newEvidence', () => {
  it('has an id that no other link has', () => {
    const first = newEvidence([]);
    const second = newEvidence([first]);
    const third = newEvidence([second]);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });
});
