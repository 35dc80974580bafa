import {
  policyPreviewSubmissionSchema,
  type Policy,
} from 'backstage-plugin-operational-excellence-common';
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
  type Document,
} from 'yaml';

/** What is wrong with a text of policies, and where. */
export interface TextProblem {
  /** The place in the text, in characters from its start. */
  offset: number;
  /** The line, from 1. */
  line: number;
  /** Which part of which policy, such as `critical.gameDay.every`; may be empty. */
  path: string;
  problem:
    | { kind: 'not-a-list' }
    | { kind: 'same-id'; id: string }
    | { kind: 'other'; message: string };
}

/** A text of policies as it was understood. */
export type PolicyText = { policies: Policy[] } | { problems: TextProblem[] };

type Step = string | number;

/** The keys that lead to the policies where part of the configuration is pasted. */
const WRAPPERS = ['operationalExcellence', 'policies'];

/** Writes policies as YAML. */
export function formatPolicies(policies: readonly Policy[]): string {
  return stringify(policies, { lineWidth: 0 });
}

/** Reads policies of a text in YAML or JSON; what is wrong is told with its place. */
export function parsePolicies(text: string): PolicyText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problemAt = (
    offset: number,
    path: string,
    problem: TextProblem['problem'],
  ) => ({ offset, path, problem, line: lines.linePos(offset).line });

  const [error] = document.errors;
  if (error) {
    // The rest of the message draws the place.
    const [message] = error.message.split(' at line ');
    return {
      problems: [problemAt(error.pos[0], '', { kind: 'other', message })],
    };
  }
  const read = valueOf(document);
  if ('message' in read) {
    return { problems: [problemAt(0, '', { kind: 'other', ...read })] };
  }
  const { base, value } = unwrapped(read.value);
  if (!Array.isArray(value)) {
    const offset = offsetOf(document, base);
    return { problems: [problemAt(offset, '', { kind: 'not-a-list' })] };
  }

  const parsed = policyPreviewSubmissionSchema.safeParse({ policies: value });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(issue => {
      const [, ...path] = issue.path.map(step =>
        typeof step === 'symbol' ? String(step) : step,
      );
      const place =
        issue.code === 'unrecognized_keys'
          ? [...path, ...issue.keys.slice(0, 1)]
          : path;
      return problemAt(
        offsetOf(document, [...base, ...place]),
        nameOf(value, path),
        { kind: 'other', message: issue.message },
      );
    });
    return { problems: problems.sort((a, b) => a.offset - b.offset) };
  }

  const { policies } = parsed.data;
  const problems = policies.flatMap(({ id }, index) => {
    const isFirst = policies.findIndex(each => each.id === id) === index;
    if (isFirst) return [];
    const offset = offsetOf(document, [...base, index, 'id']);
    return [problemAt(offset, '', { kind: 'same-id', id })];
  });
  return problems.length ? { problems } : { policies };
}

function valueOf(document: Document): { value: unknown } | { message: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    // Such as aliases that would take up all memory.
    return { message: error instanceof Error ? error.message : `${error}` };
  }
}

function unwrapped(value: unknown): { base: Step[]; value: unknown } {
  const base: Step[] = [];
  let inner = value;
  for (const key of WRAPPERS) {
    if (typeof inner !== 'object' || inner === null) break;
    if (!Object.hasOwn(inner, key)) continue;
    base.push(key);
    inner = (inner as Record<string, unknown>)[key];
  }
  return { base, value: inner };
}

/** Where something stands; what is missing is where it would have to stand. */
function offsetOf(document: Document, path: readonly Step[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] ?? 0 : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && key.value === step,
      );
      if (!pair) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

/** Names a part of a policy by the id of the policy, where it has one. */
function nameOf(policies: unknown[], path: readonly Step[]): string {
  const [index, ...within] = path;
  if (index === undefined) return '';
  const { id } = Object(policies[Number(index)]) as { id?: unknown };
  const policy = typeof id === 'string' && id ? id : `[${Number(index) + 1}]`;
  return [policy, ...within].join('.');
}
