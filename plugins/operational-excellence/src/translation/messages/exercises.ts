/** Texts of exercises and the page of game days. */
export const exercises = {
  title: 'Game days',
};
