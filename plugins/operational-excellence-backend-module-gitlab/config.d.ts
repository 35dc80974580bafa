export interface Config {
  operationalExcellence?: {
    sources?: {
      gitlab?: Array<{}>;
    };
  };
}
