import { parseEntityRef } from '@backstage/catalog-model';
import { AnnouncedService } from '../delivery/readAddressees';

/** The path of the operational excellence of a service. */
export function serviceLink({ entityRef }: AnnouncedService): string {
  const { kind, name, namespace } = parseEntityRef(entityRef);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return `/catalog/${path}/operational-excellence`;
}

/** The path of the scorecard of what an owner owns. */
export function scorecardLink(ownerRef: string): string {
  const params = new URLSearchParams({ owner: ownerRef });
  return `/operational-excellence/scorecard?${params}`;
}

/** The path of the services of an owner that are left of an initiative. */
export function initiativeLink(initiative: string, ownerRef: string): string {
  const params = new URLSearchParams({
    initiative,
    reached: 'left',
    owner: ownerRef,
  });
  return `/operational-excellence/scorecard?${params}`;
}

/** The path of where a record of some services is shown. */
export function recordLink(
  services: readonly AnnouncedService[],
  pageOfSeveral: string,
): string {
  return services.length === 1
    ? serviceLink(services[0])
    : `/operational-excellence/${pageOfSeveral}`;
}
