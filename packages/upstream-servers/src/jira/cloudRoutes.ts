import { createHash } from 'node:crypto';
import { Request, Response, Router } from 'express';
import { Position } from './IssueSearch';
import { JqlError } from './jql';
import { historyJson, projectJson, statusesJson, userJson } from './json';
import { asRecord } from './createIssue';
import {
  components,
  contextOf,
  createMeta,
  fullIssue,
  limitOf,
  names,
  NO_ISSUE,
  postIssue,
  refuse,
  Site,
  visibleIssue,
} from './site';

const PROJECT_PAGE = 50;
const BULK_ISSUES = 100;
const BULK_CHANGELOGS = 1000;

/** The platform REST API 3 of Jira Cloud. */
export function cloudRoutes(site: Site, router: Router): void {
  const { store, options } = site;

  router.get('/myself', (request, response) => {
    response.json(userJson('backstage', contextOf(request, true)));
  });

  router.get('/project/search', (request, response) => {
    const startAt = limitOf(request.query.startAt, 0, Number.MAX_SAFE_INTEGER);
    const maxResults = limitOf(request.query.maxResults, 50, PROJECT_PAGE);
    const keys = [request.query.keys ?? []].flat().map(String);
    const found = store
      .projects()
      .filter(({ key }) => !keys.length || keys.includes(key))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    const context = contextOf(request, true);
    response.json({
      self: `${context.api}/project/search`,
      startAt,
      maxResults,
      total: found.length,
      isLast: startAt + maxResults >= found.length,
      values: found
        .slice(startAt, startAt + maxResults)
        .map(project => projectJson(project, context)),
    });
  });

  router.get('/project/:project/components', (request, response) =>
    components(site, request, response),
  );

  router.get('/status', (request, response) => {
    response.json(statusesJson(contextOf(request, true)));
  });

  router.get('/field', (_request, response) => {
    response.json(
      [
        { id: 'summary', name: 'Summary', required: true },
        { id: 'labels', name: 'Labels', required: false },
        ...(options.createFields ?? []),
      ].map(({ id, name }) => ({
        id,
        key: id,
        name,
        custom: id.startsWith('customfield_'),
        orderable: true,
        navigable: true,
        searchable: true,
      })),
    );
  });

  router.all('/search', (_request, response) => {
    refuse(
      response,
      410,
      'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
    );
  });

  router.post('/search/jql', (request, response) =>
    searchJql(site, asRecord(request.body), request, response),
  );
  router.get('/search/jql', (request, response) =>
    searchJql(site, request.query, request, response),
  );

  router.get('/issue/createmeta/:project/issuetypes/:typeId?', (req, res) =>
    createMeta(site, req, res),
  );

  router.post('/issue/bulkfetch', (request, response) => {
    const body = asRecord(request.body);
    const wanted = names(body.issueIdsOrKeys) ?? [];
    if (!wanted.length || wanted.length > BULK_ISSUES) {
      refuse(
        response,
        400,
        `issueIdsOrKeys must hold 1 to ${BULK_ISSUES} issues.`,
      );
      return;
    }
    const found = new Map(
      wanted
        .flatMap(idOrKey => visibleIssue(site, idOrKey) ?? [])
        .map(issue => [issue.id, issue]),
    );
    const context = contextOf(request, true);
    response.json({
      expand: 'schema,names',
      issueErrors: [],
      issues: [...found.values()].map(issue =>
        fullIssue(site, issue, names(body.fields), context),
      ),
    });
  });

  router.post('/changelog/bulkfetch', (request, response) => {
    const body = asRecord(request.body);
    const wanted = names(body.issueIdsOrKeys) ?? [];
    const fieldIds = names(body.fieldIds);
    if (!wanted.length || wanted.length > BULK_CHANGELOGS) {
      refuse(
        response,
        400,
        `issueIdsOrKeys must hold 1 to ${BULK_CHANGELOGS} issues.`,
      );
      return;
    }
    const all = wanted
      .flatMap(idOrKey => visibleIssue(site, idOrKey) ?? [])
      .flatMap(issue =>
        issue.histories
          .filter(
            ({ items }) =>
              !fieldIds || items.some(item => fieldIds.includes(item.fieldId)),
          )
          .map(history => ({ issueId: String(issue.id), history })),
      )
      .sort((a, b) => a.history.at - b.history.at);
    const start = Number(body.nextPageToken ?? 0);
    const end = start + limitOf(body.maxResults, 1000, 10_000);
    const context = contextOf(request, true);
    const logs = new Map<string, unknown[]>();
    for (const { issueId, history } of all.slice(start, end)) {
      const entries = logs.get(issueId) ?? [];
      entries.push(historyJson(history, context));
      logs.set(issueId, entries);
    }
    response.json({
      issueChangeLogs: [...logs].map(([issueId, changeHistories]) => ({
        issueId,
        changeHistories,
      })),
      nextPageToken: end < all.length ? String(end) : null,
    });
  });

  router.get('/issue/:id/changelog', (request, response) => {
    const issue = visibleIssue(site, request.params.id);
    if (!issue) {
      refuse(response, 404, NO_ISSUE);
      return;
    }
    const startAt = limitOf(request.query.startAt, 0, Number.MAX_SAFE_INTEGER);
    const maxResults = limitOf(request.query.maxResults, 100, 100);
    const context = contextOf(request, true);
    response.json({
      startAt,
      maxResults,
      total: issue.histories.length,
      isLast: startAt + maxResults >= issue.histories.length,
      values: issue.histories
        .slice(startAt, startAt + maxResults)
        .map(history => historyJson(history, context)),
    });
  });

  router.get('/issue/:id', (request, response) => {
    const issue = visibleIssue(site, request.params.id);
    if (!issue) {
      refuse(response, 404, NO_ISSUE);
      return;
    }
    const context = contextOf(request, true);
    response.json({
      ...fullIssue(site, issue, names(request.query.fields), context),
      ...(names(request.query.expand)?.includes('changelog') && {
        changelog: {
          startAt: 0,
          maxResults: 100,
          total: issue.histories.length,
          histories: issue.histories
            .slice(-100)
            .reverse()
            .map(history => historyJson(history, context)),
        },
      }),
    });
  });

  router.post('/issue', (request, response) =>
    postIssue(site, request, response),
  );
}

