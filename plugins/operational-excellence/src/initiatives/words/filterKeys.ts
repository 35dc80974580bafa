/** The properties of services that choose those an initiative is for. */
export const FILTER_KEYS = [
  'owner',
  'system',
  'domain',
  'tier',
  'type',
  'lifecycle',
] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];
