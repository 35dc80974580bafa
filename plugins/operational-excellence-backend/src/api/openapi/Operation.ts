import { z } from 'zod';
import { ComponentName } from './components';

/** What an operation answers when it succeeds. */
export interface Answer {
  status: 200 | 201 | 202 | 204;
  description: string;
  /** Without one: some JSON object, or nothing where the status says so. */
  component?: ComponentName;
  /** Where it is no JSON. */
  mediaType?: 'text/calendar' | 'text/csv';
}

/** One thing that can be asked of the API. */
export interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  tag:
    | 'Services'
    | 'Improvements'
    | 'Initiatives'
    | 'Saved views'
    | 'Time'
    | 'History'
    | 'Exercises'
    | 'Waivers'
    | 'Policies'
    | 'Readiness'
    | 'Findings'
    | 'Environments'
    | 'Experiments'
    | 'Sources'
    | 'Description';
  summary: string;
  /** The name of the permission that it needs. */
  permission?: string;
  /** Whether anybody may, without a token. */
  isPublic?: boolean;
  /** Whether callers are shown only what belongs to services they may see. */
  onlyVisible?: boolean;
  query?: z.ZodObject;
  body?: ComponentName;
  isBodyRequired?: boolean;
  /** Whether the body may be CSV as well, with the same fields. */
  isBodyCsvToo?: boolean;
  answer: Answer;
  /** What else it answers, with other statuses. */
  otherAnswers?: Answer[];
  /** When it answers 404. */
  notFound?: string;
  /** When it answers 409. */
  conflict?: string;
}

/** When what is asked of a service answers 404. */
export const noSuchService =
  'There is no such service, or the caller may not see it in the catalog';
