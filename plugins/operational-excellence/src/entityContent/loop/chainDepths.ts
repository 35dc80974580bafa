import type { ImprovementDetail } from 'backstage-plugin-operational-excellence-common';

/**
 * How many improvements each one of a chain comes after: 0 for the first, and for
 * one whose predecessor is not among them.
 */
export function chainDepths(chain: ImprovementDetail['chain']): number[] {
  const depths = new Map<string, number>();
  // What something is an alternative to is older, and so stands before it.
  return chain.map(({ alternativeTo, id }) => {
    const before =
      alternativeTo === null ? undefined : depths.get(alternativeTo);
    const depth = before === undefined ? 0 : before + 1;
    depths.set(id, depth);
    return depth;
  });
}
