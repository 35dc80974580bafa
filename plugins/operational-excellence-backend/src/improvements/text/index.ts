export * from './cleanText';
export * from './escapeMarkdown';
export * from './ticketDescription';
