import { parseEntityRef } from '@backstage/catalog-model';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  OperationalExcellenceApi,
  OperationalExcellenceQuery,
  OperationalExcellenceRequestOptions,
} from './OperationalExcellenceApi';

/**
 * Talks to the backend plugin.
 *
 * @public
 */
export class OperationalExcellenceClient implements OperationalExcellenceApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getServices: OperationalExcellenceApi['getServices'] = (query, options) =>
    this.#get('/services', query, options);

  getServiceFacets: OperationalExcellenceApi['getServiceFacets'] = (
    query,
    options,
  ) => this.#get('/services/facets', query, options);

  getServicesCsv: OperationalExcellenceApi['getServicesCsv'] = async (
    query,
    options,
  ) => {
    const response = await this.#request(withQuery('/services.csv', query), {
      signal: options?.signal,
    });
    return response.blob();
  };

  getService: OperationalExcellenceApi['getService'] = (entityRef, options) =>
    this.#get(servicePath(entityRef), {}, options);

  getTickets: OperationalExcellenceApi['getTickets'] = (
    entityRef,
    query,
    options,
  ) => this.#get(`${servicePath(entityRef)}/tickets`, query, options);

  getExperiments: OperationalExcellenceApi['getExperiments'] = (
    query,
    options,
  ) => this.#get('/experiments', query, options);

  getExperimentTemplates: OperationalExcellenceApi['getExperimentTemplates'] = (
    query,
    options,
  ) => this.#get('/experiment-templates', query, options);

  getSafetyLevers: OperationalExcellenceApi['getSafetyLevers'] = options =>
    this.#get('/safety-levers', {}, options);

  getSources: OperationalExcellenceApi['getSources'] = options =>
    this.#get('/sources', {}, options);

  getSourceScopes: OperationalExcellenceApi['getSourceScopes'] = (
    sourceId,
    query,
    options,
  ) =>
    this.#get(
      `/sources/${encodeURIComponent(sourceId)}/scopes`,
      query,
      options,
    );

  getSourceProblems: OperationalExcellenceApi['getSourceProblems'] = (
    sourceId,
    query,
    options,
  ) =>
    this.#get(
      `/sources/${encodeURIComponent(sourceId)}/problems`,
      query,
      options,
    );

  getUnmappedServices: OperationalExcellenceApi['getUnmappedServices'] = (
    query,
    options,
  ) => this.#get('/unmapped-services', query, options);

  getTrackers: OperationalExcellenceApi['getTrackers'] = (entityRef, options) =>
    this.#get(`${servicePath(entityRef)}/trackers`, {}, options);

  getSimilarTickets: OperationalExcellenceApi['getSimilarTickets'] = (
    entityRef,
    title,
    options,
  ) =>
    this.#get(
      `${servicePath(entityRef)}/similar-tickets`,
      { q: title },
      options,
    );

  fileImprovement: OperationalExcellenceApi['fileImprovement'] = submission =>
    this.#post('/improvements', submission);

  resendImprovement: OperationalExcellenceApi['resendImprovement'] = (
    id,
    correction,
  ) => this.#post(`${improvementPath(id)}/resend`, correction);

  getImprovements: OperationalExcellenceApi['getImprovements'] = (
    query,
    options,
  ) => this.#get('/improvements', query, options);

  getImprovement: OperationalExcellenceApi['getImprovement'] = (id, options) =>
    this.#get(improvementPath(id), {}, options);

  evaluateImprovement: OperationalExcellenceApi['evaluateImprovement'] = (
    id,
    evaluation,
  ) => this.#post(`${improvementPath(id)}/evaluation`, evaluation);

  getExercises: OperationalExcellenceApi['getExercises'] = (query, options) =>
    this.#get('/exercises', query, options);

  getExercise: OperationalExcellenceApi['getExercise'] = (id, options) =>
    this.#get(exercisePath(id), {}, options);

  planExercise: OperationalExcellenceApi['planExercise'] = submission =>
    this.#post('/exercises', submission);

  changeExercise: OperationalExcellenceApi['changeExercise'] = (id, change) =>
    this.#send('PATCH', exercisePath(id), change);

  moveExercise: OperationalExcellenceApi['moveExercise'] = (id, transition) =>
    this.#post(`${exercisePath(id)}/transition`, transition);

  logInExercise: OperationalExcellenceApi['logInExercise'] = (id, entry) =>
    this.#post(`${exercisePath(id)}/log`, entry);

  decideOnExercise: OperationalExcellenceApi['decideOnExercise'] = (
    id,
    decision,
  ) => this.#post(`${exercisePath(id)}/approval`, decision);

  linkExperiment: OperationalExcellenceApi['linkExperiment'] = (id, link) =>
    this.#post(`${exercisePath(id)}/experiments`, link);

  unlinkExperiment: OperationalExcellenceApi['unlinkExperiment'] = (id, link) =>
    this.#send('DELETE', `${exercisePath(id)}/experiments`, link);

  getExperimentSuggestions: OperationalExcellenceApi['getExperimentSuggestions'] =
    (id, options) =>
      this.#get(`${exercisePath(id)}/experiment-suggestions`, {}, options);

  createCalendarFeed: OperationalExcellenceApi['createCalendarFeed'] =
    request => this.#post('/calendar-feeds', request);

  getCalendarFeeds: OperationalExcellenceApi['getCalendarFeeds'] = options =>
    this.#get('/calendar-feeds', {}, options);

  revokeCalendarFeed: OperationalExcellenceApi['revokeCalendarFeed'] = id =>
    this.#send('DELETE', `/calendar-feeds/${encodeURIComponent(id)}`);

  getEnvironments: OperationalExcellenceApi['getEnvironments'] = (
    query,
    options,
  ) => this.#get('/environments', query, options);

  reportEnvironment: OperationalExcellenceApi['reportEnvironment'] = (
    name,
    report,
  ) => this.#send('PUT', environmentPath(name), report);

  removeEnvironment: OperationalExcellenceApi['removeEnvironment'] = (
    name,
    removal = {},
  ) => this.#post(`${environmentPath(name)}/removal`, removal);

  chooseEnvironment: OperationalExcellenceApi['chooseEnvironment'] = (
    improvementId,
    environmentId,
  ) =>
    this.#send('PUT', `${improvementPath(improvementId)}/environment`, {
      environmentId,
    });

  getFindings: OperationalExcellenceApi['getFindings'] = (query, options) =>
    this.#get('/findings', query, options);

  getFinding: OperationalExcellenceApi['getFinding'] = (id, options) =>
    this.#get(findingPath(id), {}, options);

  createFinding: OperationalExcellenceApi['createFinding'] = submission =>
    this.#post('/findings', submission);

  changeFinding: OperationalExcellenceApi['changeFinding'] = (id, change) =>
    this.#send('PATCH', findingPath(id), change);

  retestFinding: OperationalExcellenceApi['retestFinding'] = (id, submission) =>
    this.#post(`${findingPath(id)}/retests`, submission);

  getLessons: OperationalExcellenceApi['getLessons'] = (query, options) =>
    this.#get('/lessons', query, options);

  getReadinessTemplates: OperationalExcellenceApi['getReadinessTemplates'] = (
    query,
    options,
  ) => this.#get('/readiness-templates', query, options);

  getReadinessTests: OperationalExcellenceApi['getReadinessTests'] = (
    query,
    options,
  ) => this.#get('/readiness-tests', query, options);

  getReadinessTest: OperationalExcellenceApi['getReadinessTest'] = (
    id,
    options,
  ) => this.#get(readinessTestPath(id), {}, options);

  beginReadinessTest: OperationalExcellenceApi['beginReadinessTest'] =
    submission => this.#post('/readiness-tests', submission);

  answerReadinessItem: OperationalExcellenceApi['answerReadinessItem'] = (
    id,
    itemId,
    change,
  ) => this.#send('PUT', readinessAnswerPath(id, itemId), change);

  withdrawReadinessAnswer: OperationalExcellenceApi['withdrawReadinessAnswer'] =
    (id, itemId, version) =>
      this.#send(
        'DELETE',
        `${readinessAnswerPath(id, itemId)}?version=${version}`,
      );

  finishReadinessTest: OperationalExcellenceApi['finishReadinessTest'] = (
    id,
    request,
  ) => this.#post(`${readinessTestPath(id)}/finish`, request);

  signOffReadinessTest: OperationalExcellenceApi['signOffReadinessTest'] = (
    id,
    request,
  ) => this.#post(`${readinessTestPath(id)}/sign-off`, request);

  discardReadinessTest: OperationalExcellenceApi['discardReadinessTest'] = (
    id,
    request,
  ) => this.#post(`${readinessTestPath(id)}/discard`, request);

  getReadinessDifference: OperationalExcellenceApi['getReadinessDifference'] = (
    id,
    from,
    options,
  ) => this.#get(`${readinessTestPath(id)}/difference`, { from }, options);

  getTimeReport: OperationalExcellenceApi['getTimeReport'] = (
    entityRef,
    options,
  ) => this.#get(`${servicePath(entityRef)}/time`, {}, options);

  getOwnerTimeReport: OperationalExcellenceApi['getOwnerTimeReport'] = (
    ownerRef,
    options,
  ) => this.#get('/time', { owner: ownerRef }, options);

  getWaivers: OperationalExcellenceApi['getWaivers'] = (query, options) =>
    this.#get('/waivers', query, options);

  grantWaiver: OperationalExcellenceApi['grantWaiver'] = waiver =>
    this.#post('/waivers', waiver);

  endWaiver: OperationalExcellenceApi['endWaiver'] = id =>
    this.#send('DELETE', `/waivers/${encodeURIComponent(id)}`);

  getRollups: OperationalExcellenceApi['getRollups'] = (query, options) =>
    this.#get('/rollups', query, options);

  getHistory: OperationalExcellenceApi['getHistory'] = (query, options) =>
    this.#get('/history', query, options);

  getMovers: OperationalExcellenceApi['getMovers'] = (query, options) =>
    this.#get('/history/movers', query, options);

  getInitiatives: OperationalExcellenceApi['getInitiatives'] = (
    query,
    options,
  ) => this.#get('/initiatives', query, options);

  getInitiative: OperationalExcellenceApi['getInitiative'] = (id, options) =>
    this.#get(initiativePath(id), {}, options);

  createInitiative: OperationalExcellenceApi['createInitiative'] = submission =>
    this.#post('/initiatives', submission);

  changeInitiative: OperationalExcellenceApi['changeInitiative'] = (
    id,
    change,
  ) => this.#send('PATCH', initiativePath(id), change);

  closeInitiative: OperationalExcellenceApi['closeInitiative'] = (
    id,
    closing,
  ) => this.#post(`${initiativePath(id)}/close`, closing);

  getPolicies: OperationalExcellenceApi['getPolicies'] = options =>
    this.#get('/policies', {}, options);

  previewPolicies: OperationalExcellenceApi['previewPolicies'] = submission =>
    this.#post('/policy-previews', submission);

  getPolicyPreview: OperationalExcellenceApi['getPolicyPreview'] = (
    id,
    options,
  ) => this.#get(policyPreviewPath(id), {}, options);

  getPolicyPreviewServices: OperationalExcellenceApi['getPolicyPreviewServices'] =
    (id, query, options) =>
      this.#get(`${policyPreviewPath(id)}/services`, query, options);

  getSavedViews: OperationalExcellenceApi['getSavedViews'] = options =>
    this.#get('/views', {}, options);

  saveView: OperationalExcellenceApi['saveView'] = submission =>
    this.#post('/views', submission);

  changeSavedView: OperationalExcellenceApi['changeSavedView'] = (
    id,
    submission,
  ) => this.#send('PUT', savedViewPath(id), submission);

  removeSavedView: OperationalExcellenceApi['removeSavedView'] = id =>
    this.#send('DELETE', savedViewPath(id));

  syncSource: OperationalExcellenceApi['syncSource'] = (
    sourceId,
    request = {},
  ) => this.#post(`/sources/${encodeURIComponent(sourceId)}/sync`, request);

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#send('POST', path, body);
  }

  #send<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    return this.#fetch(path, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  }

  #get<T>(
    path: string,
    query: OperationalExcellenceQuery,
    options: OperationalExcellenceRequestOptions = {},
  ): Promise<T> {
    return this.#fetch(withQuery(path, query), { signal: options.signal });
  }

  async #fetch<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.#request(path, init);
    // What answers with nothing promises nothing.
    return response.status === 204 ? (undefined as T) : response.json();
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl(
      'operational-excellence',
    );
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

function withQuery(path: string, query: OperationalExcellenceQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const each of values) {
      if (each !== undefined && each !== '') params.append(name, `${each}`);
    }
  }
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

function servicePath(entityRef: string) {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/services/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function exercisePath(id: string) {
  return `/exercises/${encodeURIComponent(id)}`;
}

function readinessTestPath(id: string) {
  return `/readiness-tests/${encodeURIComponent(id)}`;
}

function environmentPath(name: string) {
  return `/environments/${encodeURIComponent(name)}`;
}

function findingPath(id: string) {
  return `/findings/${encodeURIComponent(id)}`;
}

function readinessAnswerPath(id: string, itemId: string) {
  return `${readinessTestPath(id)}/answers/${encodeURIComponent(itemId)}`;
}

function initiativePath(id: string) {
  return `/initiatives/${encodeURIComponent(id)}`;
}

function policyPreviewPath(id: string) {
  return `/policy-previews/${encodeURIComponent(id)}`;
}

function savedViewPath(id: string) {
  return `/views/${encodeURIComponent(id)}`;
}

function improvementPath(id: string) {
  return `/improvements/${encodeURIComponent(id)}`;
}
