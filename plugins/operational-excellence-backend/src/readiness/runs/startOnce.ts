import { Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { inTransaction } from '../../sync/inTransaction';
import { noSuchRun } from './conflicts';
import { RunStarter } from './RunStarter';
import { RunStore } from './RunStore';

/** Who submits which test of a service, as it is known again. */
export interface RunSubmission {
  startedBy: string;
  key: string;
  /** Of all that is submitted. */
  hash: string;
  entityRef: string;
}

/**
 * Starts a test once, however often it is submitted with its key.
 *
 * @param start - answers `undefined` where the same one was started meanwhile
 * @throws ConflictError where the key was used for something else
 */
export async function startOnce(
  options: { db: Knex; runs: RunStore; starter: RunStarter },
  submission: RunSubmission,
  start: (tx: Knex.Transaction, entity: Entity) => Promise<string | undefined>,
): Promise<{ id: string; isNew: boolean }> {
  const { db, runs, starter } = options;
  const earlier = await findSubmitted(db, runs, submission);
  if (earlier !== undefined) return { id: earlier, isNew: false };

  const entity = await starter.entity(submission.entityRef);
  const id = await inTransaction(db, tx => start(tx, entity));
  if (id !== undefined) return { id, isNew: true };
  // The same one was submitted a moment ago.
  const other = await findSubmitted(db, runs, submission);
  if (other === undefined) throw noSuchRun(submission.key);
  return { id: other, isNew: false };
}

async function findSubmitted(
  db: Knex,
  runs: RunStore,
  { hash, key, startedBy }: RunSubmission,
): Promise<string | undefined> {
  const earlier = await runs.find(db, { startedBy, key });
  if (earlier && earlier.submissionHash !== hash) {
    throw new ConflictError(
      'The key was already used for another readiness test; take a new one for each',
    );
  }
  return earlier?.id;
}
