import { CalendarEntry, writeCalendar } from './writeCalendar';

const ENTRY: CalendarEntry = {
  id: 'e1',
  version: 3,
  kind: 'game-day',
  title: 'Lose a zone',
  state: 'planned',
  approvalState: 'not-required',
  startsAt: Date.parse('2026-07-01T08:00:00Z'),
  endsAt: Date.parse('2026-07-01T10:00:00Z'),
  updatedAt: Date.parse('2026-06-01T08:00:00Z'),
  facilitator: null,
  hypothesis: null,
  services: ['Payments'],
};

/** The lines of what is written, with those that were folded in one again. */
function linesOf(given: Partial<CalendarEntry>, appBaseUrl?: string) {
  const text = writeCalendar([{ ...ENTRY, ...given }], { appBaseUrl });
  return text.replaceAll('\r\n ', '').split('\r\n');
}

const valueOf = (name: string, lines: string[]) =>
  lines.find(line => line.startsWith(`${name}:`))?.slice(name.length + 1);

describe('writeCalendar', () => {
  it('writes what calendars need to know an event again', () => {
    expect(linesOf({}, 'https://portal.example/base/')).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'UID:e1@operational-excellence',
        'SEQUENCE:3',
        'DTSTAMP:20260601T080000Z',
        'DTSTART:20260701T080000Z',
        'DTEND:20260701T100000Z',
        'SUMMARY:Game day: Lose a zone',
        'DESCRIPTION:Services: Payments',
        'STATUS:CONFIRMED',
        'URL;VALUE=URI:https://portal.example/base/operational-excellence/game-days/e1',
        'END:VCALENDAR',
      ]),
    );
  });

  it.each([
    ['CONFIRMED', { approvalState: 'approved' }],
    ['TENTATIVE', { approvalState: 'pending' }],
    ['TENTATIVE', { approvalState: 'rejected' }],
    ['CANCELLED', { state: 'cancelled', approvalState: 'pending' }],
    ['CONFIRMED', { state: 'running', approvalState: 'pending' }],
    ['CONFIRMED', { state: 'held' }],
  ] as [string, Partial<CalendarEntry>][])('is %s for %j', (status, given) => {
    expect(valueOf('STATUS', linesOf(given))).toBe(status);
  });

  it('lets no text end its line or begin another event', () => {
    const lines = linesOf({
      title: 'a\r\nEND:VEVENT\u0000\u202e; b, c\\d',
      facilitator: 'Eve\nATTENDEE:mailto:x@example.com',
      services: ['x'.repeat(300)],
    });
    expect(valueOf('SUMMARY', lines)).toBe(
      'Game day: a END:VEVENT \\; b\\, c\\\\d',
    );
    expect(valueOf('DESCRIPTION', lines)).toContain(
      'Facilitator: Eve\\nATTENDEE:mailto:x@example.com',
    );
    expect(lines.filter(line => line === 'END:VEVENT')).toHaveLength(1);
    expect(lines.some(line => line.startsWith('ATTENDEE'))).toBe(false);
    const longest = writeCalendar([{ ...ENTRY, title: 'ü'.repeat(200) }], {})
      .split('\r\n')
      .map(line => Buffer.byteLength(line));
    expect(Math.max(...longest)).toBeLessThanOrEqual(75);
  });

  it('has events that begin and have no end', () => {
    const lines = linesOf({ endsAt: ENTRY.startsAt });
    expect(valueOf('DTSTART', lines)).toBe('20260701T080000Z');
    expect(valueOf('DTEND', lines)).toBeUndefined();
  });

  it('is a calendar without any', () => {
    expect(writeCalendar([], {})).toMatch(
      /^BEGIN:VCALENDAR\r\n.*END:VCALENDAR/s,
    );
  });
});
