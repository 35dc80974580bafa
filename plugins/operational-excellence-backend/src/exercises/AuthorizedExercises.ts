import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ExerciseApprovalRequest,
  ExerciseChange,
  ExerciseDetail,
  ExerciseExperimentLink,
  ExerciseLogSubmission,
  ExerciseQuery,
  ExerciseSubmission,
  ExerciseTransition,
  operationalExcellenceExerciseManagePermission as exerciseManage,
  operationalExcellenceRecordImportPermission as recordImport,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { ImportEntries } from '../imports';
import { Caller } from '../improvements';
import { fullEntityRef } from '../services/fullEntityRef';
import { noSuchService } from '../services/noSuchService';
import { Visibility, VisibilityService } from '../visibility';
import { notAllowedFor } from '../visibility/Decisions';
import { Approvers } from './Approvers';
import { Exercises } from './Exercises';
import { ExerciseService } from './ExerciseService';
import { ExerciseImport, ExerciseImportEntry } from './imports';
import { ExerciseQueries } from './queries';
import { ExerciseServices } from './queries/readServices';

interface AuthorizedExercisesOptions {
  approvers: Approvers;
  exercises: ExerciseService;
  imports: ExerciseImport;
  queries: ExerciseQueries;
  visibility: VisibilityService;
}

/** An exercise that the caller may change, and which services that hangs on. */
interface Managed {
  by: string;
  visible: Visibility;
  services: ExerciseServices;
}

/** Lets callers do with exercises what they may, of services that they see. */
export class AuthorizedExercises implements Exercises {
  readonly #approvers: Approvers;
  readonly #exercises: ExerciseService;
  readonly #imports: ExerciseImport;
  readonly #queries: ExerciseQueries;
  readonly #visibility: VisibilityService;

  static create(options: AuthorizedExercisesOptions) {
    return new AuthorizedExercises(options);
  }

  private constructor(options: AuthorizedExercisesOptions) {
    this.#approvers = options.approvers;
    this.#exercises = options.exercises;
    this.#imports = options.imports;
    this.#queries = options.queries;
    this.#visibility = options.visibility;
  }

  async list(query: ExerciseQuery, { credentials }: Caller) {
    return this.#queries.list(query, await this.#visible(credentials));
  }

  async get(id: string, { credentials }: Caller): Promise<ExerciseDetail> {
    return this.#read(id, await this.#visible(credentials), credentials);
  }

