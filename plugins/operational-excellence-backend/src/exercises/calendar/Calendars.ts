import {
  CalendarFeed,
  CalendarFeedList,
  CalendarFeedRequest,
} from 'backstage-plugin-operational-excellence-common';
import { Caller } from '../../improvements';
import { CalendarFilter } from './readCalendar';

/** Exercises as calendars, for other programs. */
export interface Calendars {
  /** The exercises that the caller sees, as an iCalendar object. */
  download(filter: CalendarFilter, caller: Caller): Promise<string>;

  /**
   * Makes a calendar that shows to whoever knows its address what the caller sees
   * now. The address is told only here: of its secret, the digest is kept.
   *
   * @throws ConflictError where they have too many
   * @throws InputError where the service or owner is no entity reference
   * @throws NotFoundError where they do not see the service, or feeds are
   * switched off
   */
  createFeed(
    request: CalendarFeedRequest,
    caller: Caller,
  ): Promise<CalendarFeed>;

  /**
   * The calendars that the caller made and did not revoke.
   *
   * @throws NotFoundError where feeds are switched off
   */
  feeds(caller: Caller): Promise<CalendarFeedList>;

  /**
   * Lets the address of a calendar of the caller open nothing any more.
   *
   * @throws NotFoundError where they have no such calendar
   */
  revokeFeed(id: string, caller: Caller): Promise<void>;

  /**
   * What the secret of a calendar opens, whoever asks.
   *
   * @throws NotFoundError where it opens nothing, or nothing any more
   */
  open(secret: string): Promise<string>;
}
