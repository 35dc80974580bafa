import {
  LessonPage,
  LessonQuery,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../improvements';

/** What findings can teach the organisation, on behalf of somebody. */
export interface Lessons {
  /** Those of the services that they see. */
  list(query: LessonQuery, caller: Caller): Promise<LessonPage>;
}
