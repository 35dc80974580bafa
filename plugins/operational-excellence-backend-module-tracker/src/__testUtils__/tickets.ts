import { NewTicket, PastTicket } from '../tickets';

export const NOW = Date.parse('2026-06-01T12:00:00Z');

export function newTicket(overrides: Partial<NewTicket> = {}): NewTicket {
  return {
    entityRef: 'component:default/payments',
    title: 'Alert on the age of the settlement queue',
    description: '',
    labels: [],
    priority: null,
    assignee: null,
    improvement: true,
    ...overrides,
  };
}

export function pastTicket(overrides: Partial<PastTicket> = {}): PastTicket {
  return {
    ...newTicket(),
    externalKey: 'OLD-1',
    createdAt: NOW - 90 * 86_400_000,
    startedAt: null,
    closedAt: null,
    reopenings: [],
    ...overrides,
  };
}
