import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { Organisation, refIn } from './Organisation';

/**
 * Who owns a service: the relations that the catalog derived, else what the
 * entity itself says. Of several owners the one in the spec speaks for it, else
 * the first by name; all of them are owners.
 */
export function ownersOf(
  entity: Entity,
  organisation: Organisation,
): { ownerRef: string | null; owners: Map<string, number> } {
  const stated = refIn(entity, 'owner', 'Group');
  const related = targetsOf(entity, RELATION_OWNED_BY);
  const ownerRef =
    stated !== null && (related.length === 0 || related.includes(stated))
      ? stated
      : related[0] ?? null;

  const owners = new Map<string, number>();
  for (const direct of related.length || ownerRef === null
    ? related
    : [ownerRef]) {
    for (const [ref, depth] of organisation.withAncestors(direct)) {
      owners.set(ref, Math.min(depth, owners.get(ref) ?? depth));
    }
  }
  return { ownerRef, owners: new Map([...owners].sort(byRef)) };
}

/** The system that a service is part of, and the domain of either. */
export function placeOf(
  entity: Entity,
  organisation: Organisation,
): { systemRef: string | null; domainRef: string | null } {
  const parts = targetsOf(entity, RELATION_PART_OF);
  const ofKind = (kind: string) =>
    parts.find(ref => parseEntityRef(ref).kind === kind);

  const systemRef = refIn(entity, 'system', 'System') ?? ofKind('system');
  const domainRef =
    refIn(entity, 'domain', 'Domain') ??
    ofKind('domain') ??
    (systemRef ? organisation.domainOf(systemRef) : null);
  return { systemRef: systemRef ?? null, domainRef };
}

function targetsOf(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef.toLocaleLowerCase('en-US'))
    .sort();
}

function byRef([a]: [string, number], [b]: [string, number]) {
  return a < b ? -1 : 1;
}
