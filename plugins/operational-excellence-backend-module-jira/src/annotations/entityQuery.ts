import { createHash } from 'node:crypto';
import {
  MalformedAnnotationError,
  ServiceDescriptor,
} from 'backstage-plugin-operational-excellence-node';
import { ANNOTATION_QUERY } from './keys';

/** A query of a service, fit to be put into parentheses. */
export interface EntityQuery {
  jql: string;
  /** Names it in scopes and ids of tickets. */
  hash: string;
}

const MAX_LENGTH = 2000;
const MAX_DEPTH = 20;

/**
 * The query that a service has of its own, without its order.
 *
 * @throws MalformedAnnotationError where it could reach beyond the parentheses
 * that it is put into
 */
export function entityQuery({
  annotations,
}: ServiceDescriptor): EntityQuery | undefined {
  const value = annotations[ANNOTATION_QUERY];
  if (value === undefined) return undefined;
  const jql = value.length <= MAX_LENGTH ? normalisedQuery(value) : undefined;
  if (!jql) {
    throw new MalformedAnnotationError(
      ANNOTATION_QUERY,
      value,
      `a JQL query with balanced quotes and parentheses and at most ${MAX_LENGTH} characters, such as project = PAY AND component = Checkout`,
    );
  }
  return { jql, hash: queryHash(jql) };
}

function queryHash(jql: string): string {
  return createHash('sha256').update(jql).digest('hex').slice(0, 16);
}

/**
 * A query with single blanks outside of strings and without an order;
 * `undefined` where quotes or parentheses are not balanced, or nothing is left.
 */
function normalisedQuery(text: string): string | undefined {
  const pieces = piecesOf(text);
  if (!pieces) return undefined;
  let depth = 0;
  let jql = '';
  for (const piece of pieces) {
    if (piece.isString) {
      jql += piece.text;
      continue;
    }
    for (const part of piece.text.split(/([()]|\border\s+by\b)/i)) {
      if (part === '(') depth += 1;
      if (part === ')') depth -= 1;
      if (depth < 0 || depth > MAX_DEPTH) return undefined;
      const isOrder = depth === 0 && /^order\s+by$/i.test(part);
      if (isOrder) return jql.trim() || undefined;
      jql += part.replace(/\s+/g, ' ');
    }
  }
  return depth === 0 ? jql.trim() || undefined : undefined;
}

/** Splits a query into strings and what is between them. */
function piecesOf(
  text: string,
): { text: string; isString: boolean }[] | undefined {
  const pieces: { text: string; isString: boolean }[] = [];
  const pattern = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[^"'\\]+/y;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const [piece] = pattern.exec(text) ?? [];
    if (piece === undefined) return undefined;
    pieces.push({ text: piece, isString: /^["']/.test(piece) });
    at += piece.length;
  }
  return pieces;
}
