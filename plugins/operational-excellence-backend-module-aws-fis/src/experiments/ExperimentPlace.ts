import { LoggerService } from '@backstage/backend-plugin-api';

/** The account and Region that experiments ran in. */
export interface ExperimentPlace {
  accountId: string;
  region: string;
  /** Where people open an experiment. */
  urlOf: (experimentId: string) => string | null;
  /** Where people open a template. */
  templateUrlOf: (templateId: string) => string | null;
  logger: LoggerService;
}
