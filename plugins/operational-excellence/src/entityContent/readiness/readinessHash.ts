/** The part of the tab's address that leads to the readiness tests. */
export const READINESS_HASH = '#readiness-tests';
