export * from './Calendars';
export * from './CalendarService';
