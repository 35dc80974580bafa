import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { RunStore } from './RunStore';

/**
 * The id of the test that somebody submitted with a key, if they did.
 *
 * @param hash - of what is submitted now
 * @throws ConflictError where the key was used for something else
 */
export async function submittedRun(
  db: Knex,
  runs: RunStore,
  reference: { startedBy: string; key: string },
  hash: string,
): Promise<string | undefined> {
  const earlier = await runs.find(db, reference);
  if (earlier && earlier.submissionHash !== hash) {
    throw new ConflictError(
      'The key was already used for another readiness test; take a new one for each',
    );
  }
  return earlier?.id;
}
