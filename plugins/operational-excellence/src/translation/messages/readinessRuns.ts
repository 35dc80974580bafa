/** Texts of running readiness tests. */
export const readinessRuns = {
  title: 'Readiness tests',
};
