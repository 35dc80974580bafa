import {
  Initiative,
  InitiativeChange,
  InitiativeClosing,
  InitiativeQuery,
  InitiativeSubmission,
  Page,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/**
 * What can be done with initiatives, on behalf of somebody. Whoever may see
 * services sees all of them; how far each has come is counted of the services
 * that they see.
 */
export interface Initiatives {
  /** Those that are not closed first, the one that ends first before others. */
  list(query: InitiativeQuery, caller: Caller): Promise<Page<Initiative>>;

  /** @throws NotFoundError where there is no such initiative */
  get(id: string, caller: Caller): Promise<Initiative>;

  /**
   * @throws NotAllowedError where they may not manage initiatives
   * @throws InputError where its last day is over
   * @throws ConflictError where the key was used for another one
   */
  create(
    submission: InitiativeSubmission,
    caller: Caller,
  ): Promise<{ initiative: Initiative; isNew: boolean }>;

  /**
   * @throws NotAllowedError where they may not manage initiatives
   * @throws NotFoundError where there is no such initiative
   * @throws ConflictError where somebody changed it in between, or it is closed
   */
  change(
    id: string,
    change: InitiativeChange,
    caller: Caller,
  ): Promise<Initiative>;

  /**
   * Keeps how each service stands to it now.
   *
   * @throws NotAllowedError where they may not manage initiatives
   * @throws NotFoundError where there is no such initiative
   * @throws ConflictError where somebody changed it in between, or it is closed
   */
  close(
    id: string,
    closing: InitiativeClosing,
    caller: Caller,
  ): Promise<Initiative>;
}
