/**
 * Which services a caller may see.
 *
 * - `all`: every one, because the permission to read catalog entities is not
 *   bound to conditions; costs a query nothing
 * - `only`: those named, by lower case entity reference; may be none, may be a
 *   hundred thousand
 */
export type Visibility =
  | { kind: 'all' }
  | { kind: 'only'; entityRefs: ReadonlySet<string> };
