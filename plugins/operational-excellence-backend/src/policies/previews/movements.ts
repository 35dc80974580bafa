import {
  PolicyPreview,
  PolicyPreviewService,
} from 'backstage-plugin-operational-excellence-common';
import { SUBJECTS } from './previewRows';

type Change = PolicyPreview['changes'][number];

/** Whether any state of a service would become another one. */
export function isChanged(service: PolicyPreviewService): boolean {
  return SUBJECTS.some(of => service[of].from !== service[of].to);
}

/** Adds what becomes of some services to what was counted before. */
export function withMovements(
  counted: readonly Change[],
  services: readonly PolicyPreviewService[],
): Change[] {
  const changes = new Map(
    counted.map((change): [string, Change] => [keyOf(change), { ...change }]),
  );
  for (const service of services) {
    for (const of of SUBJECTS) {
      const { from, to } = service[of];
      if (from === to) continue;
      const measure = of === 'service' ? null : of;
      const key = keyOf({ measure, from, to });
      const change = changes.get(key);
      if (change) change.services += 1;
      else changes.set(key, { measure, from, to, services: 1 });
    }
  }
  return mostFirst([...changes.values()]);
}

/** In the order in which they are shown. */
export function mostFirst(changes: Change[]): Change[] {
  return changes.sort(
    (a, b) => b.services - a.services || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

function keyOf({ from, measure, to }: Omit<Change, 'services'>) {
  return JSON.stringify([measure, from, to]);
}
