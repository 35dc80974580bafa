import { Knex } from 'knex';
import { queryRows, textSet } from '../../database';

/** The ids of what was filed as an alternative to improvements, oldest first. */
export async function readAlternatives(
  db: Knex,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const set = textSet(db, ids);
  const rows = await queryRows<{ id: string; alternative_to: string }>(
    db,
    `select id, alternative_to from improvements
     where ${set.includes('alternative_to')} order by sequence`,
    [set.binding],
  );
  const alternatives = new Map<string, string[]>();
  for (const { id, alternative_to: to } of rows) {
    const known = alternatives.get(to);
    if (known) known.push(id);
    else alternatives.set(to, [id]);
  }
  return alternatives;
}
