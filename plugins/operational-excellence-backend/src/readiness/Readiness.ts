import {
  ImportResult,
  Page,
  ReadinessAnswer,
  ReadinessAnswerChange,
  ReadinessDifference,
  ReadinessFinish,
  ReadinessReport,
  ReadinessSignOff,
  ReadinessTemplateList,
  ReadinessTest,
  ReadinessTestDetail,
  ReadinessTestQuery,
  ReadinessTestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';
import { ImportEntries } from '../imports';
import { ReadinessImportEntry } from './imports';

/**
 * What can be done with readiness tests, on behalf of somebody. Where a test, or
 * the service that it is of, is not visible to them, there is none:
 * NotFoundError. Where they may not change tests of it: NotAllowedError.
 */
export interface Readiness {
  /** All templates; for a service, those that apply to it. */
  templates(
    query: { entityRef?: string },
    caller: Caller,
  ): Promise<ReadinessTemplateList>;

  /** Those of the services that they see. */
  list(query: ReadinessTestQuery, caller: Caller): Promise<Page<ReadinessTest>>;

  get(id: string, caller: Caller): Promise<ReadinessTestDetail>;

  /** @throws InputError where the two are not of one template and service */
  difference(
    id: string,
    query: { from: string },
    caller: Caller,
  ): Promise<ReadinessDifference>;

  /** @throws ConflictError where the key was used for another test */
  begin(
    submission: ReadinessTestSubmission,
    caller: Caller,
  ): Promise<{ test: ReadinessTestDetail; isNew: boolean }>;

  /** @throws ConflictError where somebody else has answered the item since */
  answer(
    id: string,
    itemId: string,
    change: ReadinessAnswerChange,
    caller: Caller,
  ): Promise<ReadinessAnswer>;

  /** @throws ConflictError where somebody else has answered the item since */
  withdraw(
    id: string,
    itemId: string,
    query: { version: number },
    caller: Caller,
  ): Promise<ReadinessTestDetail>;

  /**
   * @throws InputError where items stand against it
   * @throws ConflictError where it was changed since
   */
  finish(
    id: string,
    request: ReadinessFinish,
    caller: Caller,
  ): Promise<ReadinessTestDetail>;

  /** @throws ConflictError where it was changed since */
  signOff(
    id: string,
    request: ReadinessSignOff,
    caller: Caller,
  ): Promise<ReadinessTestDetail>;

  /** @throws ConflictError where it was changed since */
  discard(
    id: string,
    request: { version: number },
    caller: Caller,
  ): Promise<ReadinessTestDetail>;

  /**
   * Takes what a pipeline found, or a part of it.
   *
   * @throws InputError where items are unknown or stand against finishing
   * @throws ConflictError where the id is of another test
   */
  report(
    externalId: string,
    report: ReadinessReport,
    caller: Caller,
  ): Promise<{ test: ReadinessTestDetail; isNew: boolean }>;

  /** Puts down tests of the past, of any service. */
  import(
    entries: ImportEntries<ReadinessImportEntry>,
    options: { dryRun: boolean },
    caller: Caller,
  ): Promise<ImportResult>;
}
