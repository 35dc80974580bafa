import { once } from 'node:events';
import { Floor } from './benchPlugin';

const PAGE = 5_000;

/** What a line of a file has of a service: as many columns, without care. */
const CSV_COLUMNS = [
  'entity_ref',
  'title',
  'owner_ref',
  'system_ref',
  'domain_ref',
  'type',
  'lifecycle',
  'tier',
  'policy_id',
  'state_rank',
  'backlog_rank',
  'backlog_open_count',
  'backlog_oldest_created_at',
  'backlog_due_at',
  'game_day_rank',
  'game_day_last_held_at',
  'game_day_due_at',
  'readiness_rank',
  'readiness_last_performed_at',
  'readiness_due_at',
];

/** As many groups as there are owners, already counted and in order. */
const groups: Floor = async (db, request, response) => {
  response.json({
    items: await db('floor_groups')
      .orderBy([{ column: 'attention', order: 'desc' }, 'key'])
      .limit(Number(request.query.limit)),
  });
};

/** The points of one group by their primary key. */
const history: Floor = async (db, request, response) => {
  response.json({
    items: await db('floor_points')
      .where({ key: String(request.query.key) })
      .orderBy('day'),
  });
};

/** All services by their primary key, a page at a time. */
const csv: Floor = async (db, _request, response) => {
  let after = 0;
  for (;;) {
    const rows: Record<string, unknown>[] = await db('floor_services')
      .select('service_id', ...CSV_COLUMNS)
      .where('service_id', '>', after)
      .orderBy('service_id')
      .limit(PAGE);
    if (rows.length === 0) break;
    after = Number(rows[rows.length - 1].service_id);
    const lines = rows.map(row => CSV_COLUMNS.map(name => row[name]).join(','));
    if (!response.write(`${lines.join('\r\n')}\r\n`)) {
      await once(response, 'drain');
    }
  }
  response.end();
};

/** What the routes of scorecards are measured against. */
export const scorecardFloors: Readonly<Record<string, Floor>> = {
  '/floor/rollups': groups,
  '/floor/history': history,
  '/floor/services.csv': csv,
};
