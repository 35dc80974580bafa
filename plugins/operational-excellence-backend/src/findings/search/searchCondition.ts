import { Knex } from 'knex';
import { bound, isPostgres, sql, SqlPart } from '../../database';
import { searchWords } from './searchWords';

/**
 * The condition that finding `f` has all words of a text, the last of which may
 * be the beginning of one; `undefined` where the text has no words.
 */
export function searchCondition(db: Knex, text: string): SqlPart | undefined {
  const words = searchWords(text);
  const last = words.pop();
  if (last === undefined) return undefined;
  return isPostgres(db)
    ? postgresCondition(words, last)
    : sqliteCondition(words, last);
}

function postgresCondition(words: readonly string[], last: string): SqlPart {
  const beginning = sql`to_tsquery('simple', ${bound(`'${last}':*`)})`;
  const query = words.length
    ? sql`plainto_tsquery('simple', ${bound(words.join(' '))}) && ${beginning}`
    : beginning;
  return sql`f.search_words @@ (${query})`;
}

function sqliteCondition(words: readonly string[], last: string): SqlPart {
  const query = [...words.map(word => `"${word}"`), `"${last}"*`].join(' ');
  return sql`f.sequence in (
    select rowid from finding_words where finding_words match ${bound(query)})`;
}
