/**
 * Whether another waiver of the same measure goes on when this one ends.
 *
 * @param waiver - what the statement calls the waiver
 */
export function continuedSql(waiver: string): string {
  return `exists (
    select 1 from waivers longer
    where longer.service_id = ${waiver}.service_id
      and longer.measure = ${waiver}.measure and longer.revoked_at is null
      and (longer.until > ${waiver}.until
        or (longer.until = ${waiver}.until and longer.id > ${waiver}.id)))`;
}
