/** Texts of waivers. */
export const waivers = {
  title: 'Waivers',
};