function searchJql(
  site: Site,
  asked: Record<string, unknown>,
  request: Request,
  response: Response,
) {
  const { options, search, store } = site;
  const jql = String(asked.jql ?? '');
  const fields = names(asked.fields) ?? ['id'];
  const isIdsOnly = fields.every(name => ['id', 'key'].includes(name));
  const limit = limitOf(
    asked.maxResults,
    50,
    isIdsOnly ? options.idPageLimit ?? 5000 : options.pageLimit ?? 100,
  );
  const from = positionOf(asked.nextPageToken, jql);
  if (!from) {
    refuse(response, 400, 'The next page token is invalid or has expired.');
    return;
  }
  store.indexNow((names(asked.reconcileIssues) ?? []).map(Number));
  try {
    const { issues, next } = search.page(jql, {
      from,
      limit,
      mustBeBounded: true,
      isAnonymous: response.locals.isAnonymous === true,
    });
    const context = contextOf(request, true);
    response.json({
      issues: issues.map(issue => {
        const json = fullIssue(site, issue, fields, context);
        return fields.includes('id') && fields.length === 1
          ? { id: json.id }
          : json;
      }),
      ...(next && { nextPageToken: tokenOf(next, jql) }),
      isLast: !next,
    });
  } catch (error) {
    if (!(error instanceof JqlError)) throw error;
    refuse(response, 400, error.message);
  }
}

function tokenOf(position: Position, jql: string): string {
  const text = JSON.stringify({ position, query: queryHash(jql) });
  return Buffer.from(text).toString('base64url');
}

function positionOf(token: unknown, jql: string): Position | undefined {
  if (token === undefined || token === null) return { offset: 0 };
  try {
    const text = Buffer.from(String(token), 'base64url').toString();
    const { position, query } = JSON.parse(text);
    return query === queryHash(jql) ? position : undefined;
  } catch {
    // Not a token of ours.
    return undefined;
  }
}

function queryHash(jql: string): string {
  return createHash('sha256').update(jql).digest('base64url').slice(0, 16);
}
