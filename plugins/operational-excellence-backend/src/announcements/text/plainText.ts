import { Instant } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { cleanLine } from '../../improvements/text/cleanText';
import { DigestGroup } from '../Announcement';

/** The notifications backend stores no longer titles. */
export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 1_000;
const NAME_MAX = 100;

/**
 * What somebody wrote, within one of our own sentences: one line that is not too
 * long, and shows nothing that is not there.
 */
export function named(text: string): string {
  return brief(cleanLine(text).replace(/\s+/g, ' '), NAME_MAX);
}

/** The names of some services, and how many more there are. */
export function namedSome({ count, titles }: DigestGroup): string {
  const more = count - titles.length;
  const names = titles.map(named).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}

/** Text that is cut off where it is too long, between characters. */
export function brief(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A day, in UTC, as in `3 December 2026`. */
export function dayOf(instant: Instant): string {
  return DateTime.fromMillis(instant, {
    zone: 'utc',
    locale: 'en-GB',
  }).toFormat('d LLLL yyyy');
}

/** A number of something, as in `1 service` and `2 services`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
