/**
 * Which requests a fault hits.
 *
 * @param nth - how many requests came since the fault began, this one included
 * @public
 */
export type When = (nth: number, random: () => number) => boolean;

/** Every request. */
export const always: When = () => true;

/** One request only. */
export const only =
  (hit: number): When =>
  nth =>
    nth === hit;

/** As many requests in a row. */
export const burst =
  (count: number): When =>
  nth =>
    nth <= count;

/** Each request with a probability. */
export const byChance =
  (probability: number): When =>
  (_, random) =>
    random() < probability;
