export interface Config {
  operationalExcellence?: {
    sources?: {
      /**
       * The GitHub hosts whose issues are read: those of the repositories that
       * entities name by `github.com/project-slug`. Without it none are read.
       */
      github?: Array<{
        /**
         * The host of the repositories' pages, such as `github.com`. It must be
         * the host of an entry of `integrations.github`, which has the address of
         * the API and the credentials.
         */
        host: string;
        /**
         * Which issues count as improvements: those with at least one of the
         * labels, or of one of the issue types; compared without regard to case.
         * At least one name is needed.
         */
        improvement: {
          labels?: string[];
          issueTypes?: string[];
        };
        /**
         * Which open issues count as being worked on: those with at least one of
         * the labels. None if left out, because GitHub does not tell.
         */
        inProgress?: {
          labels?: string[];
        };
        /** ISO 8601 durations. */
        schedule?: {
          /** From the end of a read of a repository to the next one; `PT10M` if left out. */
          every?: string;
          /** From one comparison of all issues, which finds removed ones, to the next; `P1D` if left out. */
          reconcileEvery?: string;
          /** How long figures are believed after the last good read; `PT6H` if left out. */
          tolerance?: string;
        };
        /**
         * How far each read reaches back before the newest change seen, ISO 8601;
         * `PT5M` if left out, `PT2M` at least.
         */
        overlap?: string;
      }>;
    };
  };
}
