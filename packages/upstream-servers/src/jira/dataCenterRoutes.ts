import { Request, Response, Router } from 'express';
import { asRecord } from './createIssue';
import { JqlError } from './jql';
import {
  historyJson,
  JsonContext,
  projectJson,
  statusesJson,
  userJson,
} from './json';
import { JiraIssue } from './model';
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

/** The REST API 2 of Jira Data Center. */
export function dataCenterRoutes(site: Site, router: Router): void {
  router.get('/myself', (request, response) => {
    if (response.locals.isAnonymous) {
      refuse(
        response,
        401,
        'You are not authenticated. Authentication required to perform this operation.',
      );
      return;
    }
    response.json(userJson('backstage', contextOf(request, false)));
  });

  router.get('/project', (request, response) => {
    const context = contextOf(request, false);
    response.json(
      response.locals.isAnonymous
        ? []
        : site.store.projects().map(project => projectJson(project, context)),
    );
  });

  router.get('/project/:project/components', (request, response) =>
    components(site, request, response),
  );

  router.get('/status', (request, response) => {
    response.json(statusesJson(contextOf(request, false)));
  });

  router.post('/search', (request, response) =>
    search(site, asRecord(request.body), request, response),
  );
  router.get('/search', (request, response) =>
    search(site, request.query, request, response),
  );

  router.get('/issue/createmeta/:project/issuetypes/:typeId?', (req, res) =>
    createMeta(site, req, res),
  );

  router.get('/issue/:id', (request, response) => {
    const issue = visibleIssue(site, request.params.id);
    if (!issue || response.locals.isAnonymous) {
      refuse(response, 404, 'Issue Does Not Exist', NO_ISSUE);
      return;
    }
    const { fields, expand } = request.query;
    response.json(
      expandedIssue(site, issue, { fields, expand }, contextOf(request, false)),
    );
  });

  router.post('/issue', (request, response) =>
    postIssue(site, request, response),
  );
}

function search(
  site: Site,
  asked: Record<string, unknown>,
  request: Request,
  response: Response,
) {
  const { options } = site;
  const jql = String(asked.jql ?? '');
  const startAt = limitOf(asked.startAt, 0, Number.MAX_SAFE_INTEGER);
  const maxResults = limitOf(asked.maxResults, 50, options.pageLimit ?? 1000);
  try {
    const isAnonymous = response.locals.isAnonymous === true;
    const { issues } = site.search.page(jql, {
      from: { offset: startAt },
      limit: maxResults,
      isAnonymous,
    });
    const context = contextOf(request, false);
    response.json({
      expand: 'names,schema',
      startAt,
      maxResults,
      total: isAnonymous ? 0 : site.search.total(jql),
      issues: issues.map(issue => expandedIssue(site, issue, asked, context)),
    });
  } catch (error) {
    if (!(error instanceof JqlError)) throw error;
    response
      .status(400)
      .json({ errorMessages: [error.message], warningMessages: [] });
  }
}

function expandedIssue(
  site: Site,
  issue: JiraIssue,
  asked: { fields?: unknown; expand?: unknown },
  context: JsonContext,
) {
  return {
    ...fullIssue(site, issue, names(asked.fields), context),
    ...(names(asked.expand)?.includes('changelog') && {
      changelog: {
        startAt: 0,
        maxResults: issue.histories.length,
        total: issue.histories.length,
        histories: issue.histories.map(history =>
          historyJson(history, context),
        ),
      },
    }),
  };
}
