import {
  type TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { operationalExcellenceTranslationRef, Texts } from './translationRef';

/** All but `other`, which has every placeholder of the rest. */
type RarerPlural = 'zero' | 'one' | 'two' | 'few' | 'many';

/** The name of a text within its part; of plurals, without the suffix. */
type Name<Key> = Key extends `${infer Base}_other`
  ? Base
  : Key extends `${string}_${RarerPlural}`
  ? never
  : Key;

type Names<Part> = {
  [Key in keyof Part & string]: Part[Key] extends string
    ? Name<Key>
    : `${Key}.${Names<Part[Key]>}`;
}[keyof Part & string];

/** The name of a text; of one that depends on a count, without the suffix. */
export type TextKey = Names<Texts>;

/** What is put in, without how it is written, as in `{{count, number}}`. */
type Unformatted<Found> = Found extends `${infer Value},${string}`
  ? Value
  : Found;

type Placeholder<Text> = Text extends `${string}{{${infer Found}}}${infer Rest}`
  ? Unformatted<Found> | Placeholder<Rest>
  : never;

/** The placeholders of a text, looked up part by part. */
type Placeholders<Part, Key> = Key extends keyof Part
  ? Placeholder<Part[Key]>
  : `${Key & string}_other` extends keyof Part
  ? Placeholder<Part[`${Key & string}_other` & keyof Part]> | 'count'
  : Key extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Part
    ? Placeholders<Part[Head], Rest>
    : never
  : never;

/** What has to be handed over with a text. */
type Arguments<Found extends string> = [Found] extends [never]
  ? []
  : [
      values: {
        [Each in Found]: Each extends 'count' ? number : string | number;
      },
    ];

/** Says a text of the plugin in the language of the app. */
export interface TextFunction {
  <Key extends TextKey>(
    key: Key,
    ...values: Arguments<Placeholders<Texts, Key>>
  ): string;
}

/**
 * The texts of the plugin.
 *
 * @remarks
 *
 * What `useTranslationRef` gives, with types of its own: those of Backstage look
 * through all messages for each use of one, which takes the compiler minutes
 * where there are more than a thousand, and then is too much for it.
 */
export function useTexts(): { t: TextFunction } {
  const ref: unknown = operationalExcellenceTranslationRef;
  return useTranslationRef(ref as TranslationRef) as {
    t: unknown;
  } as { t: TextFunction };
}
