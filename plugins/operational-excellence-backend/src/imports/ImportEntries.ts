import { ImportResult } from 'backstage-plugin-operational-excellence-common';

/** What is wrong with a line of a file, or an entry of a list. */
export type ImportError = ImportResult['errors'][number];

/** What is to be imported, as far as it could be read. */
export interface ImportEntries<T> {
  entries: {
    /** Of the file, from 1; for JSON: of the entry, from 1. */
    line: number;
    value: T;
  }[];
  errors: ImportError[];
}

/** Most that one import takes. */
export const MOST_ENTRIES = 10_000;

/** How many errors are told. */
const MOST_ERRORS = 100;

/** What an import did, or would do; nothing where a line is wrong. */
export function importResult(result: {
  dryRun: boolean;
  errors: readonly ImportError[];
  created?: number;
  updated?: number;
  unchanged?: number;
}): ImportResult {
  const { created = 0, dryRun, unchanged = 0, updated = 0 } = result;
  const errors = [...result.errors].sort((a, b) => a.line - b.line);
  return {
    dryRun,
    created: errors.length ? 0 : created,
    updated: errors.length ? 0 : updated,
    unchanged: errors.length ? 0 : unchanged,
    errors: errors.slice(0, MOST_ERRORS),
    errorCount: errors.length,
  };
}
