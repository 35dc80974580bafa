import { Knex } from 'knex';
import { queryRows, textSet } from '../../database';

/** The tags of findings, in order. */
export async function readTags(
  db: Knex,
  findingIds: readonly string[],
): Promise<Map<string, string[]>> {
  const set = textSet(db, findingIds);
  const rows = await queryRows<{ finding_id: string; tag: string }>(
    db,
    `select finding_id, tag from finding_tags
     where ${set.includes('finding_id')} order by tag`,
    [set.binding],
  );
  const tags = new Map<string, string[]>();
  for (const { finding_id: id, tag } of rows) {
    const known = tags.get(id);
    if (known) known.push(tag);
    else tags.set(id, [tag]);
  }
  return tags;
}
