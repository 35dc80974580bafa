import { UpstreamError } from './UpstreamError';

/** What one attempt came to. */
export type Outcome<T> =
  | {
      type: 'answer';
      status: number;
      headers: Headers;
      url: string;
      body: T;
    }
  | {
      type: 'failure';
      error: UpstreamError;
      /** What came back, in the words of the error. */
      detail: string;
      /** Whether another attempt may fare better. */
      transient: boolean;
      /** Whether it speaks for the host being down. */
      down: boolean;
    }
  | { type: 'aborted' };
