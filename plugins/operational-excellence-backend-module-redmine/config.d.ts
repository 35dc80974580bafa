export interface Config {
  operationalExcellence?: {
    sources?: {
      redmine?: Array<{}>;
    };
  };
}
