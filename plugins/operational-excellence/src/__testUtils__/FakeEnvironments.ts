import type {
  EnvironmentItem,
  EnvironmentReportInput,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { environment } from './exerciseFixtures';
import { refusal } from './refusal';

/** The environments of the fake backend. */
export class FakeEnvironments {
  readonly #environments: EnvironmentItem[];

  constructor(environments: EnvironmentItem[]) {
    this.#environments = [...environments];
  }

  list(query: OperationalExcellenceQuery): EnvironmentItem[] {
    const asks = (name: string, values: string[]) => {
      const asked = [query[name] ?? []].flat();
      return !asked.length || values.some(value => asked.includes(value));
    };
    return this.#environments.filter(
      each =>
        asks('stage', [each.stage]) &&
        asks('kind', [each.kind]) &&
        asks(
          'entityRef',
          each.services.map(({ entityRef }) => entityRef),
        ),
    );
  }

  async report(
    name: string,
    report: EnvironmentReportInput,
  ): Promise<EnvironmentItem> {
    const index = this.#environments.findIndex(each => each.name === name);
    const earlier = this.#environments[index];
    if (earlier?.stage === 'removed') {
      throw await refusal(409, `The environment ${name} was removed`);
    }
    const { entityRefs = [], ...rest } = report;
    const reported = {
      ...(earlier ?? environment(name)),
      ...rest,
      name,
      expiresAt: rest.expiresAt ?? null,
      url: rest.url ?? null,
      createdAt: rest.createdAt ?? new Date().toISOString(),
      services: entityRefs.map(entityRef => ({ entityRef, title: entityRef })),
    };
    if (earlier) this.#environments[index] = reported;
    else this.#environments.unshift(reported);
    return reported;
  }

  async remove(name: string): Promise<EnvironmentItem> {
    const index = this.#environments.findIndex(each => each.name === name);
    if (index < 0) throw await refusal(404, `No environment ${name}`);
    const removed: EnvironmentItem = {
      ...this.#environments[index],
      stage: 'removed',
      removedAt: new Date().toISOString(),
    };
    this.#environments[index] = removed;
    return removed;
  }
}
