import { Knex } from 'knex';

const ATTEMPTS = 5;

/** `deadlock_detected`, `serialization_failure` and SQLite's lock time-out. */
const PASSING = ['40P01', '40001', 'SQLITE_BUSY'];

/**
 * Does work in a transaction, and once more where the database ended it because
 * it got into the way of another one. The work must not have other effects.
 */
export async function inTransaction<T>(
  db: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await pause(Math.random() * 50 * 2 ** attempt);
    }
  }
}

function isPassing(error: unknown) {
  return (
    error instanceof Error &&
    'code' in error &&
    PASSING.includes(String(error.code))
  );
}

function pause(ms: number) {
  return new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });
}
