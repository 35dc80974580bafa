export interface Config {
  operationalExcellence?: {
    sources?: {
      /**
       * The AWS accounts whose FIS experiments are read. Without it none are.
       */
      awsFis?: Array<{
        /**
         * The account, 12 digits, in quotes. Its credentials are those that the
         * `aws` section has for it; it needs `fis:ListExperiments`,
         * `fis:GetExperiment`, `fis:ListExperimentTemplates`,
         * `fis:GetExperimentTemplate` and `fis:GetSafetyLever`.
         */
        accountId: string;
        /** The Regions in which experiments run, such as `eu-west-1`. */
        regions: string[];
        /**
         * The address of a FIS-compatible server, used for all Regions; if left
         * out, AWS's own of each Region.
         */
        endpoint?: string;
        /** ISO 8601 durations. */
        schedule?: {
          /** From the end of a read of a Region to the next one; `PT10M` if left out. */
          every?: string;
          /** From one read of templates and safety lever to the next; `PT1H` if left out. */
          reconcileEvery?: string;
          /** How long figures are believed after the last good read; `PT6H` if left out. */
          tolerance?: string;
        };
        /**
         * The topic of the events service that tells of state changes of
         * experiments; `aws-fis` if left out.
         */
        eventsTopic?: string;
      }>;
    };
  };
}
