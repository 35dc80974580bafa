import {
  missingForFinish,
  readinessDifferenceOf,
  readinessVerdictOf,
  type ReadinessAnswer,
  type ReadinessAnswerChange,
  type ReadinessDifference,
  type ReadinessFinish,
  type ReadinessSignOff,
  type ReadinessTemplateItem,
  type ReadinessTestDetail,
  type ReadinessTestSubmission,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { inDays } from './instants';
import { readinessTest } from './readinessFixtures';
import { refusal } from './refusal';

const READER = 'user:default/guest';

/**
 * The readiness tests of the fake backend: an answer of another version than the
 * stored one is refused, and verdicts follow from the answers.
 */
export class FakeReadinessTests {
  readonly #tests: ReadinessTestDetail[];
  readonly #templates: ReadinessTemplateItem[];
  readonly #idsByKey = new Map<string, string>();
  readonly #titleOf: (entityRef: string) => string;

  constructor(
    tests: ReadinessTestDetail[],
    templates: ReadinessTemplateItem[],
    titleOf: (entityRef: string) => string,
  ) {
    this.#tests = [...tests];
    this.#templates = templates;
    this.#titleOf = titleOf;
  }

  /** Lets somebody else answer an item. */
  answerBy(
    who: string,
    id: string,
    itemId: string,
    answer: Partial<ReadinessAnswer>,
  ): ReadinessAnswer {
    const test = this.#find(id);
    const before = test.answers.find(each => each.itemId === itemId);
    const after: ReadinessAnswer = {
      itemId,
      value: 'yes',
      note: null,
      evidence: [],
      ...answer,
      version: (before?.version ?? 0) + 1,
      answeredBy: who,
      answeredAt: new Date().toISOString(),
    };
    this.#replace({
      ...test,
      answers: [...test.answers.filter(each => each.itemId !== itemId), after],
    });
    return after;
  }

  /** Lets somebody else change a test, such as by finishing it. */
  changeBy(id: string, change: Partial<ReadinessTestDetail>): void {
    const test = this.#find(id);
    this.#replace({ ...test, ...change, version: test.version + 1 });
  }

  list(query: OperationalExcellenceQuery): ReadinessTestDetail[] {
    const asks = (name: string, value: string | null) => {
      const asked: unknown[] = [query[name] ?? []].flat();
      return !asked.length || asked.includes(value);
    };
    return this.#tests.filter(
      test =>
        asks('entityRef', test.entityRef) &&
        asks('template', test.template) &&
        asks('state', test.state) &&
        asks('verdict', test.verdict) &&
        asks('outdated', `${test.outdated}`) &&
        (query.newest !== 'true' || this.#isNewest(test)),
    );
  }

  /** Whether it is the first finished one of its service and template. */
  #isNewest(test: ReadinessTestDetail) {
    const { entityRef, template } = test;
    return (
      test ===
      this.#tests.find(
        each =>
          each.state === 'finished' &&
          each.entityRef === entityRef &&
          each.template === template,
      )
    );
  }

  async get(id: string): Promise<ReadinessTestDetail> {
    const test = this.#tests.find(each => each.id === id);
    if (!test) throw await refusal(404, `No readiness test ${id}`);
    return test;
  }

  async begin(
    submission: ReadinessTestSubmission,
  ): Promise<ReadinessTestDetail> {
    const { entityRef, key, template } = submission;
    const known = this.#idsByKey.get(key);
    if (known) return this.#find(known);
    const content = this.#templates.find(each => each.id === template);
    if (!content) throw await refusal(404, `No template ${template}`);
    const id = `test-${this.#tests.length + 1}`;
    this.#idsByKey.set(key, id);
    const begun = readinessTest(id, {
      entityRef,
      entityTitle: this.#titleOf(entityRef),
      template,
      templateTitle: content.title,
      templateVersion: content.version,
      startedAt: new Date().toISOString(),
      startedBy: READER,
      content,
    });
    this.#tests.unshift(begun);
    return this.#replace(begun);
  }

  async answer(
    id: string,
    itemId: string,
    change: ReadinessAnswerChange,
  ): Promise<ReadinessAnswer> {
    const test = this.#find(id);
    if (test.state !== 'open') {
      throw await refusal(409, `The test is ${test.state}`);
    }
    const { version, ...answer } = change;
    const before = test.answers.find(each => each.itemId === itemId);
    if ((before?.version ?? 0) !== version) {
      throw await refusal(409, `${before?.answeredBy} has answered it`);
    }
    return this.answerBy(READER, id, itemId, answer);
  }

  async withdraw(
    id: string,
    itemId: string,
    version: number,
  ): Promise<ReadinessTestDetail> {
    const test = this.#find(id);
    const before = test.answers.find(each => each.itemId === itemId);
    if (before?.version !== version) {
      throw await refusal(409, `${before?.answeredBy} has answered it`);
    }
    return this.#replace({
      ...test,
      answers: test.answers.filter(each => each !== before),
    });
  }

  async finish(
    id: string,
    request: ReadinessFinish,
  ): Promise<ReadinessTestDetail> {
    const test = this.#find(id);
    if (test.version !== request.version) {
      throw await refusal(409, 'ada has changed the test');
    }
    if (test.missing.length) throw await refusal(400, 'Items are missing');
    const items = itemsOf(test);
    return this.#replace({
      ...test,
      version: test.version + 1,
      state: test.content?.signOff ? 'awaiting-sign-off' : 'finished',
      performedAt: new Date().toISOString(),
      performedBy: READER,
      verdict: readinessVerdictOf(items, answersById(test)),
      validUntil: inDays(180),
      summary: request.summary,
    });
  }

  async signOff(
    id: string,
    { comment, decision }: ReadinessSignOff,
  ): Promise<ReadinessTestDetail> {
    const test = this.#find(id);
    const at = new Date().toISOString();
    return this.#replace({
      ...test,
      version: test.version + 1,
      state: decision === 'accepted' ? 'finished' : 'open',
      ...(decision === 'returned' && { verdict: null, performedAt: null }),
      signOff: { by: READER, at, decision, comment },
    });
  }

  discard(id: string): ReadinessTestDetail {
    const test = this.#find(id);
    return this.#replace({
      ...test,
      version: test.version + 1,
      state: 'discarded',
    });
  }

  difference(id: string, from: string): ReadinessDifference {
    const [before, after] = [this.#find(from), this.#find(id)];
    const side = (test: ReadinessTestDetail) => ({
      items: itemsOf(test),
      answers: answersById(test),
    });
    return {
      from: before,
      to: after,
      items: readinessDifferenceOf(side(before), side(after)),
    };
  }

  #find(id: string): ReadinessTestDetail {
    const test = this.#tests.find(each => each.id === id);
    if (!test) throw new Error(`No readiness test ${id}`);
    return test;
  }

  /** Stores a test with the figures that follow from its answers. */
  #replace(test: ReadinessTestDetail): ReadinessTestDetail {
    const items = itemsOf(test);
    const stored = {
      ...test,
      itemCount: items.length,
      answered: test.answers.length,
      failing: test.answers.filter(({ value }) => value === 'no').length,
      missing: missingForFinish(items, answersById(test)),
    };
    this.#tests.splice(
      this.#tests.findIndex(({ id }) => id === test.id),
      1,
      stored,
    );
    return stored;
  }
}

function itemsOf(test: ReadinessTestDetail) {
  return test.content?.sections.flatMap(({ items }) => items) ?? [];
}

function answersById(test: ReadinessTestDetail) {
  return new Map(test.answers.map(answer => [answer.itemId, answer]));
}
