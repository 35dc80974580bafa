import { Instant } from 'backstage-plugin-operational-excellence-common';
import {
  includesAnyName,
  Ticket,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { componentFacet, labelFacet } from '../annotations';
import { JiraIssue } from '../api';
import { ImprovementRules } from '../config';
import {
  isStatusChange,
  StatusCategories,
  StatusCategory,
  statusCategory,
} from './StatusCategories';

/** What an issue is read by. */
export interface TicketRules {
  improvement: ImprovementRules;
  baseUrl: string;
  categories: Pick<StatusCategories, 'of'>;
}

const STATES = {
  new: 'open',
  indeterminate: 'in-progress',
  done: 'done',
} as const;

/** An issue as a ticket of its project. */
export function toTicket(issue: JiraIssue, rules: TicketRules): Ticket {
  const { fields } = issue;
  const { improvement, baseUrl } = rules;
  const category = statusCategory(fields.status.statusCategory.key);
  const labels = fields.labels ?? [];
  const components = (fields.components ?? []).map(({ name }) => name);
  const times = timesOf(issue, category, rules.categories);
  return {
    externalId: issue.id,
    key: issue.key,
    url: webUrl(`${baseUrl}/browse/${issue.key}`),
    title: fields.summary?.trim() || issue.key,
    state: STATES[category],
    improvement:
      includesAnyName(improvement.issueTypes, [fields.issuetype.name]) ||
      includesAnyName(improvement.labels, labels),
    createdAt: fields.created,
    ...times,
    updatedAt: Math.max(fields.updated, fields.created),
    labels,
    priority: fields.priority?.name ?? null,
    assignee: fields.assignee?.displayName ?? null,
    container: fields.project.key.toUpperCase(),
    facets: [
      ...new Set([
        ...components.map(componentFacet),
        ...labels.map(labelFacet),
      ]),
    ],
  };
}

/**
 * When the work under way began, and when it was done last. The history tells,
 * where it was read; else the fields do.
 */
function timesOf(
  issue: JiraIssue,
  category: StatusCategory,
  categories: Pick<StatusCategories, 'of'>,
): { startedAt: Instant | null; closedAt: Instant | null } {
  const { created, updated, resolutiondate, statuscategorychangedate } =
    issue.fields;
  // An import may bring instants that lie before the creation.
  const afterCreation = (instant: Instant) => Math.max(instant, created);
  const changes = statusChangesOf(issue, categories);
  const begun = changes.find(({ to }) => to === 'indeterminate')?.at;
  const closed = changes.filter(({ to }) => to === 'done').at(-1)?.at;
  switch (category) {
    case 'done':
      return {
        startedAt: begun === undefined ? null : afterCreation(begun),
        closedAt: afterCreation(
          closed ?? resolutiondate ?? statuscategorychangedate ?? updated,
        ),
      };
    case 'indeterminate':
      return {
        startedAt: afterCreation(statuscategorychangedate ?? begun ?? created),
        closedAt: null,
      };
    default:
      return { startedAt: null, closedAt: null };
  }
}

/** The changes from one category to another, the oldest first. */
function statusChangesOf(
  { changelog }: JiraIssue,
  categories: Pick<StatusCategories, 'of'>,
): { at: Instant; to: StatusCategory }[] {
  return (changelog?.histories ?? [])
    .flatMap(({ created, items }) =>
      items.filter(isStatusChange).map(({ from, to }) => ({
        at: created,
        from: categories.of(from),
        to: categories.of(to),
      })),
    )
    .filter(
      (change): change is typeof change & { to: StatusCategory } =>
        change.to !== undefined && change.to !== change.from,
    )
    .sort((a, b) => a.at - b.at);
}
