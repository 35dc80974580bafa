import { Request, Response } from 'express';
import { createIssue } from './createIssue';
import { IssueSearch } from './IssueSearch';
import { IssueStore } from './IssueStore';
import { componentJson, issueJson, JsonContext } from './json';
import { ISSUE_TYPES, JiraIssue } from './model';
import { JiraServerOptions } from './options';

/** What the routes of both deployments work on. */
export interface Site {
  options: JiraServerOptions;
  store: IssueStore;
  search: IssueSearch;
}

export function contextOf(request: Request, isCloud: boolean): JsonContext {
  const version = isCloud ? 3 : 2;
  return {
    api: `http://${request.headers.host}/rest/api/${version}`,
    isCloud,
  };
}

export function refuse(response: Response, status: number, ...texts: string[]) {
  response.status(status).json({ errorMessages: texts, errors: {} });
}

export function fullIssue(
  site: Site,
  issue: JiraIssue,
  fields: readonly string[] | undefined,
  context: JsonContext,
) {
  return issueJson(issue, fields, {
    ...context,
    project: site.store.findProject(issue.projectKey),
  });
}

/** An issue that the API user may see. */
export function visibleIssue(
  { store }: Site,
  idOrKey: string,
): JiraIssue | undefined {
  const issue = store.find(idOrKey);
  return issue && !issue.hidden && store.findProject(issue.projectKey)
    ? issue
    : undefined;
}

export const NO_ISSUE =
  'Issue does not exist or you do not have permission to see it.';

/** `POST /issue` of both deployments. */
export function postIssue(site: Site, request: Request, response: Response) {
  const isCloud = site.options.deployment === 'cloud';
  const created = createIssue(request.body, {
    store: site.store,
    createFields: site.options.createFields ?? [],
    isCloud,
  });
  if ('errors' in created) {
    response.status(400).json(created);
    return;
  }
  const { api } = contextOf(request, isCloud);
  response.status(201).json({
    id: String(created.id),
    key: created.key,
    self: `${api}/issue/${created.id}`,
  });
}

/** `GET /issue/createmeta/{project}/issuetypes`, with or without an id. */
export function createMeta(site: Site, request: Request, response: Response) {
  const project = site.store.findProject(request.params.project);
  if (!project) {
    refuse(response, 404, `No project could be found with that id or key.`);
    return;
  }
  const { typeId } = request.params;
  const isCloud = site.options.deployment === 'cloud';
  const items = typeId
    ? [
        { id: 'summary', name: 'Summary', required: true },
        { id: 'labels', name: 'Labels', required: false },
        ...(site.options.createFields ?? []),
      ].map(({ id, name, required }) => ({
        fieldId: id,
        key: id,
        name,
        required,
        hasDefaultValue: false,
        operations: ['set'],
      }))
    : ISSUE_TYPES.map(type => ({ ...type, subtask: false }));
  const cloudName = typeId ? 'fields' : 'issueTypes';
  const listName = isCloud ? cloudName : 'values';
  response.json({
    startAt: 0,
    maxResults: 50,
    total: items.length,
    [listName]: items,
  });
}

/** `GET /project/{project}/components`. */
export function components(site: Site, request: Request, response: Response) {
  const { project } = request.params;
  const found = site.store.findProject(project);
  if (!found) {
    refuse(response, 404, `No project could be found with key '${project}'.`);
    return;
  }
  response.json(found.components.map(componentJson));
}

/** A list that comes as an array, as text with commas, or not at all. */
export function names(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.split(',').map(s => s.trim());
  return Array.isArray(value) ? value.map(String) : undefined;
}

export function limitOf(value: unknown, otherwise: number, most: number) {
  const asked = Number(value ?? otherwise);
  return Number.isInteger(asked) && asked >= 0
    ? Math.min(asked, most)
    : otherwise;
}
