// What people ask of the scorecards of a large company.
export const DAY_MS = 86_400_000;

/** A ninth of all services is beneath it. */
export const GROUP = 'group:default/group-1-3';
export const OWNER = encodeURIComponent(GROUP);

const API = '/operational-excellence';
export const LIST = `${API}/services?owner=${OWNER}&state=overdue&sort=-backlogAge&limit=50`;
export const FIRST = `${API}/services?limit=50`;
export const ROLLUPS = `${API}/rollups?by=owner&limit=50`;
export const FACETS = `${API}/services/facets`;
export const CSV = `${API}/services.csv`;
const DETAIL = `${API}/services/component/default/service-33`;

const dayOf = instant => new Date(instant).toISOString().slice(0, 10);

/** A year of the group. */
export function historyPath() {
  const to = Date.now();
  const from = to - 364 * DAY_MS;
  return `${API}/history?by=owner&key=${OWNER}&from=${dayOf(from)}&to=${dayOf(
    to,
  )}`;
}

/** Half of it lists, the rest what is opened from them. */
export function mixedReads() {
  return [LIST, ROLLUPS, FIRST, DETAIL, LIST, historyPath(), LIST, DETAIL];
}
