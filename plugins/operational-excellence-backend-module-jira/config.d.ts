export interface Config {
  operationalExcellence?: {
    sources?: {
      jira?: Array<{}>;
    };
  };
}
