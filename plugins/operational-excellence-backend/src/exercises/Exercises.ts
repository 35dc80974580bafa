import {
  Exercise,
  ExerciseApprovalRequest,
  ExerciseChange,
  ExerciseDetail,
  ExerciseExperimentLink,
  ExerciseLogSubmission,
  ExerciseQuery,
  ExerciseSubmission,
  ExerciseTransition,
  ExperimentSuggestions,
  ImportResult,
  Page,
} from 'backstage-plugin-operational-excellence-common';
import { ImportEntries } from '../imports';
import { Caller } from '../improvements';
import { ExerciseImportEntry } from './imports';

/**
 * What can be done with exercises, on behalf of somebody. They see an exercise of
 * which they see at least one service. Whatever they do to one, it throws
 * NotFoundError where there is none that they see, and NotAllowedError where they
 * may not manage exercises of any of its services that they see.
 */
export interface Exercises {
  /** Those of the services that they see. */
  list(query: ExerciseQuery, caller: Caller): Promise<Page<Exercise>>;

  get(id: string, caller: Caller): Promise<ExerciseDetail>;

  /**
   * Plans an exercise; the same key is the same one, however often it is sent.
   *
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where they do not see all of its services, or there is
   * no such environment
   * @throws NotAllowedError where they may not manage exercises of all of them
   * @throws ConflictError where they used the key for another one
   */
  create(
    submission: ExerciseSubmission,
    caller: Caller,
  ): Promise<{ exercise: ExerciseDetail; isNew: boolean }>;

  /**
   * Changes what is given. Services that they do not see stay.
   *
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where they do not see a service that is added
   * @throws NotAllowedError where they may not manage exercises of one that is
   * @throws ConflictError where somebody else changed it in between, or it was
   * cancelled
   */
  change(
    id: string,
    change: ExerciseChange,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /**
   * Begins, ends or cancels an exercise.
   *
   * @throws InputError where times lie in the future, or are out of order
   * @throws ConflictError where somebody else changed it in between, its state
   * does not allow it, or it was not approved
   */
  transition(
    id: string,
    transition: ExerciseTransition,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /**
   * Writes into its log; the same key is the same entry, however often it is
   * sent.
   *
   * @throws InputError where it would have happened in the future
   * @throws ConflictError where they used the key for another one, or the exercise
   * was cancelled
   */
  log(
    id: string,
    entry: ExerciseLogSubmission,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /**
   * Approves or rejects its plan. Needs no other permission than to be one of
   * those who have to.
   *
   * @throws NotAllowedError where they are not
   * @throws ConflictError where somebody else changed it in between, or it has
   * begun or was cancelled
   */
  decide(
    id: string,
    decision: ExerciseApprovalRequest,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /** @throws NotFoundError where there is no such experiment that they see */
  link(
    id: string,
    experiment: ExerciseExperimentLink,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /** @throws NotFoundError where it is not linked */
  unlink(
    id: string,
    experiment: ExerciseExperimentLink,
    caller: Caller,
  ): Promise<ExerciseDetail>;

  /** Experiments of its services and its time that are not linked to it. */
  suggestions(id: string, caller: Caller): Promise<ExperimentSuggestions>;

  /**
   * Puts down exercises of the past, of any service: all of them, or none where
   * one is wrong.
   *
   * @throws NotAllowedError where they may not import
   */
  import(
    entries: ImportEntries<ExerciseImportEntry>,
    options: { dryRun: boolean },
    caller: Caller,
  ): Promise<ImportResult>;
}
