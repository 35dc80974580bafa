import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  queryRows,
  storableText,
  textSet,
} from '../database';

/** An experiment, and the exercise that its tag names, if it carries one. */
export interface TaggedExperiment {
  experimentId: number;
  exerciseId: string | null;
}

interface LinkRow {
  exercise_id: string;
  experiment_id: number;
  linked_by: 'tag';
  removed: boolean;
}

const linkColumns: Columns<LinkRow> = {
  exercise_id: 'text',
  experiment_id: 'integer',
  linked_by: 'text',
  removed: 'boolean',
};

/**
 * Links experiments to the exercises that their tags name, and to no others by
 * their tags. What a person linked or took away stays as it is.
 */
export async function linkTagged(
  tx: Knex.Transaction,
  experiments: readonly TaggedExperiment[],
): Promise<void> {
  const tagged = new Map(
    experiments.flatMap(({ exerciseId, experimentId }) =>
      exerciseId === null ? [] : [[experimentId, storableText(exerciseId)]],
    ),
  );
  await unlinkOthers(tx, experiments, tagged);
  if (!tagged.size) return;

  const named = textSet(tx, tagged.values());
  const exercises = await queryRows<{ id: string }>(
    tx,
    `select id from exercises where ${named.includes('id')}`,
    [named.binding],
  );
  const known = new Set(exercises.map(({ id }) => id));
  const rows: LinkRow[] = [];
  for (const [experiment_id, exercise_id] of tagged) {
    if (!known.has(exercise_id)) continue;
    rows.push({ exercise_id, experiment_id, linked_by: 'tag', removed: false });
  }
  await tx.raw(
    `${insertSql(tx, 'exercise_experiments', linkColumns)}
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Of those whose tag was changed or taken away. */
async function unlinkOthers(
  tx: Knex.Transaction,
  experiments: readonly TaggedExperiment[],
  tagged: ReadonlyMap<number, string>,
) {
  const ids = idSet(
    tx,
    experiments.map(({ experimentId }) => experimentId),
  );
  const linked = await queryRows<{
    exercise_id: string;
    experiment_id: number;
  }>(
    tx,
    `select exercise_id, experiment_id from exercise_experiments
     where ${ids.includes('experiment_id')}
       and linked_by = 'tag' and not removed`,
    [ids.binding],
  );
  for (const { exercise_id, experiment_id } of linked) {
    if (tagged.get(experiment_id) === exercise_id) continue;
    await tx('exercise_experiments')
      .where({ exercise_id, experiment_id })
      .delete();
  }
}
