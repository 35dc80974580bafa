import type { LoadFailed } from '../loading';

/** A value that is not counted is one that says something else of services. */
export interface Choice<Value extends string = string> {
  value: Value;
  title: string;
  count?: number;
}

/** What can be chosen, as far as it is known. */
export type Offer = {
  choices: readonly Choice[];
  /** The text that they were found by; others have yet to be compared with it. */
  foundBy?: string;
} & (
  | { status: 'loading' }
  /** There are more than these. */
  | { status: 'some' }
  | { status: 'all' }
  | { status: 'failed'; failure: LoadFailed }
);
