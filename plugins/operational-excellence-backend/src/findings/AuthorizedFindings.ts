import { NotFoundError } from '@backstage/errors';
import {
  Finding,
  FindingChange,
  FindingQuery,
  FindingSubmission,
  Instant,
  operationalExcellenceExerciseManagePermission as exerciseManage,
  operationalExcellenceReadinessTestPerformPermission as readinessTestPerform,
  operationalExcellenceServiceReadPermission as serviceRead,
  RetestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller } from '../improvements';
import { fullEntityRef } from '../services/fullEntityRef';
import { noSuchService } from '../services/noSuchService';
import { isVisible } from '../services/visibleServices';
import { VisibilityService } from '../visibility';
import { Findings } from './Findings';
import { FindingService } from './FindingService';
import { FindingQueries } from './queries';

interface AuthorizedFindingsOptions {
  findings: FindingService;
  queries: FindingQueries;
  visibility: VisibilityService;
  now?: () => Instant;
}

/** Lets callers do with findings what they may, of services that they see. */
export class AuthorizedFindings implements Findings {
  readonly #findings: FindingService;
  readonly #queries: FindingQueries;
  readonly #visibility: VisibilityService;
  readonly #now: () => Instant;

  static create(options: AuthorizedFindingsOptions) {
    return new AuthorizedFindings(options);
  }

  private constructor(options: AuthorizedFindingsOptions) {
    this.#findings = options.findings;
    this.#queries = options.queries;
    this.#visibility = options.visibility;
    this.#now = options.now ?? Date.now;
  }

  async list(query: FindingQuery, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    return this.#queries.list(query, visible, this.#now());
  }

  async get(id: string, { credentials }: Caller) {
    const finding = await this.#queries.read(id, this.#now());
    // Who may see nothing is told so, also where there is nothing.
    const visible = await (finding
      ? this.#visibility.ofService(finding.entityRef, credentials, serviceRead)
      : this.#visibility.ofServices(credentials, serviceRead));
    if (!finding || !isVisible(finding.entityRef, visible)) {
      throw noSuchFinding(id);
    }
    return finding;
  }

  async create(submission: FindingSubmission, { credentials }: Caller) {
    const entityRef = fullEntityRef(submission.entityRef);
    const service = await this.#visibility.ofServiceToChange(
      { permission: permissionFor(submission.exerciseId !== null), entityRef },
      credentials,
      serviceRead,
    );
    const serviceId = await this.#queries.serviceId(entityRef, service.visible);
    if (serviceId === undefined) throw noSuchService(entityRef);
    service.authorize();
    const { id, isNew } = await this.#findings.create(
      { ...submission, entityRef },
      { serviceId, createdBy: nameOfCaller(credentials) },
    );
    return { finding: await this.#read(id), isNew };
  }

  async change(id: string, change: FindingChange, caller: Caller) {
    await this.#authorize(id, caller);
    const changedBy = nameOfCaller(caller.credentials);
    await this.#findings.change(id, change, { changedBy });
    return this.#read(id);
  }

  async retest(id: string, submission: RetestSubmission, caller: Caller) {
    await this.#authorize(id, caller);
    const recordedBy = nameOfCaller(caller.credentials);
    const { isNew } = await this.#findings.retest(id, submission, {
      recordedBy,
    });
    return { finding: await this.#read(id), isNew };
  }

  async #authorize(id: string, caller: Caller): Promise<void> {
    const { entityRef, origin } = await this.get(id, caller);
    await this.#visibility.authorizeFor(
      entityRef,
      caller.credentials,
      permissionFor(origin.kind !== 'readiness-test'),
    );
  }

  /** What was just written. */
  async #read(id: string): Promise<Finding> {
    const finding = await this.#queries.read(id, this.#now());
    if (!finding) throw noSuchFinding(id);
    return finding;
  }
}

/** What one needs to write down findings. */
function permissionFor(isOfExercise: boolean) {
  return isOfExercise ? exerciseManage : readinessTestPerform;
}

/** The same whether there is none or its service is hidden from the caller. */
function noSuchFinding(id: string) {
  return new NotFoundError(
    `There is no finding ${
      id.length > 100 ? `${id.slice(0, 100)}…` : id
    }, or you may not see its service in the catalog`,
  );
}
