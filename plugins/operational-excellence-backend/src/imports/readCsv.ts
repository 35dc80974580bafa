import { InputError } from '@backstage/errors';
import { CsvError, parse } from 'csv-parse/sync';
import { ImportError } from './ImportEntries';

interface RawRecord {
  record: string[];
  /** With the empty lines before it. */
  raw: string;
}

/** Records of a file, by the names of its columns; what is empty is left out. */
export interface CsvRecords {
  records: { line: number; fields: Record<string, string> }[];
  errors: ImportError[];
}

/**
 * Reads a CSV file whose first line names its columns.
 *
 * @throws InputError where that line does not, or the file is not CSV
 */
export function readCsv(
  text: string,
  options: { known: readonly string[] },
): CsvRecords {
  const [header, ...rest] = withLines(parseCsv(text));
  if (!header) throw new InputError('The file is empty');
  const columns = columnsOf(header.record, options.known);
  const result: CsvRecords = { records: [], errors: [] };
  for (const { line, record } of rest) {
    if (record.length !== columns.length) {
      result.errors.push({
        line,
        field: null,
        message: `expected ${columns.length} columns, as the first line has; got ${record.length}`,
      });
      continue;
    }
    const fields = columns
      .map((name, index) => [name, record[index]] as const)
      .filter(([, value]) => value !== '');
    result.records.push({ line, fields: Object.fromEntries(fields) });
  }
  return result;
}

function parseCsv(text: string): RawRecord[] {
  try {
    // Its types know nothing of `raw`.
    return parse(text, {
      bom: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as RawRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(`The body is not CSV: ${error.message}`);
  }
}

/** On which line each record begins. */
function withLines(records: readonly RawRecord[]) {
  let line = 1;
  return records.map(({ raw, record }) => {
    const [before] = /^\s*/.exec(raw)!;
    const begins = line + lineBreaks(before);
    line += lineBreaks(raw);
    return { line: begins, record };
  });
}

function lineBreaks(text: string) {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function columnsOf(header: readonly string[], known: readonly string[]) {
  for (const [index, name] of header.entries()) {
    if (!known.includes(name)) {
      throw new InputError(
        `The first line names the column ${JSON.stringify(
          name.slice(0, 100),
        )}, which is not known; known are ${known.join(', ')}`,
      );
    }
    if (header.indexOf(name) < index) {
      throw new InputError(`The first line names the column ${name} twice`);
    }
  }
  return header;
}
