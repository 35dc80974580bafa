import { TicketMatcher } from 'backstage-plugin-operational-excellence-node';

/**
 * The container of the issues whose custom field names a service; all others are
 * in that of their project. No identifier of a project has a colon.
 */
export const ENTITY_CONTAINER = 'entity:*';

const PROJECT = 'project:';
const ENTITY = 'entity:';

export function projectFacet(identifier: string): string {
  return `${PROJECT}${identifier}`;
}

export function entityFacet(entityRef: string): string {
  return `${ENTITY}${entityRef}`;
}

/** What finds the issues of a project, those that name a service included. */
export function projectMatchers(
  identifier: string,
  { hasEntityField }: { hasEntityField: boolean },
): TicketMatcher[] {
  const byProject = { container: identifier };
  return hasEntityField
    ? [
        byProject,
        { container: ENTITY_CONTAINER, allOf: [projectFacet(identifier)] },
      ]
    : [byProject];
}

/** What finds the issues that name a service, in whatever project. */
export function entityMatcher(entityRef: string): TicketMatcher {
  return { container: ENTITY_CONTAINER, allOf: [entityFacet(entityRef)] };
}

/** The project that a matcher names, if it names one. */
export function projectOf({
  container,
  allOf = [],
}: {
  container: string;
  allOf?: readonly string[];
}): string | undefined {
  if (container !== ENTITY_CONTAINER) return container;
  return allOf.find(facet => facet.startsWith(PROJECT))?.slice(PROJECT.length);
}
