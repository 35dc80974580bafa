import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { storableText } from '../database';

/** A group, user, system or domain that services refer to. */
export interface RelatedEntity {
  entityRef: string;
  title: string;
  parentRef: string | null;
}

/**
 * The groups, systems and domains of the catalog. Read from their specs, because
 * the relations of a group list everyone in it and everything it owns.
 */
export class Organisation {
  readonly #related = new Map<string, RelatedEntity>();
  readonly #parentGroups = new Map<string, Set<string>>();

  /** What of such an entity has to be read. */
  static readonly fields = [
    'kind',
    'metadata.name',
    'metadata.namespace',
    'metadata.title',
    'spec.profile.displayName',
    'spec.parent',
    'spec.children',
    'spec.domain',
    'spec.subdomainOf',
  ];

  static readonly kinds = ['Group', 'System', 'Domain'];

  add(entities: Iterable<Entity>) {
    for (const entity of entities) {
      const entityRef = stringifyEntityRef(entity);
      const kind = entity.kind.toLocaleLowerCase('en-US');
      const parents = kind === 'group' ? groupParents(entity) : [];
      parents.forEach(parentRef => this.#addParent(entityRef, parentRef));
      if (kind === 'group') {
        for (const childRef of groupChildren(entity)) {
          this.#addParent(childRef, entityRef);
        }
      }
      this.#related.set(entityRef, {
        entityRef,
        title: titleOf(entity),
        parentRef:
          parents[0] ??
          refIn(entity, 'domain', 'Domain') ??
          refIn(entity, 'subdomainOf', 'Domain'),
      });
    }
  }

  /** What is known of an entity; its name, where the catalog has no such entity. */
  related(entityRef: string): RelatedEntity {
    const known = this.#related.get(entityRef);
    if (!known) {
      const title = parseEntityRef(entityRef).name;
      return { entityRef, title, parentRef: null };
    }
    const parentRef = this.#parentOf(entityRef);
    // Whoever looks from the top downwards finds what is above itself as well.
    return {
      ...known,
      parentRef: this.#isAboveItself(entityRef) ? null : parentRef,
    };
  }

  knows(entityRef: string) {
    return this.#related.has(entityRef);
  }

  domainOf(systemRef: string): string | null {
    return this.#related.get(systemRef)?.parentRef ?? null;
  }

  /**
   * An owner and every group above it, each with how many steps up it is. Groups
   * that are above each other end the way up.
   */
  withAncestors(ownerRef: string): Map<string, number> {
    const depths = new Map([[ownerRef, 0]]);
    for (const [ref, depth] of depths) {
      for (const parentRef of this.#parentGroups.get(ref) ?? []) {
        if (!depths.has(parentRef)) depths.set(parentRef, depth + 1);
      }
    }
    return depths;
  }

  #parentOf(entityRef: string): string | null {
    const stated = this.#related.get(entityRef)?.parentRef;
    const [parentRef] = this.#parentGroups.get(entityRef) ?? [];
    return stated ?? parentRef ?? null;
  }

  #isAboveItself(entityRef: string): boolean {
    const above = new Set<string>();
    let parentRef = this.#parentOf(entityRef);
    while (parentRef !== null && !above.has(parentRef)) {
      above.add(parentRef);
      parentRef = this.#parentOf(parentRef);
    }
    return above.has(entityRef);
  }

  #addParent(childRef: string, parentRef: string) {
    const parents = this.#parentGroups.get(childRef);
    if (parents) parents.add(parentRef);
    else this.#parentGroups.set(childRef, new Set([parentRef]));
  }
}

function groupParents(group: Entity): string[] {
  const parentRef = refIn(group, 'parent', 'Group');
  return parentRef === null ? [] : [parentRef];
}

function groupChildren(group: Entity): string[] {
  const children = group.spec?.children;
  return Array.isArray(children)
    ? children.flatMap(child => refFrom(group, child, 'Group') ?? [])
    : [];
}

/** The title of an entity as the portal shows it. */
export function titleOf(entity: Entity): string {
  const profile = entity.spec?.profile;
  const displayName =
    profile && typeof profile === 'object' && !Array.isArray(profile)
      ? profile.displayName
      : undefined;
  const title =
    typeof displayName === 'string' && displayName !== ''
      ? displayName
      : entity.metadata.title;
  return storableText(title || entity.metadata.name);
}

/** The entity that a field of the spec names, if it can be read as a reference. */
export function refIn(
  entity: Entity,
  field: string,
  defaultKind: string,
): string | null {
  return refFrom(entity, entity.spec?.[field], defaultKind);
}

function refFrom(
  entity: Entity,
  value: unknown,
  defaultKind: string,
): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const defaultNamespace = getCompoundEntityRef(entity).namespace;
  try {
    return storableText(
      stringifyEntityRef(
        parseEntityRef(value, { defaultKind, defaultNamespace }),
      ),
    );
  } catch {
    // The catalog accepted a name that is none; no entity can have it.
    return null;
  }
}
