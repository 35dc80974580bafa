/** The height of a chart in pixels, also while it is loaded. */
export const CHART_HEIGHT = 220;
