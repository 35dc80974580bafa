import {
  coreServices,
  createBackendPlugin,
  DatabaseService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';

type Handler = Parameters<HttpRouterService['use']>[0];
type Request = Parameters<Handler>[0];
type Response = Parameters<Handler>[1];

type Database = Awaited<ReturnType<DatabaseService['getClient']>>;

/** The schema of the plugin under test, as Backstage names it. */
const PLUGIN = '"operational-excellence"';

/** How far the plugin under test has come. */
export interface Progress {
  scopes: number;
  /** Scopes that have been read to their end. */
  succeeded: number;
  failing: number;
  running: number;
  requests: number;
}

/** Looks at the database beside the plugin under test. */
export class BenchDatabase {
  constructor(private readonly db: Database) {}

  async progress(): Promise<Progress> {
    const { rows } = await this.db.raw(`
      select count(*) as scopes,
        count(last_success_at) as succeeded,
        count(failing_since) as failing,
        count(claim_token) as running,
        coalesce(sum(requests_total), 0) as requests
      from ${PLUGIN}.scopes`);
    return Object.fromEntries(
      Object.entries(rows[0]).map(([name, value]) => [name, Number(value)]),
    ) as unknown as Progress;
  }

  async rowsOf(table: 'service_status' | 'tickets'): Promise<number> {
    const { rows } = await this.db.raw(
      `select count(*) as count from ${PLUGIN}.${table}`,
    );
    return Number(rows[0].count);
  }

  /** Open improvements of a service, as its status row has them. */
  async openCountOf(entityRef: string): Promise<number | null> {
    const { rows } = await this.db.raw(
      `select st.backlog_open_count as count
      from ${PLUGIN}.service_status st
      join ${PLUGIN}.services s on s.id = st.service_id
      where s.entity_ref = ?`,
      [entityRef],
    );
    return rows.length > 0 ? Number(rows[0].count) : null;
  }

  /** Makes the table of the floor: as many rows, as wide as those of a list. */
  async prepareFloor(): Promise<void> {
    await this.db.raw(`
      drop table if exists floor_services;
      create table floor_services as select * from ${PLUGIN}.service_status;
      create index on floor_services
        (tier, backlog_oldest_created_at, service_id);
      analyze floor_services;`);
  }

  async analyze(): Promise<void> {
    await this.db.raw('vacuum analyze');
  }

  /** One page by an index that fits. */
  async floorPage(): Promise<unknown[]> {
    return this.db('floor_services')
      .where({ tier: '1' })
      .orderBy(['backlog_oldest_created_at', 'service_id'])
      .limit(50);
  }

  /**
   * Stores the tickets that are stored already once more, into a table with the
   * same columns and indexes, a page per statement.
   *
   * @returns how many milliseconds that took, without reading them
   */
  async upsertAgain(options: {
    concurrency: number;
    pageSize: number;
  }): Promise<number> {
    await this.db.raw(`
      drop table if exists floor_tickets;
      create table floor_tickets (like ${PLUGIN}.tickets including all);`);
    let elapsed = 0;
    let after = 0;
    for (;;) {
      const { rows } = await this.db.raw(
        `select * from ${PLUGIN}.tickets where id > ? order by id limit ?`,
        [after, options.concurrency * options.pageSize * 10],
      );
      if (rows.length === 0) return elapsed;
      after = rows[rows.length - 1].id;
      const pages: object[][] = [];
      for (let from = 0; from < rows.length; from += options.pageSize) {
        pages.push(
          rows
            .slice(from, from + options.pageSize)
            .map(({ id: _, ...row }: { id: number }) => row),
        );
      }
      const start = performance.now();
      await Promise.all(
        Array.from({ length: options.concurrency }, async () => {
          for (let page = pages.pop(); page; page = pages.pop()) {
            const batch = page;
            await this.db.transaction(tx =>
              tx('floor_tickets')
                .insert(batch)
                .onConflict(['source_id', 'external_id'])
                .merge(),
            );
          }
        }),
      );
      elapsed += performance.now() - start;
    }
  }
}

/** Answers a request with as little as there can be behind it. */
export type Floor = (
  db: Database,
  request: Request,
  response: Response,
) => Promise<void>;

/**
 * Serves the floor, which the other routes are measured against, from the same
 * backend: one page of a table by an index that fits, behind the same router and
 * authentication.
 *
 * @param floors - others, by their paths
 */
export function benchPlugin(
  onReady: (database: BenchDatabase) => void,
  floors: Readonly<Record<string, Floor>> = {},
) {
  return createBackendPlugin({
    pluginId: 'bench',
    register(env) {
      env.registerInit({
        deps: {
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ database, httpAuth, httpRouter }) {
          const db = await database.getClient();
          const bench = new BenchDatabase(db);
          httpRouter.use(async (req, res, next) => {
            try {
              await httpAuth.credentials(req, { allow: ['user', 'service'] });
              if (Object.hasOwn(floors, req.path)) {
                await floors[req.path](db, req, res);
              } else {
                res.json({ items: await bench.floorPage() });
              }
            } catch (error) {
              next(error);
            }
          });
          onReady(bench);
        },
      });
    },
  });
}
