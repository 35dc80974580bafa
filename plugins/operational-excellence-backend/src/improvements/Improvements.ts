import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  Improvement,
  ImprovementCorrection,
  ImprovementDetail,
  ImprovementQuery,
  ImprovementSubmission,
  Page,
  SimilarTicketList,
  TrackerList,
} from 'backstage-plugin-operational-excellence-common';

/** On whose behalf something is done. */
export interface Caller {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
}

/** What can be done with improvements, on behalf of somebody. */
export interface Improvements {
  /**
   * @throws NotFoundError where there is no such service, or it is not visible
   * @throws NotAllowedError where they may not file improvements of it
   */
  submit(
    submission: ImprovementSubmission,
    caller: Caller,
  ): Promise<{ improvement: Improvement; isNew: boolean }>;

  /**
   * @throws NotFoundError where there is no such improvement, or it is not visible
   * @throws NotAllowedError where they may not file improvements of its service
   */
  resend(
    id: string,
    correction: ImprovementCorrection,
    caller: Caller,
  ): Promise<Improvement>;

  /** Those of the services that they see. */
  list(query: ImprovementQuery, caller: Caller): Promise<Page<Improvement>>;

  /** @throws NotFoundError where there is no such improvement, or it is not visible */
  get(id: string, caller: Caller): Promise<ImprovementDetail>;

  /** @throws NotFoundError where there is no such service, or it is not visible */
  trackers(entityRef: string, caller: Caller): Promise<TrackerList>;

  /** @throws NotFoundError where there is no such service, or it is not visible */
  similarTickets(
    entityRef: string,
    query: { q: string },
    caller: Caller,
  ): Promise<SimilarTicketList>;
}
