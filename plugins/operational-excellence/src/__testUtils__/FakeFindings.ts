import {
  Finding,
  FindingChange,
  findingSeveritySchema,
  FindingSubmissionInput,
  Lesson,
  LessonPage,
  RetestSubmissionInput,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { daysAgo } from './instants';
import { refusal } from './refusal';

const READER = 'user:default/guest';

/** An open finding of a game day of the payments, unless told otherwise. */
export function finding(id: string, overrides: Partial<Finding> = {}): Finding {
  return {
    id,
    version: 1,
    entityRef: 'component:default/payments',
    entityTitle: 'Payments',
    origin: {
      kind: 'game-day',
      id: 'day',
      title: 'Loss of a zone',
      itemId: null,
    },
    severity: 'high',
    text: `Finding ${id}`,
    lesson: null,
    tags: [],
    retestBy: null,
    stage: 'open',
    improvement: null,
    retests: [],
    closedAt: null,
    createdBy: 'user:default/ada',
    createdAt: daysAgo(10),
    updatedBy: 'user:default/ada',
    updatedAt: daysAgo(10),
    ...overrides,
  };
}

/**
 * The findings of the fake backend: the same key is the same finding, and a change
 * of another version than the stored one is refused.
 */
export class FakeFindings {
  readonly #findings: Finding[];
  readonly #idsByKey = new Map<string, string>();

  constructor(findings: Finding[]) {
    this.#findings = [...findings];
  }

  /** Lets somebody else change a finding. */
  changeBy(who: string, id: string, change: Partial<Finding>): Finding {
    const index = this.#findings.findIndex(each => each.id === id);
    const earlier = this.#findings[index];
    const changed = {
      ...earlier,
      ...change,
      version: earlier.version + 1,
      updatedBy: who,
      updatedAt: new Date().toISOString(),
    };
    this.#findings[index] = changed;
    return changed;
  }

  list(query: OperationalExcellenceQuery): Finding[] {
    const found = this.#findings.filter(
      each =>
        asks(query, 'entityRef', [each.entityRef]) &&
        asks(query, 'exerciseId', [each.origin.id]) &&
        asks(query, 'readinessTestId', [each.origin.id]) &&
        asks(query, 'severity', [each.severity]) &&
        asks(query, 'stage', [each.stage]),
    );
    if (query.sort !== 'severity') return found;
    const rank = ({ severity }: Finding) =>
      findingSeveritySchema.options.indexOf(severity);
    return found.sort((a, b) => rank(a) - rank(b));
  }

  lessons(query: OperationalExcellenceQuery): Lesson[] {
    const words = String(query.q ?? '')
      .toLowerCase()
      .split(' ');
    return this.#findings
      .filter(
        each =>
          each.lesson !== null &&
          asks(query, 'entityRef', [each.entityRef]) &&
          asks(query, 'tag', each.tags) &&
          asks(query, 'severity', [each.severity]) &&
          asks(query, 'origin', [each.origin.kind]) &&
          words.every(word =>
            `${each.text} ${each.lesson} ${each.entityTitle}`
              .toLowerCase()
              .includes(word),
          ),
      )
      .map(each => ({ ...each, lesson: each.lesson ?? '' }));
  }

  tags(): LessonPage['tags'] {
    const counts = new Map<string, number>();
    for (const { lesson, tags } of this.#findings) {
      if (lesson === null) continue;
      tags.forEach(tag => counts.set(tag, (counts.get(tag) ?? 0) + 1));
    }
    return [...counts].map(([tag, count]) => ({ tag, count }));
  }

  async get(id: string): Promise<Finding> {
    const found = this.#findings.find(each => each.id === id);
    if (!found) throw await refusal(404, `No finding ${id}`);
    return found;
  }

  async create(submission: FindingSubmissionInput): Promise<Finding> {
    const { entityRef, exerciseId, key, readinessTestId, ...rest } = submission;
    const known = this.#idsByKey.get(key);
    if (known) return this.get(known);
    const id = `created-${this.#findings.length + 1}`;
    this.#idsByKey.set(key, id);
    const created = finding(id, {
      entityRef,
      severity: rest.severity,
      text: rest.text,
      lesson: rest.lesson ?? null,
      tags: rest.tags ?? [],
      retestBy: rest.retestBy ?? null,
      origin: {
        ...finding(id).origin,
        kind: readinessTestId ? 'readiness-test' : 'game-day',
        id: exerciseId ?? readinessTestId ?? '',
        itemId: rest.readinessItemId ?? null,
      },
      createdBy: READER,
    });
    this.#findings.unshift(created);
    return created;
  }

  async change(id: string, change: FindingChange): Promise<Finding> {
    const { improvementId: _, version, ...wording } = change;
    const earlier = await this.get(id);
    if (earlier.version !== version) {
      throw await refusal(
        409,
        `The finding was changed in between, by ${earlier.updatedBy}`,
      );
    }
    return this.changeBy(READER, id, wording);
  }

  async retest(
    id: string,
    submission: RetestSubmissionInput,
  ): Promise<Finding> {
    const earlier = await this.get(id);
    const isClosed =
      submission.result === 'fixed' && earlier.stage.startsWith('retest');
    const testedAt = new Date().toISOString();
    return this.changeBy(READER, id, {
      stage: isClosed ? 'closed' : earlier.stage,
      closedAt: isClosed ? testedAt : null,
      retests: [
        {
          id: submission.key,
          kind: submission.by.kind,
          byId: submission.by.id,
          title: `Re-test ${submission.by.id}`,
          testedAt,
          result: submission.result,
          note: submission.note ?? null,
          recordedBy: READER,
        },
        ...earlier.retests,
      ],
    });
  }
}

function asks(
  query: OperationalExcellenceQuery,
  name: string,
  values: string[],
): boolean {
  const asked = [query[name] ?? []].flat();
  return !asked.length || values.some(value => asked.includes(value));
}
