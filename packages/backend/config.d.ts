export interface Config {
  /** The made-up organisation that this portal shows unless told otherwise. */
  operationalExcellenceDemo?: {
    /**
     * Whether the organisation is in the catalog, with tickets, experiments and
     * readiness tests. `false` if left out.
     */
    enabled?: boolean;
  };
}
