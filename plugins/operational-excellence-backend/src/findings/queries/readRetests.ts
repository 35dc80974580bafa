import { Knex } from 'knex';
import { queryRows, StoredInstant, textSet } from '../../database';

/** A re-test with what it was made by. */
export interface RetestRow {
  id: string;
  finding_id: string;
  exercise_id: string | null;
  exercise_title: string | null;
  experiment_id: string | null;
  experiment_title: string | null;
  tested_at: StoredInstant;
  result: 'fixed' | 'not-fixed';
  note: string | null;
  recorded_by: string;
}

/** The re-tests of findings, the earliest first. */
export async function readRetests(
  db: Knex,
  findingIds: readonly string[],
): Promise<Map<string, RetestRow[]>> {
  const set = textSet(db, findingIds);
  const rows = await queryRows<RetestRow>(
    db,
    `select r.id, r.finding_id, r.exercise_id, x.title as exercise_title,
       e.external_id as experiment_id, e.title as experiment_title,
       r.tested_at, r.result, r.note, r.recorded_by
     from finding_retests r
     left join exercises x on x.id = r.exercise_id
     left join experiments e on e.id = r.experiment_id
     where ${set.includes('r.finding_id')}
     order by r.tested_at, r.sequence`,
    [set.binding],
  );
  const retests = new Map<string, RetestRow[]>();
  for (const row of rows) {
    const known = retests.get(row.finding_id);
    if (known) known.push(row);
    else retests.set(row.finding_id, [row]);
  }
  return retests;
}
