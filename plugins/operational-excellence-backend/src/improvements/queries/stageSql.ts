import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { bound, sql, SqlPart } from '../../database';
import { instantsOver } from './instantsOver';

/**
 * The stage of improvement `i` of the service of status `st`, with ticket `t` and
 * current evaluation `e`; equals `improvementStage` of common.
 */
export function stageSql(options: {
  policies: Iterable<Policy>;
  now: Instant;
}): SqlPart {
  const { now, policies } = options;
  const waiting = [...policies].flatMap(({ evaluation, id }) =>
    evaluation ? [waitingSql(id, instantsOver(now, evaluation.within))] : [],
  );
  return sql`case
    when i.delivery_state <> 'filed' then 'filing'
    when t.id is null then 'gone'
    when t.state <> 'done' then 'open'
    when e.verdict is not null then e.verdict
    ${joined(waiting)}
    else 'done' end`;
}

function waitingSql(
  policyId: string,
  over: ReturnType<typeof instantsOver>,
): SqlPart {
  const ofPolicy = sql`st.policy_id = ${bound(policyId)}`;
  const isOver = joined(
    over.map(
      ([from, to]) =>
        sql`or (t.closed_at >= ${bound(from)} and t.closed_at < ${bound(to)})`,
    ),
  );
  return sql`when ${ofPolicy} and (1 = 0 ${isOver}) then 'evaluation-overdue'
    when ${ofPolicy} then 'evaluation-due'`;
}

function joined(parts: readonly SqlPart[]): SqlPart {
  return {
    sql: parts.map(part => part.sql).join('\n'),
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
}
