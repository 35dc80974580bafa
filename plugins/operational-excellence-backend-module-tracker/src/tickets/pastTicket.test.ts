import { NOW, pastTicket } from '../__testUtils__/tickets';
import { eventsOfPast, problemOfPast, progressOfPast } from './pastTicket';

describe('a ticket with a past', () => {
  it('is done, in progress or open as its instants tell', () => {
    expect(progressOfPast(pastTicket({ createdAt: 1 }))).toEqual({
      state: 'open',
      startedAt: null,
      closedAt: null,
      updatedAt: 1,
    });
    expect(
      progressOfPast(pastTicket({ createdAt: 1, startedAt: 2 })),
    ).toMatchObject({ state: 'in-progress', updatedAt: 2 });
    expect(
      progressOfPast(pastTicket({ createdAt: 1, closedAt: 3 })),
    ).toMatchObject({ state: 'done', closedAt: 3, updatedAt: 3 });
  });

  it('keeps the story of its reopenings', () => {
    const ticket = pastTicket({
      createdAt: 1,
      reopenings: [{ closedAt: 2, reopenedAt: 3 }],
      startedAt: 4,
    });
    expect(progressOfPast(ticket)).toMatchObject({
      state: 'in-progress',
      startedAt: 4,
      closedAt: null,
    });
    expect(
      eventsOfPast(ticket, 'user:default/mira').map(({ kind, at }) => [
        kind,
        at,
      ]),
    ).toEqual([
      ['imported', 1],
      ['closed', 2],
      ['reopened', 3],
      ['started', 4],
    ]);
  });

  it('has its instants in order and none in the future', () => {
    expect(
      problemOfPast(
        pastTicket({ createdAt: 1, startedAt: 1, closedAt: NOW }),
        NOW,
      ),
    ).toBeUndefined();
    expect(problemOfPast(pastTicket({ createdAt: 5, closedAt: 4 }), NOW)).toBe(
      'closedAt lies before createdAt',
    );
    expect(
      problemOfPast(
        pastTicket({ createdAt: 1, startedAt: 9, closedAt: 8 }),
        NOW,
      ),
    ).toBe('closedAt lies before startedAt');
    expect(
      problemOfPast(
        pastTicket({
          createdAt: 1,
          reopenings: [{ closedAt: 5, reopenedAt: 4 }],
        }),
        NOW,
      ),
    ).toBe('reopenings[0].reopenedAt lies before reopenings[0].closedAt');
    expect(problemOfPast(pastTicket({ createdAt: NOW + 1 }), NOW)).toBe(
      'createdAt lies in the future',
    );
  });
});
