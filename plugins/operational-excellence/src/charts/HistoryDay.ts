/** A day of a chart, or a longer period. */
export interface HistoryDay {
  /** As short as an axis needs it. */
  shortTitle: string;
  title: string;
}
