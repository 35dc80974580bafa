/** Texts of environments. */
export const environments = {
  title: 'Environments',
};
