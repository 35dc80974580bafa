import fc from 'fast-check';
import { addDuration } from '../instants';
import { defaultPolicy, policySchema } from './policy';

function problemsOf(policy: unknown) {
  const result = policySchema.safeParse(policy);
  return result.success
    ? []
    : result.error.issues.map(({ path }) => path.join('.'));
}

describe('policySchema', () => {
  it('fills in what is left out', () => {
    expect(
      policySchema.parse({
        id: 'tier-1',
        backlog: { maxAge: 'P60D' },
        gameDay: { every: 'P90D' },
        readinessTest: { templates: ['production-readiness'], every: 'P180D' },
      }),
    ).toEqual({
      id: 'tier-1',
      backlog: { maxAge: 'P60D', warnBefore: 'P14D' },
      gameDay: {
        every: 'P90D',
        warnBefore: 'P14D',
        counts: ['experiment', 'game-day'],
      },
      readinessTest: {
        templates: ['production-readiness'],
        every: 'P180D',
        warnBefore: 'P14D',
      },
    });
  });

  it('asks for nothing that a policy leaves out', () => {
    expect(policySchema.parse({ id: 'lenient' })).toEqual({ id: 'lenient' });
  });

  it('accepts the default policy as it is', () => {
    expect(policySchema.parse(defaultPolicy)).toEqual(defaultPolicy);
  });

  it.each([
    ['no id', {}, 'id'],
    ['an empty id', { id: '' }, 'id'],
    ['a key that it does not know', { id: 'a', backlogs: {} }, ''],
    [
      'a misspelt threshold',
      { id: 'a', backlog: { maxAge: 'P1D', warn: 'P1D' } },
      'backlog',
    ],
    [
      'a share above one',
      { id: 'a', backlog: { maxAge: 'P1D', improvementShare: 1.1 } },
      'backlog.improvementShare',
    ],
    [
      'a share below zero',
      { id: 'a', backlog: { maxAge: 'P1D', improvementShare: -0.1 } },
      'backlog.improvementShare',
    ],
    [
      'nothing that counts',
      { id: 'a', gameDay: { every: 'P1D', counts: [] } },
      'gameDay.counts',
    ],
    [
      'an unknown kind',
      { id: 'a', gameDay: { every: 'P1D', counts: ['party'] } },
      'gameDay.counts.0',
    ],
    [
      'no template',
      { id: 'a', readinessTest: { every: 'P1D', templates: [] } },
      'readinessTest.templates',
    ],
    ['a filter that is none', { id: 'a', match: 'kind: Component' }, 'match'],
  ])('refuses %s', (_, policy, path) => {
    expect(problemsOf(policy)).toEqual([path]);
  });

  const parts = fc.record({
    years: fc.nat(120),
    months: fc.nat(15),
    days: fc.nat(40_000),
  });

  it('accepts durations of up to 100 years', () => {
    fc.assert(
      fc.property(parts, ({ years, months, days }) => {
        const every = `P${years}Y${months}M${days}D`;
        const inDays = years * 365 + months * 30 + days;
        expect(problemsOf({ id: 'a', gameDay: { every } })).toEqual(
          inDays > 0 && inDays <= 36_500 ? [] : ['gameDay.every'],
        );
      }),
    );
  });

  it('accepts only durations that lead forward, to an instant that exists', () => {
    fc.assert(
      fc.property(parts, ({ years, months, days }) => {
        const every = `P${years}Y${months}M${days}D`;
        fc.pre(problemsOf({ id: 'a', gameDay: { every } }).length === 0);
        const now = Date.UTC(2026, 0, 1);
        expect(addDuration(now, every)).toBeGreaterThan(now);
      }),
    );
  });

  it.each([
    '',
    '90',
    '90d',
    'P',
    'P0D',
    'PT0S',
    '-P1D',
    'P-1D',
    'P1Y-13M',
    'P9999999999999Y',
  ])('refuses the duration %j', maxAge => {
    expect(problemsOf({ id: 'a', backlog: { maxAge } })).toEqual([
      'backlog.maxAge',
    ]);
  });
});
