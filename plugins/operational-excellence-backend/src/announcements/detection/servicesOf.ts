import { Knex } from 'knex';
import { queryRows, textSet } from '../../database';

/** The services of some records, by the id of the record, in order. */
export async function servicesOf(
  tx: Knex.Transaction,
  options: { table: string; column: string; ids: readonly string[] },
): Promise<Map<string, number[]>> {
  const services = new Map<string, number[]>();
  const { column, ids, table } = options;
  if (!ids.length) return services;
  const set = textSet(tx, ids);
  const rows = await queryRows<{ id: string; service_id: number }>(
    tx,
    `select ${column} as id, service_id from ${table}
     where ${set.includes(column)} order by service_id`,
    [set.binding],
  );
  for (const { id, service_id } of rows) {
    const known = services.get(id);
    if (known) known.push(service_id);
    else services.set(id, [service_id]);
  }
  return services;
}
