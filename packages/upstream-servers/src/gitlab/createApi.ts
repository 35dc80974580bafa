import express, { NextFunction, Request, Response } from 'express';
import { GitlabStore } from './GitlabStore';
import { BadParameter, IssueQuery } from './IssueQuery';
import { issuePage, OffsetTooLarge } from './issuePage';
import { extractQuickActions } from './quickActions';
import { GitlabProject, GitlabToken, GitlabUser, ROLE } from './records';
import {
  instant,
  issueShape,
  projectShape,
  userShape,
  Writing,
} from './shapes';

/** An answer that is no success. */
class Refusal extends Error {
  constructor(readonly status: number, readonly body: object) {
    super(`Refused with ${status}`);
  }
}

const unauthorized = () => new Refusal(401, { message: '401 Unauthorized' });
const forbidden = () => new Refusal(403, { message: '403 Forbidden' });
const notFound = (what: string) =>
  new Refusal(404, { message: `404 ${what} Not Found` });

/** The scopes that let a token read. */
const READING = ['api', 'read_api'];

const TYPES = ['issue', 'incident', 'test_case', 'task'];

const MAX_TITLE = 255;

/** The handler of a server's requests. */
export function createApi(options: {
  store: GitlabStore;
  writing: Writing;
  keyset: boolean;
  rateLimit: { limit: number; windowMs: number } | undefined;
  onRequest: () => Promise<void>;
  onQuickAction: (action: { name: string; argument: string }) => void;
}) {
  const { store, writing, keyset, rateLimit, onRequest, onQuickAction } =
    options;
  const app = express();
  app.disable('x-powered-by');
  const api = express.Router();

  function tokenOf(request: Request): GitlabToken | undefined {
    const bearer = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '');
    const text = request.get('private-token') ?? bearer?.[1];
    if (text === undefined) return undefined;
    const token = store.tokens.get(text);
    if (!token) throw unauthorized();
    if (token.revoked) {
      throw new Refusal(401, {
        error: 'invalid_token',
        error_description:
          'Token was revoked. You have to re-authorize from the user.',
      });
    }
    return token;
  }

  /** Who asks; nobody where no token is sent. */
  function callerOf(
    request: Request,
    scopes = READING,
  ): GitlabUser | undefined {
    const token = tokenOf(request);
    if (token && !token.scopes.some(scope => scopes.includes(scope))) {
      throw new Refusal(403, {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token.',
        scope: scopes.join(' '),
      });
    }
    return token?.user;
  }

  function projectOf(request: Request, caller: GitlabUser | undefined) {
    const { id } = request.params;
    const project = store.findProject(id);
    if (!project || !store.canSee(project, caller)) throw notFound('Project');
    return project;
  }

  /** Whether it was asked for by a path that it had before; then that is answered. */
  function isAnsweredAsMoved(
    project: GitlabProject,
    request: Request,
    response: Response,
  ): boolean {
    const { id } = request.params;
    if (!id.includes('/') || project.path.toLowerCase() === id.toLowerCase()) {
      return false;
    }
    if (request.method !== 'GET') {
      throw new Refusal(405, {
        message: 'Non GET methods are not allowed for moved projects',
      });
    }
    const asked = new URL(request.originalUrl, writing.baseUrl);
    asked.pathname = asked.pathname.replace(
      /\/projects\/[^/]+/,
      `/projects/${project.id}`,
    );
    response
      .status(302)
      .set('location', asked.href)
      .json({
        message: `This resource has been moved temporarily to ${asked.href}`,
      });
    return true;
  }

  function queryOf(request: Request): URLSearchParams {
    return new URL(request.originalUrl, writing.baseUrl).searchParams;
  }

  function shapeOf(id: number) {
    const issue = store.issues.get(id);
    return issueShape(issue, store.projects.get(issue.projectId)!, writing);
  }

  function shapeOfProject(
    project: GitlabProject,
    caller: GitlabUser | undefined,
  ) {
    return projectShape(
      project,
      {
        canReadIssues: store.canReadIssues(project, caller),
        openIssues: store.openIssues(project),
        role: store.roleIn(project, caller),
      },
      writing,
    );
  }

  api.use(async (_request, response, next) => {
    await onRequest();
    if (!rateLimit || isGranted(rateLimit, response)) next();
  });

  let window = { startedAt: 0, requests: 0 };
  function isGranted(
    { limit, windowMs }: { limit: number; windowMs: number },
    response: Response,
  ): boolean {
    const now = Date.now();
    if (now >= window.startedAt + windowMs) {
      window = { startedAt: now, requests: 0 };
    }
    window.requests += 1;
    const resetsAt = window.startedAt + windowMs;
    response.set({
      'ratelimit-limit': String(limit),
      'ratelimit-name': 'throttle_authenticated_api',
      'ratelimit-observed': String(window.requests),
      'ratelimit-remaining': String(Math.max(0, limit - window.requests)),
      'ratelimit-reset': String(Math.ceil(resetsAt / 1000)),
    });
    if (window.requests <= limit) return true;
    response
      .status(429)
      .set('retry-after', String(Math.ceil((resetsAt - now) / 1000)))
      .type('text/plain')
      .send('Retry later\n');
    return false;
  }

  api.get('/version', (request, response) => {
    if (!callerOf(request, [...READING, 'read_user'])) throw unauthorized();
    response.json({
      version: keyset ? '18.5.1-ee' : '16.11.3',
      revision: 'a1b2c3d4e5f',
      enterprise: keyset,
    });
  });

  api.get('/user', (request, response) => {
    const caller = callerOf(request, [...READING, 'read_user']);
    if (!caller) throw unauthorized();
    response.json({
      ...userShape(caller, writing),
      bot: false,
      two_factor_enabled: true,
    });
  });

  api.get('/personal_access_tokens/self', (request, response) => {
    const token = tokenOf(request);
    if (!token) throw unauthorized();
    if (token.kind === 'oauth') {
      throw new Refusal(400, {
        message:
          '400 Bad request - This endpoint requires token type to be a personal access token',
      });
    }
    response.json({
      id: token.user.id,
      name: 'backstage',
      revoked: false,
      created_at: instant(0, writing),
      description: null,
      scopes: token.scopes,
      user_id: token.user.id,
      last_used_at: instant(Date.now(), writing),
      active: true,
      expires_at: '2030-01-01',
    });
  });

  api.get('/projects', (request, response) => {
    const caller = callerOf(request);
    const query = queryOf(request);
    const search = query.get('search')?.toLowerCase() ?? '';
    const perPage = Math.min(Number(query.get('per_page') ?? 20), 100);
    const found = [...store.projects.values()].filter(
      project =>
        store.canSee(project, caller) &&
        project.path.split('/').at(-1)!.toLowerCase().includes(search),
    );
    response.json(
      found.slice(0, perPage).map(project => shapeOfProject(project, caller)),
    );
  });

  api.get('/projects/:id', (request, response) => {
    const caller = callerOf(request);
    const project = projectOf(request, caller);
    if (isAnsweredAsMoved(project, request, response)) return;
    response.json(shapeOfProject(project, caller));
  });

  api.get('/groups/:id', (request, response) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const projects = store.projectsOf(id);
    if (!projects.some(project => store.canSee(project, caller))) {
      throw notFound('Group');
    }
    response.json({
      id: 7,
      web_url: `${writing.baseUrl}/groups/${id}`,
      name: id.split('/').at(-1),
      path: id.split('/').at(-1),
      full_name: id.split('/').join(' / '),
      full_path: id,
      visibility: 'private',
      archived: false,
    });
  });

  api.get('/projects/:id/issues', (request, response) => {
    const caller = callerOf(request);
    const project = projectOf(request, caller);
    if (isAnsweredAsMoved(project, request, response)) return;
    // GitLab lists nothing where the issues may not be read: it does not refuse.
    const canRead = store.canReadIssues(project, caller);
    const page = issuePage(
      store.issues,
      canRead ? store.issues.order(project.id) : [],
      new IssueQuery(queryOf(request), caller),
      {
        isVisible: store.canSeeConfidential(project, caller)
          ? undefined
          : ({ confidential, author }) =>
              !confidential || author.id === caller?.id,
        canTurnByKey: keyset,
        url: new URL(request.originalUrl, writing.baseUrl),
      },
    );
    response.set(page.headers).json(page.issues.map(({ id }) => shapeOf(id)));
  });

  api.get('/groups/:id/issues', (request, response) => {
    const caller = callerOf(request);
    const query = new IssueQuery(queryOf(request), caller);
    const visible = store
      .projectsOf(request.params.id)
      .filter(project => store.canSee(project, caller));
    if (visible.length === 0) throw notFound('Group');
    const read = visible.filter(
      project =>
        store.canReadIssues(project, caller) &&
        !(query.nonArchived && project.archived),
    );
    const page = issuePage(
      store.issues,
      store.issues.merged(read.map(({ id }) => id)),
      query,
      {
        isVisible: read.every(project =>
          store.canSeeConfidential(project, caller),
        )
          ? undefined
          : ({ confidential, projectId }) =>
              !confidential ||
              store.canSeeConfidential(store.projects.get(projectId)!, caller),
        canTurnByKey: false,
        url: new URL(request.originalUrl, writing.baseUrl),
      },
    );
    response.set(page.headers).json(page.issues.map(({ id }) => shapeOf(id)));
  });

  api.get('/projects/:id/issues/:iid', (request, response) => {
    const caller = callerOf(request);
    const project = projectOf(request, caller);
    if (isAnsweredAsMoved(project, request, response)) return;
    const id = store.issues.idOf(project.id, Number(request.params.iid));
    if (id === undefined || !store.canReadIssues(project, caller)) {
      throw new Refusal(404, { message: '404 Not found' });
    }
    response.json(shapeOf(id));
  });

  api.post('/projects/:id/issues', express.json(), (request, response) => {
    const caller = callerOf(request, ['api']);
    if (!caller) throw unauthorized();
    const project = projectOf(request, caller);
    if (isAnsweredAsMoved(project, request, response)) return;
    const { title, description, labels, issue_type } = request.body;
    if (title === undefined)
      throw new Refusal(400, { error: 'title is missing' });
    if (issue_type !== undefined && !TYPES.includes(issue_type)) {
      throw new Refusal(400, {
        error: 'issue_type does not have a valid value',
      });
    }
    const role = store.roleIn(project, caller);
    const canCreate =
      store.canReadIssues(project, caller) && !project.archived && role > 0;
    if (!canCreate) throw forbidden();
    if (!String(title).trim()) {
      throw new Refusal(400, { message: { title: ["can't be blank"] } });
    }
    if (String(title).length > MAX_TITLE) {
      throw new Refusal(400, {
        message: {
          title: [`is too long (maximum is ${MAX_TITLE} characters)`],
        },
      });
    }
    const extracted = extractQuickActions(String(description ?? ''));
    extracted.actions.forEach(onQuickAction);
    const at = store.now();
    const names: string[] = (
      Array.isArray(labels)
        ? labels.map(String)
        : String(labels ?? '').split(',')
    )
      .map(name => name.trim())
      .filter(Boolean);
    const isClosed = extracted.actions.some(({ name }) => name === 'close');
    const issue = store.issues.add({
      projectId: project.id,
      title: String(title),
      description: extracted.text,
      // Guests may create issues, but not label them.
      labels: role >= ROLE.reporter ? names : [],
      state: isClosed ? 'closed' : 'opened',
      issueType: issue_type ?? 'issue',
      confidential: false,
      createdAt: at,
      updatedAt: at,
      closedAt: isClosed ? at : null,
      author: caller,
      assignees: [],
      movedToId: null,
      weight: null,
    });
    response.status(201).json(shapeOf(issue.id));
  });

  app.use('/api/v4', api);
  app.use((_request, response) => {
    response.status(404).json({ error: '404 Not Found' });
  });
  app.use(
    (
      error: unknown,
      _request: Request,
      response: Response,
      // Express knows a handler of errors by its four parameters.
      _next: NextFunction,
    ) => {
      if (error instanceof Refusal) {
        response.status(error.status).json(error.body);
      } else if (error instanceof BadParameter) {
        response.status(400).json({ error: error.message });
      } else if (error instanceof OffsetTooLarge) {
        response.status(405).json({ error: error.message });
      } else {
        response.status(500).json({ message: '500 Internal Server Error' });
      }
    },
  );
  return app;
}
