export interface Config {
  /**
   * A local endpoint that speaks the AWS FIS API, at `/api/aws-fis-local`. Off
   * unless this is set. For development only: it injects no faults.
   */
  awsFisLocal?: {
    /**
     * The access keys that callers may sign with. If left out, the pair that AWS
     * uses in its examples (AKIAIOSFODNN7EXAMPLE), for account 123456789012.
     */
    credentials?: Array<{
      accessKeyId: string;
      /** @visibility secret */
      secretAccessKey: string;
      /** The account that the key belongs to, 12 digits. */
      accountId: string;
      /**
       * The IAM actions that the key may use, such as `fis:List*`; all of them if
       * left out.
       */
      allow?: string[];
    }>;
    /**
     * How many times faster than in AWS experiments run: with 60, a minute takes
     * a second. 1 if left out.
     */
    timeScale?: number;
    /**
     * For how long ended experiments are kept, ISO 8601; `P120D`, as in AWS, if
     * left out.
     */
    retention?: string;
    quotas?: {
      /** Experiments under way at once per account and Region; 5 if left out. */
      activeExperiments?: number;
      /** Experiment templates per account and Region; 500 if left out. */
      experimentTemplates?: number;
    };
  };
}
