import {
  Instant,
  MEASURE_STATES,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  queryRows,
  sql,
  SqlPart,
  textSet,
  ValueSet,
} from '../../database';
import { FROM_IMPROVEMENTS } from '../../improvements/queries/improvementSelect';
import { stageSql } from '../../improvements/queries/stageSql';
import { rankSql, staleGroupsSql } from '../../status';
import { DigestFacts, DigestGroup } from '../Announcement';
import { continuedSql } from '../waiverSql';

/** How many services of a state are named. */
const NAMED = 3;

const GROUPS = {
  failing: MEASURE_STATES.indexOf('failing'),
  overdue: MEASURE_STATES.indexOf('overdue'),
  dueSoon: MEASURE_STATES.indexOf('due-soon'),
};

interface ReadOptions {
  now: Instant;
  policies: readonly Policy[];
  /** Milliseconds. */
  waiverWarnBefore: number;
}

interface CountRow {
  owner_ref: string;
  total: number | string;
}

/**
 * What awaits each of some owners, of the services that they own themselves: a
 * constant number of queries.
 */
export async function readDigests(
  tx: Knex.Transaction,
  owners: readonly string[],
  options: ReadOptions,
): Promise<DigestFacts[]> {
  if (!owners.length) return [];
  const digests = new Map(owners.map(ref => [ref, emptyDigest(ref)]));
  const set = textSet(tx, owners);
  const { now, waiverWarnBefore } = options;

  for (const row of await readStates(tx, set, now)) {
    const digest = digests.get(row.owner_ref);
    const group = digest && groupOf(digest, row.state_rank);
    if (!group) continue;
    group.count = Number(row.total);
    group.titles.push(row.title);
  }
  const improvements = await readStages(tx, set, options);
  for (const { owner_ref, stage, total } of improvements) {
    const digest = digests.get(owner_ref);
    if (!digest) continue;
    digest.awaitingEvaluation += Number(total);
    if (stage === 'evaluation-overdue') {
      digest.evaluationOverdue = Number(total);
    }
  }
  const findings = await readCounts(
    tx,
    set,
    sql`findings f on f.service_id = o.service_id
      and f.improvement_id is null`,
  );
  for (const { owner_ref, total } of findings) {
    const digest = digests.get(owner_ref);
    if (digest) digest.findingsWithoutImprovement = Number(total);
  }
  const waivers = await readCounts(
    tx,
    set,
    sql`waivers w on w.service_id = o.service_id and w.revoked_at is null
      and w.until > ${bound(now)} and w.until <= ${bound(
      now + waiverWarnBefore,
    )}
      and not ${continuedSql('w')}`,
  );
  for (const { owner_ref, total } of waivers) {
    const digest = digests.get(owner_ref);
    if (digest) digest.waiversEnding = Number(total);
  }
  return [...digests.values()];
}

function emptyDigest(ownerRef: string): DigestFacts {
  return {
    ownerRef,
    failing: { count: 0, titles: [] },
    overdue: { count: 0, titles: [] },
    dueSoon: { count: 0, titles: [] },
    awaitingEvaluation: 0,
    evaluationOverdue: 0,
    findingsWithoutImprovement: 0,
    waiversEnding: 0,
  };
}

function groupOf(digest: DigestFacts, rank: number): DigestGroup | undefined {
  switch (rank) {
    case GROUPS.failing:
      return digest.failing;
    case GROUPS.overdue:
      return digest.overdue;
    case GROUPS.dueSoon:
      return digest.dueSoon;
    default:
      return undefined;
  }
}

/** How many services are in each state, and the first of them by title. */
async function readStates(
  tx: Knex.Transaction,
  owners: ValueSet,
  now: Instant,
) {
  const query = sql`with ${staleGroupsSql({ now })},
    owned as (
      select o.owner_ref, st.service_id, st.title,
        ${rankSql(tx, 'service', { now, unsettled: 'many' })} as state_rank
      from service_owners o
      join service_status st on st.service_id = o.service_id
      where o.depth = 0 and ${ownersSql(owners)}),
    placed as (
      select owner_ref, state_rank, title,
        row_number() over (partition by owner_ref, state_rank
          order by lower(title), service_id) as place,
        count(*) over (partition by owner_ref, state_rank) as total
      from owned where state_rank in (${Object.values(GROUPS).join(', ')}))
    select owner_ref, state_rank, title, total from placed
    where place <= ${String(NAMED)} order by owner_ref, state_rank, place`;
  return queryRows<CountRow & { state_rank: number; title: string }>(
    tx,
    query.sql,
    query.bindings,
  );
}

/** How many improvements wait to be evaluated, and for how long. */
async function readStages(
  tx: Knex.Transaction,
  owners: ValueSet,
  options: ReadOptions,
) {
  const query = sql`select o.owner_ref, staged.stage, count(*) as total
    from (
      select i.service_id, ${stageSql(options)} as stage
      ${FROM_IMPROVEMENTS}
      where i.service_id in (
        select o.service_id from service_owners o
        where o.depth = 0 and ${ownersSql(owners)})
    ) as staged
    join service_owners o on o.service_id = staged.service_id
      and o.depth = 0 and ${ownersSql(owners)}
    where staged.stage in ('evaluation-due', 'evaluation-overdue')
    group by o.owner_ref, staged.stage`;
  return queryRows<CountRow & { stage: string }>(tx, query.sql, query.bindings);
}

/** How many of something there are of services that are not removed. */
async function readCounts(
  tx: Knex.Transaction,
  owners: ValueSet,
  what: SqlPart,
) {
  const query = sql`select o.owner_ref, count(*) as total
    from service_owners o
    join service_status st on st.service_id = o.service_id
    join ${what}
    where o.depth = 0 and ${ownersSql(owners)}
    group by o.owner_ref`;
  return queryRows<CountRow>(tx, query.sql, query.bindings);
}

function ownersSql(owners: ValueSet): SqlPart {
  return { sql: owners.includes('o.owner_ref'), bindings: [owners.binding] };
}
