import { Request } from 'express';
import { z } from 'zod';
import { importResult } from './ImportEntries';
import { readImport } from './readImport';

const schema = z.strictObject({
  name: z.string().min(2, 'expected two characters'),
  note: z.string().optional(),
});

/** What express gives to handlers, as far as imports look at it. */
function requestOf(type: string, body: unknown): Request {
  const request: Pick<Request, 'body' | 'is'> = {
    body,
    is: given => ([given].flat().includes(type) ? type : false),
  };
  return request as Request;
}

const csv = (text: string) => readImport(requestOf('text/csv', text), schema);
const json = (body: unknown) =>
  readImport(requestOf('application/json', body), schema);

describe('readImport', () => {
  it('reads CSV with the lines that records begin on', () => {
    expect(
      csv(
        '\ufeffname,note\r\n\r\nfirst,"of\r\ntwo, lines"\r\n\r\n second , \r\n"",x\r\n',
      ),
    ).toEqual({
      entries: [
        { line: 3, value: { name: 'first', note: 'of\r\ntwo, lines' } },
        { line: 6, value: { name: 'second' } },
      ],
      errors: [{ line: 7, field: 'name', message: 'expected a value' }],
    });
  });

  it('reads JSON with the places of entries', () => {
    expect(
      json([{ name: 'first', note: null }, 7, { name: 'x', what: 1 }]),
    ).toEqual({
      entries: [{ line: 1, value: { name: 'first' } }],
      errors: [
        {
          line: 2,
          field: null,
          message: expect.stringContaining('expected object'),
        },
        {
          line: 3,
          field: 'name',
          message: 'expected two characters, given "x"',
        },
        { line: 3, field: 'what', message: 'there is no such field as what' },
      ],
    });
  });

  it('tells of every record that has another number of columns', () => {
    expect(csv('name,note\na1\na2,b,c\na3,b\n')).toEqual({
      entries: [{ line: 4, value: { name: 'a3', note: 'b' } }],
      errors: [2, 3].map(line => ({
        line,
        field: null,
        message: expect.stringMatching(/^expected 2 columns.*; got [13]$/),
      })),
    });
  });

  it.each([
    ['an empty file', '', /^The file is empty$/],
    [
      'an unknown column',
      'name,colour\n',
      /the column "colour", which is not known; known are name, note/,
    ],
    ['a column twice', 'name,name\n', /the column name twice/],
    ['an open quote', 'name\n"open', /^The body is not CSV: .*line 2/],
    [
      'too many entries',
      `name\n${'ab\n'.repeat(10_001)}`,
      /^There are 10001 entries; .*10000 at most/,
    ],
  ])('refuses %s as a whole', (_, text, message) => {
    expect(() => csv(text)).toThrow(message);
  });

  it('refuses what is neither', () => {
    expect(() => json({ name: 'one' })).toThrow('Expected a JSON array');
    expect(() => readImport(requestOf('text/plain', 'x'), schema)).toThrow(
      'Expected a body of type text/csv or application/json',
    );
  });
});

describe('importResult', () => {
  it('tells the first errors, how many there are, and that nothing was done', () => {
    const errors = Array.from({ length: 150 }, (_, index) => ({
      line: 150 - index,
      field: null,
      message: 'wrong',
    }));
    const result = importResult({ dryRun: false, errors, created: 3 });
    expect(result).toMatchObject({ created: 0, errorCount: 150 });
    expect(result.errors.map(({ line }) => line)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });
});
