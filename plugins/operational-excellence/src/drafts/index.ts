export * from './DraftNotices';
export * from './useKeptDraft';
