import {
  Finding,
  FindingChange,
  FindingQuery,
  FindingSubmission,
  Page,
  RetestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/**
 * What can be done with findings, on behalf of somebody. To write them down, they
 * have to be allowed to manage the exercises, or to perform the readiness tests,
 * of the service that a finding is about, by what it comes from.
 */
export interface Findings {
  /** Those of the services that they see. */
  list(query: FindingQuery, caller: Caller): Promise<Page<Finding>>;

  /** @throws NotFoundError where there is no such finding, or it is not visible */
  get(id: string, caller: Caller): Promise<Finding>;

  /**
   * @throws NotFoundError where there is no such service, exercise or readiness
   * test, or it is not visible
   * @throws NotAllowedError where they may not
   * @throws ConflictError where the key was used for another one
   */
  create(
    submission: FindingSubmission,
    caller: Caller,
  ): Promise<{ finding: Finding; isNew: boolean }>;

  /**
   * @throws NotFoundError where there is no such finding, or it is not visible
   * @throws NotAllowedError where they may not
   * @throws ConflictError where somebody changed it in between
   */
  change(id: string, change: FindingChange, caller: Caller): Promise<Finding>;

  /**
   * @throws NotFoundError where there is no such finding, exercise or experiment,
   * or it is not visible
   * @throws NotAllowedError where they may not
   * @throws ConflictError where the key was used for another one
   */
  retest(
    id: string,
    submission: RetestSubmission,
    caller: Caller,
  ): Promise<{ finding: Finding; isNew: boolean }>;
}
