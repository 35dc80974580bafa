import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import {
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_INSTANCE } from './names';

type Annotated = Pick<ServiceDescriptor, 'annotations'>;

/** The host that holds the projects of a service; `undefined` where it is none of ours. */
export type HostRule = (service: Annotated) => string | undefined;

const LOCATIONS = [ANNOTATION_SOURCE_LOCATION, ANNOTATION_LOCATION] as const;

/** The annotations that the rule reads. */
export const HOST_ANNOTATIONS = [ANNOTATION_INSTANCE, ...LOCATIONS] as const;

const HOST = /^[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/i;

/**
 * The host is what `gitlab.com/instance` names. Without it, it is the host of the
 * entity's source location, else of the location that it was read from, where
 * that is a configured host, and else the first configured one. A host that is
 * a GitLab integration without being a configured source means no host: a project
 * of the same name on another host is another project.
 */
export function createHostRule(options: {
  /** The configured sources, in their order. */
  hosts: readonly string[];
  /** All GitLab integrations. */
  knownHosts: readonly string[];
}): HostRule {
  const { hosts, knownHosts } = options;
  return service => {
    const host = instanceOf(service) ?? locationOf(service)?.host;
    if (host !== undefined && hosts.includes(host)) return host;
    const isElsewhere =
      instanceOf(service) !== undefined ||
      (host !== undefined && knownHosts.includes(host));
    return isElsewhere ? undefined : hosts[0];
  };
}

/** Where the code or the description of a service lies, as far as it is a URL. */
export function locationOf({ annotations }: Annotated): URL | undefined {
  const location = LOCATIONS.map(key => annotations[key]).find(
    value => value !== undefined,
  );
  if (!location?.startsWith('url:')) return undefined;
  const url = location.slice('url:'.length).trim();
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** @throws MalformedAnnotationError */
function instanceOf({ annotations }: Annotated): string | undefined {
  const value = annotations[ANNOTATION_INSTANCE];
  if (value === undefined) return undefined;
  const text = value
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '');
  if (!HOST.test(text)) {
    throw new MalformedAnnotationError(
      ANNOTATION_INSTANCE,
      value,
      'the host of a GitLab instance, such as gitlab.example.com',
    );
  }
  return text.toLowerCase();
}
