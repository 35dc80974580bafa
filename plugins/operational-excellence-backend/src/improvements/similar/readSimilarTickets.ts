import {
  SimilarTicketList,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  instantOf,
  isPostgres,
  queryRows,
  sql,
  SqlPart,
  storableText,
} from '../../database';
import { StoredTicketRow } from '../../tickets/ticketRows';
import { likeness } from './likeness';
import { wordsOf } from './words';

/** Words that are looked for; the longest say most. */
const MAX_WORDS = 8;

/** Tickets that are compared; the newest are the likeliest to be meant. */
const MAX_CANDIDATES = 300;

/** Tickets that are shown. */
const MAX_SHOWN = 5;

/** Less is chance. */
const LEAST_LIKENESS = 0.4;

/** The open tickets of a service whose titles look like one as far as it is typed. */
export async function readSimilarTickets(
  db: Knex,
  serviceId: number,
  typed: string,
): Promise<SimilarTicketList['items']> {
  const words = wordsOf(storableText(typed))
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const query = sql`select t.id, t.key, t.url, t.title, t.state, t.created_at
    from ticket_matches m join tickets t on t.id = m.ticket_id
    where m.service_id = ${bound(serviceId)} and t.state <> 'done'
      and (${anyOf(words.map(word => hasWord(db, word)))})
    order by t.created_at desc, t.id desc limit ${bound(MAX_CANDIDATES)}`;
  const rows = await queryRows<StoredTicketRow>(db, query.sql, query.bindings);
  return rows
    .map(row => ({ row, like: likeness(typed, row.title) }))
    .filter(({ like }) => like >= LEAST_LIKENESS)
    .sort((a, b) => b.like - a.like)
    .slice(0, MAX_SHOWN)
    .map(({ row }) => ({
      key: row.key,
      url: row.url,
      title: row.title,
      state: row.state,
      createdAt: toIsoInstant(instantOf(row.created_at)),
    }));
}

/**
 * That a title holds a word, taken literally, in any case. SQLite knows the cases
 * of ASCII only, so it is asked for the ways in which words are written.
 */
function hasWord(db: Knex, word: string): SqlPart {
  if (isPostgres(db)) {
    return sql`t.title ilike ${bound(pattern(word))} escape '!'`;
  }
  const [first, ...rest] = word;
  const written = new Set([
    word,
    word.toLocaleUpperCase('en-US'),
    first.toLocaleUpperCase('en-US') + rest.join(''),
  ]);
  return anyOf(
    [...written].map(
      each => sql`t.title like ${bound(pattern(each))} escape '!'`,
    ),
  );
}

function pattern(word: string) {
  return `%${word.replace(/[!%_]/g, '!$&')}%`;
}

function anyOf(conditions: readonly SqlPart[]): SqlPart {
  return {
    sql: conditions.map(condition => condition.sql).join(' or '),
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}
