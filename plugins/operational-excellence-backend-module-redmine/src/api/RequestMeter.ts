/** Counts the requests of a run. */
export class RequestMeter {
  private spent = 0;

  add(requests: number): void {
    this.spent += requests;
  }

  /** How many there were since the last time. */
  take(): number {
    const { spent } = this;
    this.spent = 0;
    return spent;
  }
}
