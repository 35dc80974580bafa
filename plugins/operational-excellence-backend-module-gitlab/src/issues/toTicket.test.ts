import { gitlabIssueSchema } from '../api';
import { IssueRules } from '../config';
import { isTicket, toTicket } from './toTicket';

const RULES: IssueRules = {
  improvement: { labels: ['Improvement', 'tech-debt'], issueTypes: ['task'] },
  inProgress: { labels: ['workflow::in dev'] },
};

// As gitlab.com answers, with what we do not look at left out in part.
const RECORDED = {
  id: 76,
  iid: 12,
  project_id: 42,
  title: 'Rehearse the failover',
  description: 'So that it works.',
  state: 'opened',
  created_at: '2026-01-02T05:04:05.678+02:00',
  updated_at: '2026-02-03T04:05:06.789Z',
  closed_at: null,
  closed_by: null,
  labels: ['tech-debt', 'priority::2', 'tech-debt'],
  milestone: null,
  assignees: [{ id: 7, username: 'guest.one', state: 'active' }],
  author: { id: 1, username: 'root' },
  type: 'ISSUE',
  assignee: { id: 7, username: 'guest.one' },
  confidential: false,
  issue_type: 'issue',
  web_url: 'https://gitlab.com/Acme/payments/-/issues/12',
  references: { short: '#12', relative: '#12', full: 'Acme/payments#12' },
  weight: 3,
  moved_to_id: null,
};

const issueOf = (issue: object = {}) =>
  gitlabIssueSchema.parse({ ...RECORDED, ...issue });
const ticketOf = (issue: object = {}, rules = RULES) =>
  toTicket(issueOf(issue), 'acme/payments', rules);

describe('toTicket', () => {
  it('normalises an issue', () => {
    expect(ticketOf()).toEqual({
      externalId: 'acme/payments:76',
      key: 'Acme/payments#12',
      url: 'https://gitlab.com/Acme/payments/-/issues/12',
      title: 'Rehearse the failover',
      state: 'open',
      improvement: true,
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      startedAt: null,
      closedAt: null,
      updatedAt: Date.UTC(2026, 1, 3, 4, 5, 6, 789),
      labels: ['tech-debt', 'priority::2'],
      priority: '2',
      assignee: 'guest.one',
      container: 'acme/payments',
      facets: [],
    });
  });

  it('knows when an issue was closed', () => {
    const closed_at = '2026-02-01T00:00:00.001Z';
    expect(ticketOf({ state: 'closed', closed_at })).toMatchObject({
      state: 'done',
      closedAt: Date.UTC(2026, 1, 1, 0, 0, 0, 1),
    });
    // As of imported issues.
    expect(ticketOf({ state: 'closed' }).closedAt).toBe(
      Date.UTC(2026, 1, 3, 4, 5, 6, 789),
    );
  });

  it('keeps the first creation of an issue that was reopened', () => {
    expect(ticketOf({ closed_at: '2026-01-20T00:00:00Z' })).toMatchObject({
      state: 'open',
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      closedAt: null,
    });
  });

  it.each([
    ['a label in another case', { labels: ['IMPROVEMENT'] }, true],
    ['a part of a label', { labels: ['tech-debt-ish'] }, false],
    ['no label', { labels: [] }, false],
    ['its type', { labels: [], issue_type: 'task' }, true],
    ['another type', { labels: [], issue_type: 'incident' }, false],
    ['an unknown type', { labels: [], issue_type: undefined }, false],
  ])('classes an issue by %s', (_, issue, improvement) => {
    expect(ticketOf(issue).improvement).toBe(improvement);
  });

  it('knows work under way by its label, while the issue is open', () => {
    const labels = ['Workflow::In dev'];
    expect(ticketOf({ labels }).state).toBe('in-progress');
    expect(ticketOf({ labels, state: 'closed' }).state).toBe('done');
    const rules = { ...RULES, inProgress: { labels: [] } };
    expect(ticketOf({ labels }, rules).state).toBe('open');
  });

  it.each([
    ['javascript', 'alert(document.domain)'].join(':'),
    'data:text/html,<script>alert(1)</script>',
    '/acme/payments/-/issues/12',
    '',
  ])('links to no %p', web_url => {
    expect(ticketOf({ web_url }).url).toBeNull();
  });

  it('leaves hostile text as it is', () => {
    const title =
      '<img src=x onerror=alert(1)>\u202e "; drop table tickets; --';
    expect(ticketOf({ title, labels: [title] })).toMatchObject({
      title,
      labels: [title],
    });
  });

  it('knows nobody and no priority where there is none', () => {
    const issue = { assignees: [], labels: ['priority::'] };
    expect(ticketOf(issue)).toMatchObject({ assignee: null, priority: null });
    expect(ticketOf({ assignees: undefined }).assignee).toBeNull();
  });
});

describe('isTicket', () => {
  it.each([
    ['an issue', {}, true],
    ['an incident', { issue_type: 'incident' }, true],
    [
      'an issue of an old release',
      { issue_type: undefined, moved_to_id: undefined },
      true,
    ],
    ['a test case', { issue_type: 'test_case' }, false],
    ['a requirement', { issue_type: 'requirement' }, false],
    ['what moved away', { state: 'closed', moved_to_id: 80 }, false],
  ])('tells whether %s is one', (_, issue, expected) => {
    expect(isTicket(issueOf(issue))).toBe(expected);
  });
});
