/** What came and what went in one period. */
export interface FlowPeriod {
  /** The period as short as an axis needs it. */
  shortTitle: string;
  title: string;
  opened: number;
  closed: number;
}
