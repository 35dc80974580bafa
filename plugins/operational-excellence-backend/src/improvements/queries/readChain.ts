import { Knex } from 'knex';
import { queryRows } from '../../database';
import {
  FROM_IMPROVEMENTS,
  SCOPE_JOIN,
  SHOWN_COLUMNS,
  ShownRow,
} from './improvementSelect';

/** More alternatives in a row than anybody files. */
const MAX_DEPTH = 100;

/** How many improvements of one chain are shown. */
const MAX_LENGTH = 200;

/**
 * An improvement and all that it is linked to as an alternative, oldest first:
 * from the first one of them, all that were filed as alternatives to it, to those
 * and so on.
 */
export async function readChain(db: Knex, id: string): Promise<ShownRow[]> {
  return queryRows<ShownRow>(
    db,
    `with recursive up (id, alternative_to, depth) as (
        select id, alternative_to, 0 from improvements where id = ?
        union all
        select p.id, p.alternative_to, up.depth + 1
        from improvements p join up on p.id = up.alternative_to
        where up.depth < ${MAX_DEPTH}
      ),
      down (id, depth) as (
        select id, 0 from (
          select id from up order by depth desc limit 1
        ) first_one
        union all
        select c.id, down.depth + 1
        from improvements c join down on c.alternative_to = down.id
        where down.depth < 2 * ${MAX_DEPTH}
      )
    select ${SHOWN_COLUMNS} ${FROM_IMPROVEMENTS} ${SCOPE_JOIN}
    where i.id in (select id from down)
    order by i.sequence limit ${MAX_LENGTH}`,
    [id],
  );
}
