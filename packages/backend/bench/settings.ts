/** What a benchmark wants of the backend that it starts, as JSON. */
export interface BenchSettings {
  /** The connection of the PostgreSQL database, which may be empty. */
  connection: string;
  port: number;
  services: number;
  tickets: number;
  /** Scopes that the tickets are spread over. */
  scopes: number;
  /** Scopes that are synchronised at once. */
  concurrency: number;
}

/** How many tickets the simulated tracker puts on a page. */
export const PAGE_SIZE = 100;
