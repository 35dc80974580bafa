export interface Config {
  operationalExcellence?: {
    sources?: {
      /** The built-in tracker. */
      tracker?: {
        /** Which tickets count as improvements beside those flagged as such. */
        improvement?: {
          /**
           * Labels of which an improvement carries at least one, compared
           * without case. `[improvement, tech-debt]` if left out.
           */
          labels?: string[];
        };
      };
    };
  };
}
