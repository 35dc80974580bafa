export interface Config {
  operationalExcellence?: {
    sources?: {
      /**
       * The GitLab instances whose issues are read: those of the projects and
       * groups that entities name by `gitlab.com/project-slug`,
       * `gitlab.com/project-id` or `gitlab.com/group-slug`. Without it none are
       * read.
       */
      gitlab?: Array<{
        /**
         * The host of the projects' pages, such as `gitlab.com`. It must be the
         * host of an entry of `integrations.gitlab`, which has the address of the
         * API and the token.
         */
        host: string;
        /**
         * Which issues count as improvements: those with at least one of the
         * labels, or of one of the issue types; compared without regard to case.
         * At least one name is needed. What is filed gets the first label, or
         * without labels the first issue type.
         */
        improvement: {
          labels?: string[];
          /** `issue`, `incident`, `task`. */
          issueTypes?: string[];
        };
        /**
         * Which open issues count as being worked on: those with at least one of
         * the labels. None if left out, because GitLab does not tell.
         */
        inProgress?: {
          labels?: string[];
        };
        /** ISO 8601 durations. */
        schedule?: {
          /** From the end of a read of a project or group to the next one; `PT10M` if left out. */
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
        /**
         * The secret token of the webhooks that GitLab sends to
         * `/api/events/http/operational-excellence.gitlab.<host>`, at least 16
         * characters. Without it there is no such address.
         *
         * @visibility secret
         */
        webhookSecret?: string;
      }>;
    };
  };
}
