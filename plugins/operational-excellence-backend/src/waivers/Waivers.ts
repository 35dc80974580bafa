import {
  Page,
  Waiver,
  WaiverQuery,
  WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/** What can be done with waivers, on behalf of somebody. */
export interface Waivers {
  /**
   * @throws InputError where it would end before it begins
   * @throws NotFoundError where there is no such service, or it is not visible
   * @throws NotAllowedError where they may not grant waivers of it
   */
  grant(waiver: WaiverRequest, caller: Caller): Promise<Waiver>;

  /**
   * Ends a waiver before its time.
   *
   * @throws NotFoundError where there is no such waiver, or its service is not visible
   * @throws NotAllowedError where they may not grant waivers of its service
   * @throws ConflictError where its time is over
   */
  revoke(id: string, caller: Caller): Promise<Waiver>;

  /** Those of the services that they see, past ones included. */
  list(query: WaiverQuery, caller: Caller): Promise<Page<Waiver>>;
}
