/**
 * Numbers from 0 to 1, 1 excluded, that look random and are the same for the same
 * seed.
 *
 * @public
 */
export function randomBySeed(seed: number): () => number {
  let state = seed % 2 ** 32;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
