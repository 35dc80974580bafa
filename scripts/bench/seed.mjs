// Fills databases the way a portal does: the directory takes in the services,
// the sync engine stores the tickets.
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackend } from './backend.mjs';
import { createDatabase } from './databases.mjs';
import { count, note } from './print.mjs';

const SCOPES = 1_000;

const templates = new Map();

/**
 * Runs the first sync of an empty database.
 *
 * @returns what was measured meanwhile, and the backend, which still runs
 */
export async function firstSync(
  server,
  { services, tickets, scopes = SCOPES },
) {
  const database = await createDatabase(server);
  const settings = {
    connection: database.connection,
    services,
    tickets,
    scopes,
  };
  const backend = await startBackend(settings);
  try {
    // The tracker keeps the sync waiting until the directory is through. Where
    // that takes too long, runs fail, and are tried again.
    while ((await backend.ask('rowsOf', 'service_status')) < services) {
      await sleep(250);
    }
    await sleep(5_000);
    await backend.ask('open');
    const start = performance.now();
    await backend.until(
      ({ scopes: known, succeeded }) =>
        known === scopes && succeeded === scopes,
    );
    return {
      backend,
      database,
      settings,
      seconds: (performance.now() - start) / 1000,
      memory: await backend.ask('memory'),
    };
  } catch (error) {
    await backend.stop();
    throw error;
  }
}

/** The settings of a backend over a filled database of its own. */
export async function seeded(server, { services, tickets }) {
  const key = `${services}/${tickets}`;
  if (!templates.has(key)) {
    note(`Seeding ${count(services)} services and ${count(tickets)} tickets …`);
    const { backend, database, settings, seconds } = await firstSync(server, {
      services,
      tickets,
    });
    await backend.ask('analyze');
    await backend.stop();
    note(`… took ${count(seconds)} s`);
    templates.set(key, { database, settings });
  }
  const { database, settings } = templates.get(key);
  const copy = await createDatabase(server, database);
  return { ...settings, connection: copy.connection };
}
