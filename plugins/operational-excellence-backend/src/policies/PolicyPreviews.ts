import {
  Page,
  Policies,
  PolicyPreview,
  PolicyPreviewService,
  PolicyPreviewServiceQuery,
  PolicyPreviewSubmission,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/** What can be asked of policies, on behalf of somebody. */
export interface PolicyPreviews {
  /** Those of the configuration, with the numbers of services that they see. */
  policies(caller: Caller): Promise<Policies>;

  /**
   * Begins to find out what other policies would change.
   *
   * @throws NotAllowedError where they may not
   */
  start(
    submission: PolicyPreviewSubmission,
    caller: Caller,
  ): Promise<PolicyPreview>;

  /** @throws NotFoundError where there is no such preview */
  get(id: string, caller: Caller): Promise<PolicyPreview>;

  /**
   * The services that they see of those that would change a state.
   *
   * @throws NotFoundError where there is no such preview
   */
  services(
    id: string,
    query: PolicyPreviewServiceQuery,
    caller: Caller,
  ): Promise<Page<PolicyPreviewService>>;
}
