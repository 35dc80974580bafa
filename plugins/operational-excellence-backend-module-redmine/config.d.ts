export interface Config {
  operationalExcellence?: {
    sources?: {
      /** The Redmine instances whose issues are read. Without it none are read. */
      redmine?: Array<{
        /**
         * Names the instance, on the Sources page and before the slash of an
         * annotation `redmine.org/project: acme/payments`. It must not change: what
         * was read belongs to it.
         */
        id: string;
        /** Where people open Redmine, such as `https://redmine.example.com`. */
        baseUrl: string;
        /**
         * The API access key of the user who reads and files issues.
         *
         * @visibility secret
         */
        apiKey: string;
        /**
         * The identifiers of the projects whose issues are read, without their
         * subprojects; all that the user sees if left out.
         */
        projects?: string[];
        /**
         * Which issues count as improvements: those of one of the trackers, in one
         * of the categories, or with one of the values in the custom field; compared
         * without regard to case. At least one of them is needed.
         */
        improvement: {
          trackers?: string[];
          categories?: string[];
          customField?: {
            /** The number or the name of the field. */
            field: number | string;
            values: string[];
          };
        };
        /** Which open issues count as being worked on: those in one of the statuses. */
        inProgress?: {
          statuses?: string[];
        };
        /**
         * The number or the name of the custom field that holds the entity reference
         * of the service that an issue is about, such as
         * `component:default/payments`.
         */
        entityField?: number | string;
        /** How issues are filed. */
        file?: {
          /** The name of the tracker; the first of `improvement.trackers` if left out. */
          tracker?: string;
          /** The identifier of the project for services that name none. */
          project?: string;
          /** Values of further custom fields, such as required ones. */
          customFields?: Array<{ id: number; value: string }>;
          /** The name of Redmine's priority for each priority of the form. */
          priorities?: { [priority: string]: string };
          /** What Redmine's administrator has chosen as text formatting; `markdown` if left out. */
          textFormatting?: 'markdown' | 'textile';
        };
        /** ISO 8601 durations. */
        schedule?: {
          /** From the end of a read to the next one; `PT10M` if left out. */
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
