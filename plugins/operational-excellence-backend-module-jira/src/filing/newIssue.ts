import { JsonObject } from '@backstage/types';
import {
  FileTicketRequest,
  includesAnyName,
} from 'backstage-plugin-operational-excellence-node';
import { JiraSourceConfig } from '../config';

const MAX_SUMMARY = 255;
const MAX_LABEL = 255;

/** The fields of an issue to be created. */
export function newIssueFields(
  request: FileTicketRequest,
  options: {
    config: JiraSourceConfig;
    projectKey: string;
    marker: string;
    components: { id: string }[];
    /** Labels that the issue needs to belong to the service. */
    labels: string[];
    description: JsonObject[string];
  },
): JsonObject {
  const { config, projectKey, marker, components, description } = options;
  const { improvement, file } = config;
  const labels = [...request.labels, ...options.labels].map(asLabel);
  const isImprovement =
    includesAnyName(improvement.issueTypes, [file.issueType]) ||
    includesAnyName(improvement.labels, labels);
  const priority =
    request.priority &&
    (file.priorities[request.priority.toLowerCase()] ?? request.priority);
  return {
    ...(priority && { priority: { name: priority } }),
    ...(components.length && { components }),
    ...file.fields,
    project: { key: projectKey },
    issuetype: { name: file.issueType },
    summary: asSummary(request.title),
    description,
    labels: [
      ...new Set([
        ...labels,
        // What is filed as an improvement must count as one.
        ...(isImprovement ? [] : improvement.labels.slice(0, 1).map(asLabel)),
        marker,
      ]),
    ],
  };
}

/** Labels in Jira hold no blanks. */
function asLabel(name: string): string {
  return name.trim().replace(/\s+/g, '-').slice(0, MAX_LABEL);
}

/** Summaries in Jira are one line. */
function asSummary(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > MAX_SUMMARY - 1
    ? `${line.slice(0, MAX_SUMMARY - 2)}…`
    : line;
}
