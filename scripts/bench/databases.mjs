// Databases of one server, so that what took long to fill can be used again.
import pg from 'pg';

let created = 0;

async function run(server, sql) {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates an empty database, or a copy of one that nobody is connected to. */
export async function createDatabase(server, template) {
  const name = `bench_${++created}`;
  await run(
    server,
    `create database ${name}${
      // Written to the log, a large one would take minutes.
      template ? ` template ${template.name} strategy file_copy` : ''
    }`,
  );
  const url = new URL(server.connectionString);
  url.pathname = `/${name}`;
  return { name, connection: url.toString() };
}
