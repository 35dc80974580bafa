import { readinessAnswerValueSchema } from 'backstage-plugin-operational-excellence-common';
import type { DraftFormat } from '../../drafts/DraftKeeper';
import { parseEvidence } from '../../evidence';
import type { AnswerEdit } from './AnswerEdit';

/** What was typed into a test and is not saved yet, by the id of the item. */
export type Edits = ReadonlyMap<string, AnswerEdit>;

/** How it is kept, for whoever comes back after a reload. */
export const keptEdits: DraftFormat<Edits> = {
  format: edits =>
    [...edits].map(([itemId, { evidence, ...fields }]) => ({
      ...fields,
      itemId,
      evidence: evidence.map(({ title, url }) => ({ title, url })),
    })),
  parse: kept => {
    if (!Array.isArray(kept)) return undefined;
    return new Map(kept.flatMap(parseEdit));
  },
};

function parseEdit(kept: unknown): [string, AnswerEdit][] {
  if (typeof kept !== 'object' || kept === null) return [];
  const { base, evidence, itemId, note, value } = {
    ...kept,
  } as Record<string, unknown>;
  if (typeof itemId !== 'string' || typeof base !== 'number') return [];
  const known = readinessAnswerValueSchema.safeParse(value);
  return [
    [
      itemId,
      {
        base,
        value: known.success ? known.data : '',
        note: typeof note === 'string' ? note : '',
        evidence: parseEvidence(evidence),
      },
    ],
  ];
}
