import {
  EnvironmentItem,
  EnvironmentQuery,
  EnvironmentReport,
  ImprovementDetail,
  Page,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/** What can be done with environments, on behalf of somebody. */
export interface Environments {
  /** Those in which a service runs that they see, and those that name none. */
  list(query: EnvironmentQuery, caller: Caller): Promise<Page<EnvironmentItem>>;

  /**
   * Creates or updates the environment of a name.
   *
   * @throws NotAllowedError where they may not report environments
   * @throws NotFoundError where it names a service that there is not, or that is
   * not visible
   * @throws ConflictError where it was removed
   */
  report(
    name: string,
    report: EnvironmentReport,
    caller: Caller,
  ): Promise<{ environment: EnvironmentItem; isNew: boolean }>;

  /**
   * @throws NotAllowedError where they may not report environments
   * @throws NotFoundError where there is none of that name, or it is not visible
   */
  remove(
    name: string,
    removal: { removedAt?: string },
    caller: Caller,
  ): Promise<EnvironmentItem>;

  /**
   * Says where an improvement is tried; `null` for nowhere.
   *
   * @throws NotAllowedError where they may not file improvements of its service
   * @throws NotFoundError where there is no such improvement or environment, or it
   * is not visible
   */
  choose(
    improvementId: string,
    environmentId: string | null,
    caller: Caller,
  ): Promise<ImprovementDetail>;
}
