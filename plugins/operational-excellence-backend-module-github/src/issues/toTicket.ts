import {
  includesAnyName,
  Ticket,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { parseRepositoryName } from '../annotations';
import { GithubIssue } from '../api';
import { IssueRules } from '../config';

/**
 * An issue as a ticket of the repository that a service names.
 *
 * @param container - the key of that repository
 */
export function toTicket(
  issue: GithubIssue,
  container: string,
  rules: IssueRules,
): Ticket {
  const labels = labelsOf(issue);
  const createdAt = Date.parse(issue.created_at);
  const updatedAt = Date.parse(issue.updated_at);
  const closed = issue.state === 'closed';
  const underWay = includesAnyName(rules.inProgress.labels, labels);
  return {
    externalId: externalId(issue, container),
    key: `${repositoryNameOf(issue) ?? container}#${issue.number}`,
    url: webUrl(issue.html_url),
    title: issue.title,
    // Closed is done, whatever the reason: what is not planned no longer waits.
    state: closed ? 'done' : (underWay && 'in-progress') || 'open',
    improvement:
      includesAnyName(rules.improvement.labels, labels) ||
      includesAnyName(
        rules.improvement.issueTypes,
        issue.type ? [issue.type.name] : [],
      ),
    createdAt,
    // GitHub knows of no start.
    startedAt: null,
    closedAt: closed ? closedAt(issue) : null,
    updatedAt,
    labels,
    priority: null,
    assignee: issue.assignee?.login ?? null,
    container,
    facets: [],
  };
}

/**
 * GitHub's immutable id of the issue, within the repository as it is named.
 *
 * A renamed repository answers to both names. Where services name it by both,
 * each keeps its own tickets; by the bare id they would take them from each
 * other with every run.
 */
export function externalId(
  issue: Pick<GithubIssue, 'id'>,
  container: string,
): string {
  return `${container}:${issue.id}`;
}

function closedAt({ closed_at, updated_at }: GithubIssue): number {
  return Date.parse(closed_at ?? updated_at);
}

/** The names of the labels, each once. */
function labelsOf({ labels }: GithubIssue): string[] {
  const names = labels.map(label =>
    typeof label === 'string' ? label : label.name,
  );
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/** The current name of the issue's repository, as it is spelled. */
export function repositoryNameOf({
  repository_url,
}: GithubIssue): string | undefined {
  const name = repository_url?.split('/').slice(-2).join('/') ?? '';
  return parseRepositoryName(name) ? name : undefined;
}
