/** The query language of themes: `and`, `or`, `not` and parentheses over tags; `not` binds tightest, then `and`. */

export type Query =
  | { type: 'tag'; tag: string; offset: number }
  | { type: 'not'; operand: Query }
  | { type: 'and' | 'or'; left: Query; right: Query };

export type QueryParse = { ok: true; query: Query } | { ok: false; offset: number; found: string; expected: string };

/** Whether a query selects an exchange with these tags. */
export function matchesQuery(query: Query, tags: ReadonlySet<string>): boolean {
  switch (query.type) {
    case 'tag':
      return tags.has(query.tag);
    case 'not':
      return !matchesQuery(query.operand, tags);
    case 'and':
      return matchesQuery(query.left, tags) && matchesQuery(query.right, tags);
    case 'or':
      return matchesQuery(query.left, tags) || matchesQuery(query.right, tags);
  }
}

/** Returns every tag in a query, with its offset in characters from the start of the query. */
export function tagsOfQuery(query: Query): { tag: string; offset: number }[] {
  switch (query.type) {
    case 'tag':
      return [{ tag: query.tag, offset: query.offset }];
    case 'not':
      return tagsOfQuery(query.operand);
    default:
      return [...tagsOfQuery(query.left), ...tagsOfQuery(query.right)];
  }
}

/** Parses a query. Never throws: for a syntax error it returns the offset in characters, what was found and what was expected. */
export function parseQuery(source: string): QueryParse {
  const tokens = [...source.matchAll(/[()]|[^\s()]+/g)].map((match) => ({ text: match[0], offset: match.index }));
  const end = { text: '', offset: source.length };
  let position = 0;
  const peek = () => tokens[position] ?? end;

  const parseOr = (): Query => parseChain('or', () => parseChain('and', parseNot));
  const parseChain = (word: 'and' | 'or', operand: () => Query): Query => {
    let left = operand();
    while (peek().text === word) {
      position += 1;
      left = { type: word, left, right: operand() };
    }
    return left;
  };
  const parseNot = (): Query => {
    const token = peek();
    if (token.text === 'not') {
      position += 1;
      return { type: 'not', operand: parseNot() };
    }
    if (token.text === '(') {
      position += 1;
      const inner = parseOr();
      if (peek().text !== ')') throw new QuerySyntax(peek(), 'a closing parenthesis');
      position += 1;
      return inner;
    }
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(token.text) || token.text === 'and' || token.text === 'or') {
      throw new QuerySyntax(token, 'a tag, "not" or an opening parenthesis');
    }
    position += 1;
    return { type: 'tag', tag: token.text, offset: token.offset };
  };

  try {
    const query = parseOr();
    const rest = peek();
    if (rest !== end) throw new QuerySyntax(rest, '"and", "or" or the end of the query');
    return { ok: true, query };
  } catch (error) {
    if (!(error instanceof QuerySyntax)) throw error;
    return { ok: false, offset: error.token.offset, found: error.token.text, expected: error.expected };
  }
}

class QuerySyntax extends Error {
  readonly token: { text: string; offset: number };
  readonly expected: string;
  constructor(token: { text: string; offset: number }, expected: string) {
    super(expected);
    this.token = token;
    this.expected = expected;
  }
}
