/** Whether somebody may do something, and why not. */
export interface Allowance {
  isAllowed: boolean;
  /** Empty as long as it is not known. */
  denial: string;
}
