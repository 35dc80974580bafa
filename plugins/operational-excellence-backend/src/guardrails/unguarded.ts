/** The condition that experiment `e` ran, or runs, and nothing would stop it. */
export const UNGUARDED_RUN_SQL =
  "(e.stop_conditions = '[]' and e.started_at is not null)";
