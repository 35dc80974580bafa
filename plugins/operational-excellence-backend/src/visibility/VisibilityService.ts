import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { BasicPermission } from '@backstage/plugin-permission-common';
import { Visibility } from './Visibility';

export interface VisibilityServiceOptions {
  catalog: CatalogService;
  permissions: PermissionsService;
  /** Which entities of the catalog are services. */
  filter: FilterPredicate;
  /** How long what the permission backend decided is believed, milliseconds. */
  decisionsFor: number;
  /** How long what the catalog showed to a caller is believed, milliseconds. */
  servicesFor: number;
}

/** Decides what a caller may do and which services they may see. */
export interface VisibilityService {
  /**
   * Which services the caller may see, once they have the permission.
   *
   * @throws NotAllowedError where they lack it
   */
  ofServices(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Visibility>;

  /**
   * Whether the caller may see one service, once they have the permission. Costs
   * no more than a look at that one entity.
   *
   * @throws NotAllowedError where they lack it
   */
  ofService(
    entityRef: string,
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Visibility>;

  /**
   * Lets those through who have the permission. Never answers from memory.
   *
   * @throws NotAllowedError where they lack it
   */
  authorize(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void>;
}
