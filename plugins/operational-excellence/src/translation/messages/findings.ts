/** Texts of findings and lessons. */
export const findings = {
  title: 'Findings',
};
