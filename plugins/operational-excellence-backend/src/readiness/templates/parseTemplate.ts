import { InputError } from '@backstage/errors';
import {
  ReadinessTemplateFile,
  readinessTemplateFileSchema,
} from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import {
  Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  Node,
  parseDocument,
} from 'yaml';
import { z } from 'zod';
import { describeIssue } from '../../config/describeIssue';

/** How many mistakes are told at once. */
const MOST_MISTAKES = 20;

/** How often the anchors of a file may be used: an alias of aliases grows fast. */
const MOST_ALIASES = 100;

/** A template as it was read. */
export interface ParsedTemplate {
  template: ReadinessTemplateFile;
  /** A digest of what it says: comments and layout make no difference. */
  revision: string;
}

interface Mistake {
  offset: number;
  message: string;
}

/**
 * Reads the YAML of a readiness template.
 *
 * @throws InputError naming each mistake with its line and column, from 1
 */
export function parseTemplate(text: string): ParsedTemplate {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
  });
  const refuse = (mistakes: Mistake[]) => {
    const told = mistakes
      .sort((a, b) => a.offset - b.offset)
      .map(({ message, offset }) => {
        const { col, line } = lines.linePos(offset);
        return `line ${line}, column ${col}: ${message}`;
      });
    const more = told.length - MOST_MISTAKES;
    return new InputError(
      [
        ...told.slice(0, MOST_MISTAKES),
        ...(more > 0 ? [`and ${more} more`] : []),
      ].join('\n'),
    );
  };

  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length) {
    throw refuse(
      wrong.map(({ message, pos }) => ({ offset: pos[0], message })),
    );
  }
  const value = valueOf(document);
  const parsed = readinessTemplateFileSchema.safeParse(value);
  if (!parsed.success) {
    throw refuse(
      parsed.error.issues.flatMap(issue => mistakesOf(issue, value, document)),
    );
  }
  return { template: parsed.data, revision: revisionOf(parsed.data) };
}

function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new InputError(`line 1, column 1: ${error.message}`);
  }
}

/** A mistake for each unknown key, else one. */
function mistakesOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  document: Document,
): Mistake[] {
  const messages = describeIssue(issue, { root: '', value }).map(message =>
    message.replace(/^\./, '').replace(/^: /, ''),
  );
  const offsets =
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => offsetOfKey(document, issue.path, key))
      : [offsetOf(document, issue.path)];
  return messages.map((message, index) => ({
    message,
    offset: offsets[index],
  }));
}

/** Where a value begins, or the nearest one around it that there is. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(document, path.slice(0, length));
    if (node?.range) return node.range[0];
  }
  return 0;
}

function offsetOfKey(
  document: Document,
  path: readonly PropertyKey[],
  key: string,
): number {
  const map = nodeAt(document, path);
  const pair = isMap(map)
    ? map.items.find(item => isScalar(item.key) && item.key.value === key)
    : undefined;
  return isNode(pair?.key) && pair.key.range
    ? pair.key.range[0]
    : offsetOf(document, path);
}

function nodeAt(
  document: Document,
  path: readonly PropertyKey[],
): Node | undefined {
  const node = path.length ? document.getIn(path, true) : document.contents;
  return isNode(node) ? node : undefined;
}

function revisionOf(template: ReadinessTemplateFile): string {
  return createHash('sha256')
    .update(JSON.stringify(template))
    .digest('hex')
    .slice(0, 16);
}
