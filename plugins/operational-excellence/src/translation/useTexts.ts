import {
  type TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { operationalExcellenceTranslationRef } from './translationRef';

type Messages =
  typeof operationalExcellenceTranslationRef extends TranslationRef<
    string,
    infer All
  >
    ? All
    : never;

type PluralSuffix = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

type WithoutSuffix<Key> = Key extends `${infer Base}_${PluralSuffix}`
  ? Base
  : Key;

/** The name of a text; of one that depends on a count, without the suffix. */
export type TextKey = WithoutSuffix<keyof Messages>;

type Plural<Key extends string> = `${Key}_other` & keyof Messages;

type Message<Key extends string> = Key extends keyof Messages
  ? Messages[Key]
  : Messages[Plural<Key>];

type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Count<Key extends string> = Key extends unknown
  ? [Plural<Key>] extends [never]
    ? never
    : 'count'
  : never;

type Values<Key extends string> = {
  [Name in Placeholder<Message<Key>> | Count<Key>]: Name extends 'count'
    ? number
    : string | number;
};

/** Says a text of the plugin in the language of the app. */
export interface TextFunction {
  <Key extends TextKey>(
    key: Key,
    ...values: keyof Values<Key> extends never ? [] : [values: Values<Key>]
  ): string;
}

/**
 * The texts of the plugin.
 *
 * @remarks
 *
 * What `useTranslationRef` gives, with types of its own: those of Backstage look
 * through all messages for each use of one, which takes the compiler minutes
 * where there are more than a thousand.
 */
export function useTexts(): { t: TextFunction } {
  return useTranslationRef(operationalExcellenceTranslationRef) as {
    t: unknown;
  } as { t: TextFunction };
}
