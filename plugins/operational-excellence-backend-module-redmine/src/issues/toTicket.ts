import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  FiledTicket,
  includesAnyName,
  Ticket,
  webUrl,
} from 'backstage-plugin-operational-excellence-node';
import { RedmineIssue } from '../api';
import { IssueRules } from '../config';
import { ENTITY_CONTAINER, entityFacet, projectFacet } from './containers';
import { fieldValues } from './customFields';

/**
 * An issue as a ticket.
 *
 * @param place - `project`: the identifier of its project; `isClosed`: whether its
 * status is a closed one
 */
export function toTicket(
  issue: RedmineIssue,
  place: {
    baseUrl: string;
    project: string;
    isClosed: boolean;
    rules: IssueRules;
  },
): Ticket {
  const { baseUrl, project, isClosed, rules } = place;
  const underWay = includesAnyName(rules.inProgress.statuses, [
    issue.status.name,
  ]);
  const entityRefs = entityRefsOf(issue, rules);
  const updatedAt = Date.parse(issue.updated_on);
  return {
    ...filedTicket(issue, baseUrl),
    title: issue.subject,
    state: isClosed ? 'done' : (underWay && 'in-progress') || 'open',
    improvement: isImprovement(issue, rules),
    createdAt: Date.parse(issue.created_on),
    // The start date of an issue is a plan; when work began, lists do not tell.
    startedAt: null,
    // Redmine keeps the instant of the last closing when an issue is reopened.
    closedAt: isClosed ? instantOf(issue.closed_on) ?? updatedAt : null,
    updatedAt,
    labels: issue.category ? [issue.category.name] : [],
    priority: issue.priority?.name ?? null,
    assignee: issue.assigned_to?.name ?? null,
    container: entityRefs.length > 0 ? ENTITY_CONTAINER : project,
    facets: [projectFacet(project), ...entityRefs.map(entityFacet)],
  };
}

/** How an issue is known here. */
export function filedTicket(
  { id }: Pick<RedmineIssue, 'id'>,
  baseUrl: string,
): FiledTicket {
  return {
    externalId: String(id),
    key: `#${id}`,
    url: webUrl(`${baseUrl}/issues/${id}`),
  };
}

/**
 * The services that the custom field names, in the form that the catalog uses.
 * What is no entity reference names none.
 */
export function entityRefsOf(
  issue: Pick<RedmineIssue, 'custom_fields'>,
  { entityField }: Pick<IssueRules, 'entityField'>,
): string[] {
  if (entityField === null) return [];
  const refs = fieldValues(issue, entityField).map(entityRefOf);
  return [...new Set(refs.filter((ref): ref is string => ref !== undefined))];
}

/** As the catalog writes references; what people wrote may be anything. */
const ENTITY_REF = /^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/;

function entityRefOf(text: string): string | undefined {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(text, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
    return ENTITY_REF.test(ref) ? ref : undefined;
  } catch {
    // Something else than a reference.
    return undefined;
  }
}

function isImprovement(
  issue: RedmineIssue,
  { improvement }: IssueRules,
): boolean {
  const { trackers, categories, customField } = improvement;
  return (
    includesAnyName(trackers, [issue.tracker.name]) ||
    includesAnyName(categories, issue.category ? [issue.category.name] : []) ||
    (customField !== null &&
      includesAnyName(
        customField.values,
        fieldValues(issue, customField.field),
      ))
  );
}

function instantOf(text: string | null | undefined): number | undefined {
  return text ? Date.parse(text) : undefined;
}
