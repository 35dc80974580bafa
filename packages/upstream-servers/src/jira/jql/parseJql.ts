import { JqlError, Token, tokensOf } from './tokens';

export type Operator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not';

export type Clause =
  | { type: 'and' | 'or'; clauses: Clause[] }
  | { type: 'not'; clause: Clause }
  | { type: 'term'; field: string; operator: Operator; values: string[] };

export interface Query {
  where: Clause | undefined;
  orderBy: { field: string; descending: boolean }[];
}

const EMPTY_WORDS = ['empty', 'null'];

/** How deep clauses may be nested, so that no query exhausts the stack. */
const MAX_DEPTH = 100;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: Token[]) {}

  query(): Query {
    const where =
      this.peek().type === 'end' || this.isWord('order')
        ? undefined
        : this.or();
    const orderBy: Query['orderBy'] = [];
    if (this.takeWord('order')) {
      if (!this.takeWord('by')) throw this.unexpected("'by'");
      do {
        const field = this.text('a field name').toLowerCase();
        const descending = this.takeWord('desc');
        if (!descending) this.takeWord('asc');
        orderBy.push({ field, descending });
      } while (this.takeSymbol(','));
    }
    if (this.peek().type !== 'end') throw this.unexpected("'AND' or 'OR'");
    return { where, orderBy };
  }

  private or(): Clause {
    const clauses = [this.and()];
    while (this.takeWord('or')) clauses.push(this.and());
    return clauses.length === 1 ? clauses[0] : { type: 'or', clauses };
  }

  private and(): Clause {
    const clauses = [this.not()];
    while (this.takeWord('and')) clauses.push(this.not());
    return clauses.length === 1 ? clauses[0] : { type: 'and', clauses };
  }

  private not(): Clause {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      throw new JqlError('Error in the JQL Query: it is nested too deeply.');
    }
    try {
      if (this.takeWord('not')) return { type: 'not', clause: this.not() };
      if (this.takeSymbol('(')) {
        const clause = this.or();
        if (!this.takeSymbol(')')) throw this.unexpected("')'");
        return clause;
      }
      return this.term();
    } finally {
      this.depth -= 1;
    }
  }

  private term(): Clause {
    const field = this.text('a field name').toLowerCase();
    const operator = this.operator();
    if (operator === 'in' || operator === 'not in') {
      if (!this.takeSymbol('(')) throw this.unexpected("'('");
      const values = [this.text('a value')];
      while (this.takeSymbol(',')) values.push(this.text('a value'));
      if (!this.takeSymbol(')')) throw this.unexpected("')'");
      return { type: 'term', field, operator, values };
    }
    const value = this.text('a value');
    const isEmpty = EMPTY_WORDS.includes(value.toLowerCase());
    if ((operator === 'is' || operator === 'is not') && !isEmpty) {
      throw new JqlError(
        `Error in the JQL Query: '${value}' is not valid after '${operator}'; expected EMPTY or NULL.`,
      );
    }
    return { type: 'term', field, operator, values: [value] };
  }

  private operator(): Operator {
    const token = this.peek();
    if (token.type === 'symbol' && !['(', ')', ','].includes(token.text)) {
      this.at += 1;
      return token.text as Operator;
    }
    if (this.takeWord('in')) return 'in';
    if (this.takeWord('not')) {
      if (this.takeWord('in')) return 'not in';
      throw this.unexpected("'in'");
    }
    if (this.takeWord('is')) return this.takeWord('not') ? 'is not' : 'is';
    throw this.unexpected('an operator');
  }

  private peek(): Token {
    return this.tokens[this.at];
  }

  private isWord(word: string): boolean {
    const token = this.peek();
    return (
      token.type === 'text' &&
      !token.quoted &&
      token.text.toLowerCase() === word
    );
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at += 1;
    return true;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.peek();
    if (token.type !== 'symbol' || token.text !== symbol) return false;
    this.at += 1;
    return true;
  }

  private text(expected: string): string {
    const token = this.peek();
    if (token.type !== 'text') throw this.unexpected(expected);
    this.at += 1;
    return token.text;
  }

  private unexpected(expected: string): JqlError {
    const token = this.peek();
    const found =
      token.type === 'end' ? 'the end of the query' : `'${token.text}'`;
    return new JqlError(
      `Error in the JQL Query: Expecting ${expected} but got ${found}.`,
    );
  }
}

/** Reads a JQL query by the grammar of Jira's advanced search. */
export function parseJql(jql: string): Query {
  return new Parser(tokensOf(jql)).query();
}
