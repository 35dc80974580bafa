/** The longest text that the API searches for. */
export const SEARCH_MAX_LENGTH = 200;
