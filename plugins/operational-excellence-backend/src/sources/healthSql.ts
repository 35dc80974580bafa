import {
  SourceHealth,
  sourceHealthSchema,
} from 'backstage-plugin-operational-excellence-common';

/** Worst first. */
export const HEALTHS: readonly SourceHealth[] = [
  ...sourceHealthSchema.options,
].reverse();

/** The health of a row of `scopes`; one binding: the present instant. */
export const HEALTH_SQL = `case
  when last_success_at is null then 'never'
  when last_success_at + tolerance_ms < ? then 'stale'
  when failing_since is not null then 'failing'
  else 'ok' end`;
