import { z } from 'zod';

/**
 * The longest texts that records take, characters.
 *
 * @public
 */
export const RECORD_TEXT_MAX = {
  title: 255,
  /** Names of people, roles, tags, references. */
  name: 500,
  /** One sentence or two: hypotheses, stop conditions, prerequisites. */
  line: 2_000,
  /** Markdown. */
  text: 20_000,
  url: 2_000,
} as const;

/** A text of one line at least one character long. */
export const requiredText = (max: number) => z.string().trim().min(1).max(max);

/** A text that may be left empty. */
export const optionalText = (max: number) =>
  z.string().trim().max(max).nullable();

/**
 * An address that a browser may be sent to.
 *
 * @public
 */
export const webAddressSchema = z
  .string()
  .trim()
  .max(RECORD_TEXT_MAX.url)
  .refine(
    value => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'expected an http or https address',
  );

/**
 * What proves something: a title and where it can be looked at.
 *
 * @public
 */
export const evidenceSchema = z.strictObject({
  title: requiredText(200),
  url: webAddressSchema,
});

/**
 * Chosen by the client, unique per kind of record of the caller: the same key is
 * the same record, however often it is sent.
 *
 * @public
 */
export const submissionKeySchema = z
  .string()
  .regex(/^[\w-]{8,64}$/)
  .describe(
    'Chosen by the client, unique per caller: the same key is the same record, however often it is sent',
  );

/**
 * The version of a record that a change was made to. A change of another version
 * than the current one is refused, so that nobody overwrites what somebody else
 * wrote in between.
 *
 * @public
 */
export const recordVersionSchema = z
  .number()
  .int()
  .min(1)
  .describe('The version that the change was made to');

/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;
