export interface Config {
  operationalExcellence?: {
    sources?: {
      /**
       * The Jira instances whose issues are read and filed: those of the projects
       * that entities name by `jira/project-key` or `jira.com/project-key`.
       * Without it none are read.
       */
      jira?: Array<{
        /**
         * Names the instance on the Sources page, in the path of its webhook, and
         * before the slash in annotations: `jira.com/project-key: acme/PAY`.
         * Lower-case letters, digits, `.`, `_` and `-`.
         */
        id: string;
        /**
         * Where people open issues, such as `https://acme.atlassian.net`; also the
         * address of the API, unless `cloudId` or `apiUrl` is given.
         */
        baseUrl: string;
        /** `cloud` for hosts of Atlassian, else `data-center`, if left out. */
        deployment?: 'cloud' | 'data-center';
        /**
         * The id of a Cloud site, for API tokens with scopes: the API is then
         * asked through `https://api.atlassian.com/ex/jira/{cloudId}`.
         */
        cloudId?: string;
        /**
         * The address below which `/rest/api` is found, where it is neither
         * `baseUrl` nor the gateway of Atlassian, such as that of a proxy.
         */
        apiUrl?: string;
        /** The address of the account on Cloud; goes with `apiToken`. */
        email?: string;
        /**
         * An API token of that account, with or without scopes.
         * @visibility secret
         */
        apiToken?: string;
        /**
         * A personal access token of Data Center, or a bearer token of Cloud;
         * instead of `email` and `apiToken`.
         * @visibility secret
         */
        token?: string;
        /**
         * Whether annotations that name no instance mean this one; the first entry
         * if none says so.
         */
        default?: boolean;
        /**
         * Which issues count as improvements: those of one of the issue types, or
         * with at least one of the labels; compared without regard to case. At
         * least one name is needed.
         */
        improvement: {
          issueTypes?: string[];
          labels?: string[];
        };
        /** ISO 8601 durations. */
        schedule?: {
          /** From the end of a read of a scope to the next one; `PT10M` if left out. */
          every?: string;
          /** From one comparison of all issues, which finds removed ones, to the next; `P1D` if left out. */
          reconcileEvery?: string;
          /** How long figures are believed after the last good read; `PT6H` if left out. */
          tolerance?: string;
        };
        /**
         * How far each read reaches back before the newest change seen, ISO 8601;
         * `PT15M` if left out, `PT10M` at least, because Jira indexes late.
         */
        overlap?: string;
        /**
         * Into how many scopes the projects are batched, 1 to 100; 8 if left out.
         * With another number everything is read anew.
         */
        batches?: number;
        /**
         * Whether entities may hold a query of their own, in `jira.com/jql`. Not if
         * left out: who can edit an entity could then count, and see the titles of,
         * everything that the account sees.
         */
        entityQueries?: boolean;
        /** How tickets are filed. */
        file?: {
          /**
           * The issue type; the first of `improvement.issueTypes`, else `Task`, if
           * left out.
           */
          issueType?: string;
          /**
           * Values of further fields that a project asks for, by field id, as the
           * REST API takes them: `{ customfield_10042: { value: Platform } }`.
           */
          fields?: { [fieldId: string]: unknown };
          /** Names of priorities in Jira, by the names that people choose from. */
          priorities?: { [name: string]: string };
          /**
           * The project that takes the tickets of services with a query of their
           * own.
           */
          project?: string;
        };
        /**
         * The secret of the webhook in Jira. With it events are taken at
         * `/api/events/http/operational-excellence.jira.<id>`.
         * @visibility secret
         */
        webhookSecret?: string;
      }>;
    };
  };
}
