import { InitiativeGoal } from '../api/initiatives';
import { MEASURE_STATES, MeasureFacts } from '../status';
import {
  initiativeGoalMet,
  initiativeEndsAt,
  InitiativeFacts,
  initiativeStanding,
  initiativeState,
} from './initiativeStanding';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400_000;

const IN_ORDER: InitiativeGoal = { kind: 'in-order', measure: 'gameDay' };
const DONE_SINCE: InitiativeGoal = {
  kind: 'done-since',
  measure: 'gameDay',
  since: '2026-11-01',
};

const facts = (given: Partial<InitiativeFacts> = {}): InitiativeFacts => ({
  required: true,
  configured: true,
  failing: false,
  happened: true,
  dueAt: NOW + 100 * DAY,
  warnAt: NOW + 90 * DAY,
  freshUntil: Infinity,
  completeUntil: Infinity,
  waivedUntil: null,
  lastDoneAt: Date.parse('2026-10-31T23:59:59.999Z'),
  ...given,
});

const standing = (goal: InitiativeGoal, given: Partial<InitiativeFacts> = {}) =>
  initiativeStanding(goal, facts(given), { now: NOW });

describe('the standing of a service', () => {
  it.each<[(typeof MEASURE_STATES)[number], string, Partial<MeasureFacts>]>([
    ['ok', 'reached', {}],
    ['due-soon', 'reached', { warnAt: NOW }],
    ['overdue', 'left', { dueAt: NOW - 1 }],
    ['never', 'left', { happened: false }],
    ['failing', 'left', { failing: true }],
    ['not-configured', 'left', { configured: false }],
    ['not-required', 'left', { required: false }],
    ['unknown', 'unknown', { freshUntil: null }],
    ['waived', 'waived', { dueAt: NOW - 1, waivedUntil: NOW + 1 }],
  ])('to a measure in order that is %s is %s', (_, expected, given) => {
    expect(standing(IN_ORDER, given)).toBe(expected);
    expect(initiativeGoalMet(IN_ORDER, facts(given), { now: NOW })).toBe(
      expected === 'reached',
    );
  });

  it('to a day is reached from the beginning of that day in UTC on', () => {
    const lastDoneAt = Date.parse('2026-11-01T00:00:00Z');
    expect(standing(DONE_SINCE)).toBe('left');
    expect(standing(DONE_SINCE, { lastDoneAt })).toBe('reached');
    expect(standing(DONE_SINCE, { lastDoneAt: null })).toBe('left');
  });

  it('to a day does not ask what the policy asks', () => {
    const since = { lastDoneAt: NOW };
    expect(standing(DONE_SINCE, { ...since, required: false })).toBe('reached');
    expect(standing(DONE_SINCE, { ...since, dueAt: NOW - 1 })).toBe('reached');
    expect(standing(DONE_SINCE, { ...since, waivedUntil: NOW + 1 })).toBe(
      'reached',
    );
    expect(standing(DONE_SINCE, { ...since, freshUntil: null })).toBe(
      'reached',
    );
  });

  it('to a day is not known while a source is silent that may hold more', () => {
    expect(standing(DONE_SINCE, { completeUntil: NOW - 1 })).toBe('unknown');
    expect(standing(DONE_SINCE, { completeUntil: null })).toBe('unknown');
    expect(standing(DONE_SINCE, { completeUntil: NOW })).toBe('left');
  });

  it('to a day is waived before it is unknown', () => {
    const given = { completeUntil: null, waivedUntil: NOW + 1 };
    expect(standing(DONE_SINCE, given)).toBe('waived');
    expect(standing(DONE_SINCE, { ...given, waivedUntil: NOW })).toBe(
      'unknown',
    );
  });

  it('to a day is not reached by a test that failed', () => {
    const goal = { ...DONE_SINCE, measure: 'readinessTest' as const };
    expect(standing(goal, { failing: true, lastDoneAt: NOW })).toBe('left');
  });
});

describe('an initiative', () => {
  it('is overdue once its last day is over, until it is closed', () => {
    const end = initiativeEndsAt('2026-11-30');
    expect(end).toBe(Date.parse('2026-12-01T00:00:00Z'));
    const open = { dueOn: '2026-11-30', closedAt: null };
    expect(initiativeState(open, end - 1)).toBe('running');
    expect(initiativeState(open, end)).toBe('overdue');
    expect(initiativeState({ ...open, closedAt: 5 }, end)).toBe('closed');
  });
});
