import { IssueStore } from './IssueStore';
import { ISSUE_TYPES, JiraCreateField, JiraIssue, PRIORITIES } from './model';

/** What Jira says of a request to create an issue that it refuses. */
export interface FieldErrors {
  errorMessages: string[];
  errors: Record<string, string>;
}

const SYSTEM_FIELDS = [
  'project',
  'issuetype',
  'summary',
  'description',
  'labels',
  'priority',
  'components',
];

const ADF_NODES = new Set([
  'doc',
  'paragraph',
  'text',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'codeBlock',
  'blockquote',
  'rule',
  'hardBreak',
]);

/** Creates an issue as `POST /issue` does, or says what is wrong with it. */
export function createIssue(
  body: unknown,
  context: {
    store: IssueStore;
    createFields: readonly JiraCreateField[];
    isCloud: boolean;
  },
): JiraIssue | FieldErrors {
  const { store, createFields, isCloud } = context;
  const fields = asRecord(asRecord(body).fields);
  const errors: Record<string, string> = {};

  const named = asRecord(fields.project);
  const project = store.findProject(String(named.key ?? named.id ?? ''));
  if (!project) errors.project = 'valid project is required';

  const type = asRecord(fields.issuetype);
  const issueType = ISSUE_TYPES.find(
    ({ id, name }) => id === type.id || name === type.name,
  );
  if (!issueType) errors.issuetype = 'Specify a valid issue type';

  const summary = fields.summary;
  if (typeof summary !== 'string' || !summary.trim()) {
    errors.summary = 'You must specify a summary of the issue.';
  } else if (summary.length > 255) {
    errors.summary = 'Summary must be less than 255 characters.';
  } else if (/[\r\n]/.test(summary)) {
    errors.summary =
      'The summary is invalid because it contains newline characters.';
  }

  if (fields.description !== undefined) {
    const problem = isCloud
      ? documentProblem(fields.description)
      : textProblem(fields.description);
    if (problem) errors.description = problem;
  }

  const labels = fields.labels ?? [];
  if (!Array.isArray(labels) || labels.some(l => typeof l !== 'string')) {
    errors.labels = 'data was not an array';
  } else {
    const bad = labels.find(label => /\s/.test(label) || label.length > 255);
    if (bad !== undefined) {
      errors.labels = `The label '${bad}' contains spaces which is invalid.`;
    }
  }

  const priority = asRecord(fields.priority).name ?? 'Medium';
  if (!PRIORITIES.includes(String(priority))) {
    errors.priority = 'The priority selected is invalid.';
  }

  const wantedComponents = asList(fields.components).map(asRecord);
  const components = wantedComponents.flatMap(({ id, name }) =>
    (project?.components ?? []).filter(
      (known, index) => known === name || String(30_000 + index) === id,
    ),
  );
  if (components.length < wantedComponents.length) {
    errors.components = 'Component name is not valid';
  }

  for (const { id, name, required } of createFields) {
    if (required && (fields[id] ?? null) === null) {
      errors[id] = `${name} is required.`;
    }
  }
  const known = [...SYSTEM_FIELDS, ...createFields.map(({ id }) => id)];
  for (const id of Object.keys(fields).filter(key => !known.includes(key))) {
    errors[
      id
    ] = `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
  }

  if (Object.keys(errors).length) return { errorMessages: [], errors };
  return store.create({
    projectKey: project!.key,
    summary: String(summary),
    description: fields.description ?? null,
    issueType: issueType!.name,
    labels: [...new Set(labels as string[])],
    components,
    priority: String(priority),
    custom: Object.fromEntries(
      createFields.map(({ id }) => [id, fields[id] ?? null]),
    ),
  });
}

function textProblem(value: unknown): string | undefined {
  return typeof value === 'string'
    ? undefined
    : 'Operation value must be a string';
}

/** What is wrong with a value of the Atlassian Document Format. */
function documentProblem(value: unknown): string | undefined {
  const doc = asRecord(value);
  const isDocument =
    doc.type === 'doc' && doc.version === 1 && Array.isArray(doc.content);
  if (!isDocument) {
    return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  }
  return isValidNode(doc) ? undefined : 'INVALID_INPUT';
}

function isValidNode(value: unknown): boolean {
  const node = asRecord(value);
  if (!ADF_NODES.has(String(node.type))) return false;
  if (node.type === 'text') {
    const isText = typeof node.text === 'string' && node.text.length > 0;
    return isText && ((node.marks ?? []) as unknown[]).every(isValidMark);
  }
  const content = (node.content ?? []) as unknown[];
  const types = content.map(child => String(asRecord(child).type));
  const isInline = (type: string) => type === 'text' || type === 'hardBreak';
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      if (!types.every(isInline)) return false;
      break;
    case 'codeBlock':
      if (types.some(type => type !== 'text')) return false;
      break;
    case 'bulletList':
    case 'orderedList':
      if (!types.length || types.some(type => type !== 'listItem')) {
        return false;
      }
      break;
    case 'listItem':
      if (
        !['paragraph', 'codeBlock', 'bulletList', 'orderedList'].includes(
          types[0],
        )
      ) {
        return false;
      }
      break;
    case 'blockquote':
      if (
        !types.length ||
        types.some(
          type =>
            isInline(type) || ['blockquote', 'heading', 'rule'].includes(type),
        )
      ) {
        return false;
      }
      break;
    default:
      if (node.type !== 'doc' && content.length) return false;
  }
  if (node.type === 'doc' && types.some(isInline)) return false;
  return content.every(isValidNode);
}

function isValidMark(value: unknown): boolean {
  const mark = asRecord(value);
  if (mark.type === 'link') {
    return typeof asRecord(mark.attrs).href === 'string';
  }
  return ['strong', 'em', 'code', 'strike'].includes(String(mark.type));
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