  async create(submission: ExerciseSubmission, { credentials }: Caller) {
    const visible = await this.#visible(credentials);
    const ids = await this.#serviceIds(submission.entityRefs, visible);
    await this.#requireAll([...ids.keys()], credentials);
    const { id, isNew } = await this.#exercises.create(submission, {
      serviceIds: [...ids.values()],
      by: nameOfCaller(credentials),
    });
    return { exercise: await this.#read(id, visible, credentials), isNew };
  }

  async change(id: string, change: ExerciseChange, { credentials }: Caller) {
    const { by, services, visible } = await this.#managed(id, credentials);
    let serviceIds: number[] | undefined;
    if (change.entityRefs) {
      const given = await this.#serviceIds(change.entityRefs, visible);
      const before = new Set(
        services.visible.map(({ entityRef }) => entityRef),
      );
      const added = [...given.keys()].filter(ref => !before.has(ref));
      await this.#requireAll(added, credentials);
      serviceIds = [...given.values(), ...services.hidden];
    }
    await this.#exercises.change(id, change, { serviceIds, by });
    return this.#read(id, visible, credentials);
  }

  async transition(
    id: string,
    transition: ExerciseTransition,
    { credentials }: Caller,
  ) {
    const { by, visible } = await this.#managed(id, credentials);
    await this.#exercises.transition(id, transition, { by });
    return this.#read(id, visible, credentials);
  }

  async log(id: string, entry: ExerciseLogSubmission, { credentials }: Caller) {
    const { by, visible } = await this.#managed(id, credentials);
    await this.#exercises.log(id, entry, { by });
    return this.#read(id, visible, credentials);
  }

  async decide(
    id: string,
    decision: ExerciseApprovalRequest,
    { credentials }: Caller,
  ) {
    const visible = await this.#visible(credentials);
    if (!(await this.#queries.services(id, visible))) throw noSuchExercise(id);
    const decidedFor = await this.#exercises.decide(id, decision, {
      by: nameOfCaller(credentials),
      speaksFor: await this.#approvers.spokenForBy(credentials),
    });
    if (!decidedFor.length) {
      throw new NotAllowedError(
        'You are none of those whose approval the policies of its services ask for',
      );
    }
    return this.#read(id, visible, credentials);
  }

  async link(
    id: string,
    experiment: ExerciseExperimentLink,
    { credentials }: Caller,
  ) {
    const { visible } = await this.#managed(id, credentials);
    const experimentId = await this.#queries.experimentId(experiment, visible);
    if (experimentId === undefined) throw noSuchExperiment(experiment);
    await this.#exercises.link(id, experimentId);
    return this.#read(id, visible, credentials);
  }

  async unlink(
    id: string,
    experiment: ExerciseExperimentLink,
    { credentials }: Caller,
  ) {
    const { visible } = await this.#managed(id, credentials);
    const experimentId = await this.#queries.linkedExperimentId(
      id,
      experiment,
      visible,
    );
    if (experimentId === undefined) throw noSuchExperiment(experiment);
    await this.#exercises.unlink(id, experimentId);
    return this.#read(id, visible, credentials);
  }

  async suggestions(id: string, { credentials }: Caller) {
    const visible = await this.#visible(credentials);
    const suggestions = await this.#queries.suggestions(id, visible);
    if (!suggestions) throw noSuchExercise(id);
    return suggestions;
  }

  async import(
    entries: ImportEntries<ExerciseImportEntry>,
    options: { dryRun: boolean },
    { credentials }: Caller,
  ) {
    await this.#visibility.authorize(credentials, recordImport);
    const by = nameOfCaller(credentials);
    return this.#imports.import(entries, { ...options, by });
  }

  async #visible(credentials: BackstageCredentials): Promise<Visibility> {
    return this.#visibility.ofServices(credentials, serviceRead);
  }

  /** What the caller may see of an exercise, such as after they changed it. */
  async #read(
    id: string,
    visible: Visibility,
    credentials: Caller['credentials'],
  ): Promise<ExerciseDetail> {
    const exercise = await this.#queries.get(id, visible);
    if (!exercise) throw noSuchExercise(id);
    const { approvals, state } = exercise;
    const speaksFor =
      state === 'planned' && approvals.length
        ? await this.#approvers.spokenForBy(credentials)
        : () => false;
    return {
      ...exercise,
      mayDecide: approvals.some(({ approver }) => speaksFor(approver)),
    };
  }

  async #managed(
    id: string,
    credentials: Caller['credentials'],
  ): Promise<Managed> {
    const visible = await this.#visible(credentials);
    const services = await this.#queries.services(id, visible);
    if (!services) throw noSuchExercise(id);
    const entityRefs = services.visible.map(({ entityRef }) => entityRef);
    const allowed = await this.#visibility.allowedFor(
      entityRefs,
      credentials,
      exerciseManage,
    );
    if (!allowed.size) {
      throw notAllowedFor({
        entityRef: entityRefs.join(', '),
        permission: exerciseManage,
      });
    }
    return { by: nameOfCaller(credentials), visible, services };
  }

  async #requireAll(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ) {
    if (!entityRefs.length) return;
    const allowed = await this.#visibility.allowedFor(
      entityRefs,
      credentials,
      exerciseManage,
    );
    const denied = entityRefs.find(entityRef => !allowed.has(entityRef));
    if (denied !== undefined) {
      throw notAllowedFor({ entityRef: denied, permission: exerciseManage });
    }
  }

  /** By the whole references. */
  async #serviceIds(
    given: readonly string[],
    visible: Visibility,
  ): Promise<Map<string, number>> {
    const entityRefs = [
      ...new Set(given.map(ref => fullEntityRef(ref, 'entityRefs'))),
    ];
    const ids = await this.#queries.serviceIds(entityRefs, visible);
    const missing = entityRefs.find(entityRef => !ids.has(entityRef));
    if (missing !== undefined) throw noSuchService(missing);
    return ids;
  }
}

/** The same whether there is none or all its services are hidden from the caller. */
function noSuchExercise(id: string) {
  return new NotFoundError(
    `There is no exercise ${shortened(
      id,
    )}, or you may not see its services in the catalog`,
  );
}

function noSuchExperiment({ experimentId, sourceId }: ExerciseExperimentLink) {
  return new NotFoundError(
    `There is no experiment ${shortened(experimentId)} of ${shortened(
      sourceId,
    )}, or you may not see the services that it exercises`,
  );
}

function shortened(text: string) {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
