import { FaultyVendor } from '../FaultyVendor';
import { awsFis } from './awsFis';
import { github } from './github';
import { gitlab } from './gitlab';
import { jiraCloud, jiraDataCenter } from './jira';
import { redmine } from './redmine';

/** Every kind of source that the suite knows. */
export const FAULTY_VENDORS: readonly FaultyVendor[] = [
  github,
  jiraCloud,
  jiraDataCenter,
  gitlab,
  redmine,
  awsFis,
];
