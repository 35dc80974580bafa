import {
  includesAnyName,
  Ticket,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { GitlabIssue } from '../api';
import { IssueRules } from '../config';

/** What GitLab lists among the issues, though nobody works on it. */
const NO_WORK = ['test_case', 'requirement'];

/** GitLab's own way to write a priority, as a scoped label. */
const PRIORITY_PREFIX = 'priority::';

/**
 * Whether an issue is a ticket of the project or group that lists it: neither
 * a test case nor what is left behind when an issue moves to another project.
 */
export function isTicket({ issue_type, moved_to_id }: GitlabIssue): boolean {
  return (
    !NO_WORK.includes(issue_type ?? '') &&
    (moved_to_id === undefined || moved_to_id === null)
  );
}

/**
 * An issue as a ticket of the project or group that a service names.
 *
 * @param container - the key of that project or group
 */
export function toTicket(
  issue: GitlabIssue,
  container: string,
  rules: IssueRules,
): Ticket {
  const labels = [...new Set(issue.labels)];
  const updatedAt = Date.parse(issue.updated_at);
  const isClosed = issue.state === 'closed';
  const isUnderWay = includesAnyName(rules.inProgress.labels, labels);
  return {
    externalId: externalId(issue, container),
    key: issue.references.full,
    url: webUrl(issue.web_url),
    title: issue.title,
    state: isClosed ? 'done' : (isUnderWay && 'in-progress') || 'open',
    improvement:
      includesAnyName(rules.improvement.labels, labels) ||
      includesAnyName(
        rules.improvement.issueTypes,
        issue.issue_type ? [issue.issue_type] : [],
      ),
    createdAt: Date.parse(issue.created_at),
    // GitLab tells when a label was set only issue by issue.
    startedAt: null,
    closedAt: isClosed ? Date.parse(issue.closed_at ?? issue.updated_at) : null,
    updatedAt,
    labels,
    priority: priorityOf(labels),
    assignee: issue.assignees?.[0]?.username ?? null,
    container,
    facets: [],
  };
}

/**
 * GitLab's immutable id of the issue, within the project or group as it is named.
 *
 * The same issue can be read as one of its project, by path and by number, and as
 * one of several groups. Each keeps its own ticket; by the bare id they would
 * take it from each other with every run. No service names two that share issues.
 */
export function externalId(
  issue: Pick<GitlabIssue, 'id'>,
  container: string,
): string {
  return `${container}:${issue.id}`;
}

function priorityOf(labels: string[]): string | null {
  const label = labels.find(name =>
    name.toLowerCase().startsWith(PRIORITY_PREFIX),
  );
  return label?.slice(PRIORITY_PREFIX.length) || null;
}
