/** Expects an address that is safe to link to. */
export function expectWebAddress(url: string): void {
  expect(url).toMatch(/^https?:\/\//);
  expect(URL.canParse(url)).toBe(true);
}

/** Expects an instant in epoch milliseconds, not in seconds. */
export function expectInstant(instant: number): void {
  expect(Number.isInteger(instant)).toBe(true);
  // 2001, which is 1970 if seconds are taken for milliseconds.
  expect(instant).toBeGreaterThan(1_000_000_000_000);
}

/** Expects the same members, each once, in any order. */
export function expectSameMembers(
  actual: readonly string[],
  expected: readonly string[],
): void {
  expect([...actual].sort()).toEqual([...expected].sort());
}
