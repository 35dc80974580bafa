import type { Improvement } from 'backstage-plugin-operational-excellence-common';
import { daysAgo, evaluation, improvement } from '../../__testUtils__';
import { loopGroupOf, loopGroups } from './loopGroups';

const missed = (id: string, overrides: Partial<Improvement> = {}) =>
  improvement(id, {
    stage: 'not-met',
    evaluation: evaluation(id, { verdict: 'not-met', stillPriority: true }),
    ...overrides,
  });

const undelivered = (state: 'queued' | 'rejected') =>
  improvement('1', {
    stage: 'filing',
    ticket: null,
    delivery: { state, attempts: 1, nextAttemptAt: null, reason: null },
  });

/** The ids by group. */
const grouped = (improvements: Improvement[]) =>
  loopGroups(improvements).map(
    each => `${each.group}: ${each.improvements.map(({ id }) => id).join()}`,
  );

describe('loopGroupOf', () => {
  it.each<[string, Improvement]>([
    ['rejected', undelivered('rejected')],
    ['queued', undelivered('queued')],
    ['evaluation', improvement('1', { stage: 'evaluation-due' })],
    ['evaluation', improvement('1', { stage: 'evaluation-overdue' })],
    ['alternative', missed('1')],
    ['finished', missed('1', { alternatives: ['2'] })],
    [
      'finished',
      missed('1', {
        evaluation: evaluation('1', {
          verdict: 'not-met',
          stillPriority: false,
          reason: 'The service is retired.',
        }),
      }),
    ],
    ['open', improvement('1')],
    ['finished', improvement('1', { stage: 'done' })],
    ['finished', improvement('1', { stage: 'met' })],
    ['finished', improvement('1', { stage: 'inconclusive' })],
    ['finished', improvement('1', { stage: 'gone' })],
  ])('is %s for %j', (group, given) => {
    expect(loopGroupOf(given)).toBe(group);
  });
});

describe('loopGroups', () => {
  it('has the most pressing first, and within each what waits longest', () => {
    expect(
      grouped([
        improvement('1', { createdAt: daysAgo(3) }),
        improvement('2', { createdAt: daysAgo(1) }),
        improvement('3', {
          stage: 'evaluation-due',
          evaluationDueAt: '2026-12-02T00:00:00.000Z',
        }),
        improvement('4', {
          stage: 'evaluation-overdue',
          evaluationDueAt: '2026-11-01T00:00:00.000Z',
        }),
        improvement('5', { stage: 'met', doneAt: daysAgo(9) }),
        improvement('6', { stage: 'done', doneAt: daysAgo(2) }),
      ]),
    ).toEqual(['evaluation: 4,3', 'open: 2,1', 'finished: 6,5']);
  });

  it('has an improvement once that moved between two requests', () => {
    expect(grouped([improvement('1'), improvement('1')])).toEqual(['open: 1']);
  });

  it('leaves out what is finished and shown in the chain of its alternative', () => {
    const first = missed('1', { alternatives: ['2'] });
    const second = missed('2', { alternativeTo: '1', alternatives: ['3'] });
    const third = improvement('3', { alternativeTo: '2' });
    expect(grouped([third, second, first])).toEqual(['open: 3']);
    expect(grouped([second, first])).toEqual(['finished: 2']);
  });

  it('leaves out none that needs somebody, whatever it is linked to', () => {
    const reopened = improvement('1', { alternatives: ['2'] });
    const second = improvement('2', { alternativeTo: '1', stage: 'met' });
    expect(grouped([reopened, second])).toEqual(['open: 1', 'finished: 2']);
  });
});
