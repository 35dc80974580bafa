import { evaluationDueAt, improvementStage } from './improvementStage';

const NOW = Date.parse('2026-07-01T08:00:00Z');
const DONE = { state: 'done', closedAt: NOW - 1_000 } as const;

describe('improvementStage', () => {
  it.each([
    ['filing', { delivery: 'queued', ticket: null }],
    ['filing', { delivery: 'rejected', ticket: null }],
    ['gone', { ticket: null }],
    ['open', { ticket: { state: 'open', closedAt: null } }],
    ['open', { ticket: { state: 'in-progress', closedAt: null } }],
    ['done', {}],
    ['evaluation-due', { evaluationDueAt: NOW }],
    ['evaluation-overdue', { evaluationDueAt: NOW - 1 }],
    ['met', { verdict: 'met', evaluationDueAt: NOW - 1 }],
    ['not-met', { verdict: 'not-met' }],
    ['inconclusive', { verdict: 'inconclusive', evaluationDueAt: NOW + 1 }],
  ] as const)('is %s for %j', (stage, facts) => {
    expect(
      improvementStage(
        {
          delivery: 'filed',
          ticket: DONE,
          verdict: null,
          evaluationDueAt: null,
          ...facts,
        },
        NOW,
      ),
    ).toBe(stage);
  });
});

describe('evaluationDueAt', () => {
  const policy = { evaluation: { within: 'P1M' } };

  it('lies the time of the policy after what was done', () => {
    expect(evaluationDueAt(Date.parse('2026-01-31T08:00:00Z'), policy)).toBe(
      Date.parse('2026-02-28T08:00:00Z'),
    );
  });

  it.each([
    ['nothing is done', null, policy],
    ['the policy asks for none', NOW, {}],
    ['there is no policy', NOW, undefined],
  ])('is not known where %s', (_, doneAt, given) => {
    expect(evaluationDueAt(doneAt, given)).toBeNull();
  });
});
