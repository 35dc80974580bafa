import { ServiceDescriptor } from 'backstage-plugin-operational-excellence-node';
import { HOST_ANNOTATIONS, locationUrl } from './hostRule';
import { parseRepositoryName, repositoryKey } from './projectSlug';

/**
 * The repositories on a host that a service comes from, as
 * `github.com/project-slug` would name them: that of its sources first, then
 * that of its description, which can be one for many services.
 */
export function suggestedSlugs(
  { annotations }: ServiceDescriptor,
  host: string,
): string[] {
  const slugs = new Map<string, string>();
  for (const annotation of HOST_ANNOTATIONS) {
    const url = locationUrl(annotations[annotation]);
    const repository = url?.host === host && repositoryOf(url);
    if (!repository) continue;
    const key = repositoryKey(repository);
    if (!slugs.has(key))
      slugs.set(key, `${repository.owner}/${repository.name}`);
  }
  return [...slugs.values()];
}

function repositoryOf({ pathname }: URL) {
  const [, owner, name] = pathname.split('/');
  return parseRepositoryName(`${owner}/${name?.replace(/\.git$/, '') ?? ''}`);
}
