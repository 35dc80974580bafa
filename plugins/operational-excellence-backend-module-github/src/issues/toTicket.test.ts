import { githubIssueSchema } from '../api';
import { IssueRules } from '../config';
import { toTicket } from './toTicket';

const RULES: IssueRules = {
  improvement: { labels: ['Improvement', 'tech-debt'], issueTypes: ['Task'] },
  inProgress: { labels: ['in progress'] },
};

// As api.github.com answers, with what we do not look at left out in part.
const RECORDED = {
  url: 'https://api.github.com/repos/acme/Payments/issues/12',
  repository_url: 'https://api.github.com/repos/acme/Payments',
  html_url: 'https://github.com/acme/Payments/issues/12',
  id: 2567890123,
  node_id: 'I_kwDOABCD12',
  number: 12,
  title: 'Rehearse the failover',
  user: { login: 'octocat', id: 1 },
  labels: [
    { id: 1, name: 'tech-debt', color: 'ededed', default: false },
    { id: 2, name: 'area/db', color: 'ededed', default: false },
  ],
  state: 'open',
  locked: false,
  assignee: { login: 'octocat', id: 1 },
  assignees: [{ login: 'octocat', id: 1 }],
  milestone: null,
  comments: 0,
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-02-03T04:05:06Z',
  closed_at: null,
  author_association: 'MEMBER',
  type: null,
  state_reason: null,
};

function ticketOf(issue: object = {}, rules = RULES) {
  const parsed = githubIssueSchema.parse({ ...RECORDED, ...issue });
  return toTicket(parsed, 'acme/payments', rules);
}

describe('toTicket', () => {
  it('normalises an issue', () => {
    expect(ticketOf()).toEqual({
      externalId: 'acme/payments:2567890123',
      key: 'acme/Payments#12',
      url: 'https://github.com/acme/Payments/issues/12',
      title: 'Rehearse the failover',
      state: 'open',
      improvement: true,
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      startedAt: null,
      closedAt: null,
      updatedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
      labels: ['tech-debt', 'area/db'],
      priority: null,
      assignee: 'octocat',
      container: 'acme/payments',
      facets: [],
    });
  });

  it.each(['completed', 'not_planned', 'duplicate', null])(
    'counts an issue closed as %p as done',
    state_reason => {
      const closed_at = '2026-02-01T00:00:00Z';
      expect(
        ticketOf({ state: 'closed', state_reason, closed_at }),
      ).toMatchObject({ state: 'done', closedAt: Date.UTC(2026, 1, 1) });
    },
  );

  it('keeps the first creation of an issue that was reopened', () => {
    expect(
      ticketOf({ state_reason: 'reopened', closed_at: '2026-01-20T00:00:00Z' }),
    ).toMatchObject({
      state: 'open',
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      closedAt: null,
    });
  });

  it('has an instant of closing for all that is done', () => {
    expect(ticketOf({ state: 'closed', closed_at: null }).closedAt).toBe(
      Date.UTC(2026, 1, 3, 4, 5, 6),
    );
  });

  it.each([
    ['a label in another case', { labels: [{ name: 'IMPROVEMENT' }] }, true],
    ['a label as text', { labels: ['tech-debt'] }, true],
    ['a part of a label', { labels: [{ name: 'tech-debt-ish' }] }, false],
    ['no label', { labels: [] }, false],
    ['a label without a name', { labels: [{ name: null }] }, false],
    ['its type', { labels: [], type: { id: 3, name: 'task' } }, true],
    ['another type', { labels: [], type: { id: 4, name: 'Bug' } }, false],
    ['an unknown type', { labels: [], type: undefined }, false],
  ])('classes an issue by %s', (_, issue, improvement) => {
    expect(ticketOf(issue).improvement).toBe(improvement);
  });

  it('knows work under way by its label, while the issue is open', () => {
    const labels = [{ name: 'In Progress' }];
    expect(ticketOf({ labels }).state).toBe('in-progress');
    expect(ticketOf({ labels, state: 'closed' }).state).toBe('done');
    const rules = { ...RULES, inProgress: { labels: [] } };
    expect(ticketOf({ labels }, rules).state).toBe('open');
  });

  it.each([
    ['javascript', 'alert(document.domain)'].join(':'),
    'data:text/html,<script>alert(1)</script>',
    '/acme/payments/issues/12',
    '',
  ])('links to no %p', html_url => {
    expect(ticketOf({ html_url }).url).toBeNull();
  });

  it('leaves hostile text as it is', () => {
    const title =
      '<img src=x onerror=alert(1)>\u202e "; drop table tickets; --';
    expect(ticketOf({ title, labels: [{ name: title }] })).toMatchObject({
      title,
      labels: [title],
    });
  });

  it.each([undefined, 'nonsense', 'https://api.github.com/repos/a b/c'])(
    'names the repository as the service does where %p tells nothing',
    repository_url => {
      expect(ticketOf({ repository_url }).key).toBe('acme/payments#12');
    },
  );
});
