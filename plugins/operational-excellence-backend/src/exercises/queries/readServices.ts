import { Knex } from 'knex';
import { queryRows, storableText, textSet } from '../../database';
import { isVisible } from '../../services/visibleServices';
import { Visibility } from '../../visibility/Visibility';

/** A service of an exercise that the caller may see. */
export interface ExerciseServiceItem {
  id: number;
  entityRef: string;
  title: string;
}

/** The services of an exercise. */
export interface ExerciseServices {
  visible: ExerciseServiceItem[];
  /** The ids of those that the caller does not see, or the catalog lost. */
  hidden: number[];
  /** The policies of all of them. */
  policyIds: string[];
}

/** The services of each of some exercises, in the order of their titles. */
export async function readServices(
  db: Knex,
  exerciseIds: readonly string[],
  visibility: Visibility,
): Promise<Map<string, ExerciseServices>> {
  const services = new Map<string, ExerciseServices>();
  if (!exerciseIds.length) return services;
  const set = textSet(
    db,
    exerciseIds.map(id => storableText(id)),
  );
  const rows = await queryRows<{
    exercise_id: string;
    service_id: number;
    entity_ref: string | null;
    title: string | null;
    policy_id: string | null;
  }>(
    db,
    `select es.exercise_id, es.service_id, st.entity_ref, st.title, st.policy_id
     from exercise_services es
     left join service_status st on st.service_id = es.service_id
     where ${set.includes('es.exercise_id')}
     order by lower(st.title), st.entity_ref`,
    [set.binding],
  );
  for (const row of rows) {
    let of = services.get(row.exercise_id);
    if (!of) {
      of = { visible: [], hidden: [], policyIds: [] };
      services.set(row.exercise_id, of);
    }
    const { entity_ref: entityRef, policy_id: policyId, title } = row;
    if (policyId !== null && !of.policyIds.includes(policyId)) {
      of.policyIds.push(policyId);
    }
    if (
      entityRef !== null &&
      title !== null &&
      isVisible(entityRef, visibility)
    ) {
      of.visible.push({ id: row.service_id, entityRef, title });
    } else {
      of.hidden.push(row.service_id);
    }
  }
  for (const { policyIds } of services.values()) policyIds.sort();
  return services;
}
