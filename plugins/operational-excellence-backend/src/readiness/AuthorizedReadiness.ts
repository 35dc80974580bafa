import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  operationalExcellenceReadinessTestPerformPermission as perform,
  operationalExcellenceReadinessTestSignOffPermission as signOff,
  operationalExcellenceRecordImportPermission as recordImport,
  operationalExcellenceServiceReadPermission as serviceRead,
  ReadinessAnswerChange,
  ReadinessFinish,
  ReadinessReport,
  ReadinessSignOff,
  ReadinessTestDetail,
  ReadinessTestQuery,
  ReadinessTestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller } from '../improvements';
import { ImportEntries } from '../imports';
import { fullEntityRef } from '../services/fullEntityRef';
import { noSuchService } from '../services/noSuchService';
import { VisibilityService } from '../visibility';
import { ReadinessImport, ReadinessImportEntry } from './imports';
import { Readiness } from './Readiness';
import {
  noSuchRun,
  ReportService,
  RunQueries,
  RunService,
  RunStarter,
  shownAnswer,
} from './runs';
import { TemplateQueries } from './templates';

export interface AuthorizedReadinessOptions {
  imports: ReadinessImport;
  queries: RunQueries;
  reports: ReportService;
  runs: RunService;
  starter: RunStarter;
  templates: TemplateQueries;
  visibility: VisibilityService;
}

/**
 * Lets callers do with readiness tests what they may, of services that they see.
 */
export class AuthorizedReadiness implements Readiness {
  readonly #options: AuthorizedReadinessOptions;

  static create(options: AuthorizedReadinessOptions) {
    return new AuthorizedReadiness(options);
  }

  private constructor(options: AuthorizedReadinessOptions) {
    this.#options = options;
  }

  async templates(query: { entityRef?: string }, { credentials }: Caller) {
    const { queries, starter, templates, visibility } = this.#options;
    if (query.entityRef === undefined) {
      return templates.list(
        await visibility.ofServices(credentials, serviceRead),
      );
    }
    const entityRef = fullEntityRef(query.entityRef);
    const visible = await visibility.ofService(
      entityRef,
      credentials,
      serviceRead,
    );
    const id = await queries.serviceId(entityRef, visible);
    if (id === undefined) throw noSuchService(entityRef);
    const entity = await starter.entity(entityRef);
    return templates.listFor({ id, entity }, visible);
  }

  async list(query: ReadinessTestQuery, { credentials }: Caller) {
    const { queries, visibility } = this.#options;
    const visible = await visibility.ofServices(credentials, serviceRead);
    return queries.list(query, visible);
  }

  async get(id: string, { credentials }: Caller) {
    const { queries, visibility } = this.#options;
    const entityRef = await queries.entityRefOf(id);
    // Who may see nothing is told so, also where there is nothing.
    const visible = await (entityRef === undefined
      ? visibility.ofServices(credentials, serviceRead)
      : visibility.ofService(entityRef, credentials, serviceRead));
    const test = await queries.get(id, visible);
    if (!test) throw noSuchRun(id);
    return test;
  }

  async difference(id: string, query: { from: string }, caller: Caller) {
    const to = await this.get(id, caller);
    const from = await this.get(query.from, caller);
    return this.#options.queries.difference(from, to);
  }

  async begin(submission: ReadinessTestSubmission, { credentials }: Caller) {
    const entityRef = fullEntityRef(submission.entityRef);
    const serviceId = await this.#serviceToTest(entityRef, credentials);
    const { id, isNew } = await this.#options.runs.begin(
      { ...submission, entityRef },
      { serviceId, by: nameOfCaller(credentials) },
    );
    return { test: await this.#read(id), isNew };
  }

  async answer(
    id: string,
    itemId: string,
    change: ReadinessAnswerChange,
    caller: Caller,
  ) {
    const by = await this.#authorize(id, caller, perform);
    return shownAnswer(
      await this.#options.runs.answer(id, itemId, change, { by }),
    );
  }

  async withdraw(
    id: string,
    itemId: string,
    { version }: { version: number },
    caller: Caller,
  ) {
    const by = await this.#authorize(id, caller, perform);
    await this.#options.runs.withdraw(id, itemId, { version, by });
    return this.#read(id);
  }

  async finish(id: string, request: ReadinessFinish, caller: Caller) {
    const by = await this.#authorize(id, caller, perform);
    await this.#options.runs.finish(id, { ...request, by });
    return this.#read(id);
  }

  async signOff(id: string, request: ReadinessSignOff, caller: Caller) {
    const by = await this.#authorize(id, caller, signOff);
    await this.#options.runs.signOff(id, { ...request, by });
    return this.#read(id);
  }

  async discard(id: string, { version }: { version: number }, caller: Caller) {
    const by = await this.#authorize(id, caller, perform);
    await this.#options.runs.discard(id, { version, by });
    return this.#read(id);
  }

  async report(
    externalId: string,
    report: ReadinessReport,
    { credentials }: Caller,
  ) {
    const entityRef = fullEntityRef(report.entityRef);
    const serviceId = await this.#serviceToTest(entityRef, credentials);
    const { performedAt } = report;
    const { id, isNew } = await this.#options.reports.report(
      {
        externalId,
        entityRef,
        template: report.template,
        performedAt:
          performedAt === undefined ? undefined : Date.parse(performedAt),
        answers: new Map(Object.entries(report.answers)),
        finish: report.finish,
      },
      { serviceId, by: nameOfCaller(credentials) },
    );
    return { test: await this.#read(id), isNew };
  }

  async import(
    entries: ImportEntries<ReadinessImportEntry>,
    options: { dryRun: boolean },
    { credentials }: Caller,
  ) {
    const { imports, visibility } = this.#options;
    await visibility.authorize(credentials, recordImport);
    return imports.import(entries, {
      ...options,
      by: nameOfCaller(credentials),
    });
  }

  /** The id of a service that the caller may run tests of. */
  async #serviceToTest(
    entityRef: string,
    credentials: Caller['credentials'],
  ): Promise<number> {
    const { queries, visibility } = this.#options;
    const service = await visibility.ofServiceToChange(
      { permission: perform, entityRef },
      credentials,
      serviceRead,
    );
    const serviceId = await queries.serviceId(entityRef, service.visible);
    if (serviceId === undefined) throw noSuchService(entityRef);
    service.authorize();
    return serviceId;
  }

  /** The name of a caller who may do something with a test. */
  async #authorize(
    id: string,
    { credentials }: Caller,
    permission: ResourcePermission,
  ): Promise<string> {
    const { queries, visibility } = this.#options;
    const entityRef = await queries.entityRefOf(id);
    if (entityRef === undefined) {
      await requireSight(visibility, credentials);
      throw noSuchRun(id);
    }
    const service = await visibility.ofServiceToChange(
      { permission, entityRef },
      credentials,
      serviceRead,
    );
    if ((await queries.serviceId(entityRef, service.visible)) === undefined) {
      throw noSuchRun(id);
    }
    service.authorize();
    return nameOfCaller(credentials);
  }

  /** What was just written. */
  async #read(id: string): Promise<ReadinessTestDetail> {
    const test = await this.#options.queries.read(id);
    if (!test) throw noSuchRun(id);
    return test;
  }
}

/** Who may see nothing is told so, also where there is nothing. */
async function requireSight(
  visibility: VisibilityService,
  credentials: BackstageCredentials,
) {
  await visibility.ofServices(credentials, serviceRead);
}
