import { TrackerTicketState } from './TrackerTicket';
import { Transition, transitionTicket } from './transitions';

const NOW = 3_000;
const TICKETS = {
  open: { id: 7, state: 'open', startedAt: null, closedAt: null },
  'in-progress': {
    id: 7,
    state: 'in-progress',
    startedAt: 1_000,
    closedAt: null,
  },
  done: { id: 7, state: 'done', startedAt: 1_000, closedAt: 2_000 },
} as const;

describe('transitionTicket', () => {
  it.each([
    ['start', 'open', { state: 'in-progress', startedAt: NOW, closedAt: null }],
    ['close', 'open', { state: 'done', startedAt: null, closedAt: NOW }],
    [
      'close',
      'in-progress',
      { state: 'done', startedAt: 1_000, closedAt: NOW },
    ],
    ['reopen', 'done', { state: 'open', startedAt: null, closedAt: null }],
  ] as [Transition, TrackerTicketState, object][])(
    '%ss a ticket that is %s',
    (transition, state, progress) => {
      expect(
        transitionTicket(TICKETS[state], transition, NOW).progress,
      ).toEqual(progress);
    },
  );

  it.each([
    ['start', 'in-progress', 'started'],
    ['start', 'done', 'started'],
    ['close', 'done', 'closed'],
    ['reopen', 'open', 'reopened'],
    ['reopen', 'in-progress', 'reopened'],
  ] as [Transition, TrackerTicketState, string][])(
    'refuses to %s a ticket that is %s',
    (transition, state, participle) => {
      expect(() => transitionTicket(TICKETS[state], transition, NOW)).toThrow(
        new RegExp(`^OPX-7 is ${state}; only .* can be ${participle}$`),
      );
    },
  );
});
