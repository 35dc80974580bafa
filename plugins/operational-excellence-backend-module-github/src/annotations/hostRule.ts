import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';

/** The host that holds the repositories of a service; `undefined` where it is none of ours. */
export type HostRule = (
  service: Pick<ServiceDescriptor, 'annotations'>,
) => string | undefined;

/** The annotations that the rule reads, the more specific first. */
export const HOST_ANNOTATIONS = [
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_LOCATION,
] as const;

/**
 * `github.com/project-slug` names no host. As the common GitHub plugins do, take
 * the host of the entity's source location, else of the location that it was
 * read from, where that is a configured host, and else the first configured
 * one. Unlike them, a host that is a GitHub integration without being
 * a configured source means no host: a repository of the same name on another
 * host is another repository.
 */
export function createHostRule(options: {
  /** The configured sources, in their order. */
  hosts: readonly string[];
  /** All GitHub integrations. */
  knownHosts: readonly string[];
}): HostRule {
  const hosts = new Set(options.hosts);
  const foreignHosts = new Set(
    options.knownHosts.filter(host => !hosts.has(host)),
  );
  return ({ annotations }) => {
    const location = HOST_ANNOTATIONS.map(key => annotations[key]).find(
      value => value !== undefined,
    );
    const host = locationUrl(location)?.host;
    if (host !== undefined && hosts.has(host)) return host;
    if (host !== undefined && foreignHosts.has(host)) return undefined;
    return options.hosts[0];
  };
}

/** The address of a location reference such as `url:https://github.com/acme/payments/`. */
export function locationUrl(location: string | undefined): URL | undefined {
  if (!location?.startsWith('url:')) return undefined;
  const url = location.slice('url:'.length).trim();
  return URL.canParse(url) ? new URL(url) : undefined;
}
