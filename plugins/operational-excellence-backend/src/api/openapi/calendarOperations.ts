import { operationalExcellenceServiceReadPermission as serviceRead } from 'backstage-plugin-operational-excellence-common';
import { z } from 'zod';
import { Operation } from './Operation';

/** The parameters of `GET /exercises.ics`. */
export const calendarQuerySchema = z.object({
  entityRef: z
    .string()
    .min(1)
    .optional()
    .describe('Only exercises of that service'),
  owner: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Only exercises of services of that owner, those of nested groups included',
    ),
});

/** What can be asked of calendars. */
export const calendarOperations: Operation[] = [
  {
    id: 'downloadCalendar',
    method: 'get',
    path: '/exercises.ics',
    tag: 'Exercises',
    summary: 'Exercises of the last year and of the future as a calendar',
    permission: serviceRead.name,
    onlyVisible: true,
    query: calendarQuerySchema,
    answer: {
      status: 200,
      description: 'An iCalendar object (RFC 5545)',
      mediaType: 'text/calendar',
    },
  },
  {
    id: 'createCalendarFeed',
    method: 'post',
    path: '/calendar-feeds',
    tag: 'Exercises',
    summary:
      'Make a calendar with a secret address, for users only; it shows what the caller may see now, for a year',
    permission: serviceRead.name,
    onlyVisible: true,
    body: 'CalendarFeedRequest',
    isBodyRequired: true,
    answer: {
      status: 201,
      description: 'The address, which is told only this once',
      component: 'CalendarFeed',
    },
    notFound:
      'There is no such service, or the caller may not see it in the catalog; or such calendars are switched off',
    conflict: 'The caller has too many calendars',
  },
  {
    id: 'listCalendarFeeds',
    method: 'get',
    path: '/calendar-feeds',
    tag: 'Exercises',
    summary: 'The calendars that the caller made, without their addresses',
    answer: {
      status: 200,
      description: 'Those that still open',
      component: 'CalendarFeedList',
    },
    notFound: 'Such calendars are switched off',
  },
  {
    id: 'revokeCalendarFeed',
    method: 'delete',
    path: '/calendar-feeds/{id}',
    tag: 'Exercises',
    summary: 'Let the address of a calendar open nothing any more',
    answer: { status: 204, description: 'It is revoked' },
    notFound: 'The caller has no such calendar',
  },
  {
    id: 'openCalendar',
    method: 'get',
    path: '/calendar/{secret}.ics',
    tag: 'Exercises',
    summary: 'What the secret address of a calendar opens',
    isPublic: true,
    answer: {
      status: 200,
      description: 'An iCalendar object (RFC 5545)',
      mediaType: 'text/calendar',
    },
    notFound: 'There is no such calendar, it was revoked, or its time is over',
  },
];
