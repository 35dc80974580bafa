import { RedmineIssue } from '../api';
import { IssueRules } from '../config';
import { toTicket } from './toTicket';

const ISSUE: RedmineIssue = {
  id: 12,
  project: { id: 1, name: 'Payments' },
  tracker: { id: 1, name: 'Bug' },
  status: { id: 2, name: 'In Progress', is_closed: false },
  priority: { id: 3, name: 'High' },
  category: { id: 1, name: 'Operations' },
  assigned_to: { id: 7, name: 'Jo Doe' },
  subject: 'Rotate the keys',
  created_on: '2026-01-02T03:04:05Z',
  updated_on: '2026-02-02T03:04:05Z',
  closed_on: '2026-01-03T03:04:05Z',
  custom_fields: [
    { id: 5, name: 'Service', value: 'Component:default/Payments' },
    { id: 6, name: 'Kinds', value: ['Toil', ''] },
  ],
};

function ticket(
  rules: Partial<IssueRules> = {},
  issue: Partial<RedmineIssue> = {},
  isClosed = false,
) {
  return toTicket(
    { ...ISSUE, ...issue },
    {
      baseUrl: 'https://redmine.example.com',
      project: 'payments',
      isClosed,
      rules: {
        improvement: { trackers: [], categories: [], customField: null },
        inProgress: { statuses: [] },
        entityField: null,
        ...rules,
      },
    },
  );
}

describe('toTicket', () => {
  it('maps an issue', () => {
    expect(ticket()).toEqual({
      externalId: '12',
      key: '#12',
      url: 'https://redmine.example.com/issues/12',
      title: 'Rotate the keys',
      state: 'open',
      improvement: false,
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      startedAt: null,
      closedAt: null,
      updatedAt: Date.UTC(2026, 1, 2, 3, 4, 5),
      labels: ['Operations'],
      priority: 'High',
      assignee: 'Jo Doe',
      container: 'payments',
      facets: ['project:payments'],
    });
  });

  it('knows when a closed issue was closed, and forgets it when it is reopened', () => {
    const closedAt = Date.UTC(2026, 0, 3, 3, 4, 5);
    expect(ticket({}, {}, true)).toMatchObject({ state: 'done', closedAt });
    expect(ticket({}, {}, false)).toMatchObject({
      state: 'open',
      closedAt: null,
    });
    // Imported issues can be closed without an instant.
    expect(ticket({}, { closed_on: null }, true).closedAt).toBe(
      Date.UTC(2026, 1, 2, 3, 4, 5),
    );
  });

  it('knows work under way by its status', () => {
    const inProgress = { statuses: ['in progress'] };
    expect(ticket({ inProgress }).state).toBe('in-progress');
    expect(ticket({ inProgress }, {}, true).state).toBe('done');
  });

  it.each<[string, Partial<IssueRules['improvement']>, boolean]>([
    ['a tracker', { trackers: ['BUG'] }, true],
    ['another tracker', { trackers: ['Feature'] }, false],
    ['a category', { categories: ['operations'] }, true],
    [
      'a field by name',
      { customField: { field: 'kinds', values: ['toil'] } },
      true,
    ],
    [
      'a field by number',
      { customField: { field: 6, values: ['toil'] } },
      true,
    ],
    ['another value', { customField: { field: 6, values: ['x'] } }, false],
    [
      'an unknown field',
      { customField: { field: 9, values: ['toil'] } },
      false,
    ],
  ])('knows an improvement by %s', (_, improvement, expected) => {
    const rules = {
      improvement: {
        trackers: [],
        categories: [],
        customField: null,
        ...improvement,
      },
    };
    expect(ticket(rules).improvement).toBe(expected);
  });

  it('knows the services that a field names', () => {
    expect(ticket({ entityField: 'service' })).toMatchObject({
      container: 'entity:*',
      facets: ['project:payments', 'entity:component:default/payments'],
    });
    const withValue = (value: unknown) =>
      ticket(
        { entityField: 5 },
        { custom_fields: [{ id: 5, name: 'Service', value }] },
      );
    expect(withValue(['payments', 'api:ns/x', 'payments']).facets).toEqual([
      'project:payments',
      'entity:component:default/payments',
      'entity:api:ns/x',
    ]);
    for (const value of ['', null, 'not a ref/with/slashes', {}, 'a:b:c']) {
      expect(withValue(value)).toMatchObject({
        container: 'payments',
        facets: ['project:payments'],
      });
    }
  });
});
