import { NotFoundError } from '@backstage/errors';
import {
  DAY_MS,
  WAIVER_ENDING_SOON_DAYS,
  type Waiver,
  type WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { daysAgo, inDays } from './instants';
import { refusal } from './refusal';

/** A waiver of the payments that applies, unless told otherwise. */
export function waiver(id: string, overrides: Partial<Waiver> = {}): Waiver {
  return {
    id,
    entityRef: 'component:default/payments',
    entityTitle: 'Payments',
    measure: 'backlog',
    reason: `Reason ${id}`,
    approver: 'user:default/ada',
    createdAt: daysAgo(10),
    until: inDays(40),
    revokedAt: null,
    revokedBy: null,
    ...overrides,
  };
}

/** The waivers of the fake backend. */
export class FakeWaivers {
  readonly #waivers: Waiver[];
  readonly #ownerOf: (entityRef: string) => string | null | undefined;

  constructor(
    waivers: Waiver[],
    ownerOf: (entityRef: string) => string | null | undefined,
  ) {
    this.#waivers = [...waivers];
    this.#ownerOf = ownerOf;
  }

  list(query: OperationalExcellenceQuery): Waiver[] {
    const asks = (name: string, value: string | null | undefined) => {
      const values = [query[name] ?? []].flat();
      return !values.length || values.includes(value ?? '');
    };
    const by = query.sort === 'until' ? 'until' : 'createdAt';
    const sign = by === 'until' ? 1 : -1;
    return this.#waivers
      .filter(
        each =>
          asks('entityRef', each.entityRef) &&
          asks('owner', this.#ownerOf(each.entityRef)) &&
          isIn(each, query.state),
      )
      .sort((a, b) => sign * (Date.parse(a[by]) - Date.parse(b[by])));
  }

  grant(request: WaiverRequest, entityTitle: string): Waiver {
    const granted = waiver(`granted-${this.#waivers.length + 1}`, {
      ...request,
      entityTitle,
      approver: 'user:default/guest',
      createdAt: new Date().toISOString(),
    });
    this.#waivers.push(granted);
    return granted;
  }

  async end(id: string): Promise<Waiver> {
    const found = this.#waivers.find(each => each.id === id);
    if (!found) throw new NotFoundError(`No waiver ${id}`);
    if (Date.parse(found.until) <= Date.now()) {
      throw await refusal(409, 'The waiver ended by itself');
    }
    const ended = {
      ...found,
      revokedAt: new Date().toISOString(),
      revokedBy: 'user:default/guest',
    };
    this.#waivers[this.#waivers.indexOf(found)] = ended;
    return ended;
  }
}

function isIn(
  { revokedAt, until }: Waiver,
  state: OperationalExcellenceQuery[string],
): boolean {
  const left = Date.parse(until) - Date.now();
  const isActive = revokedAt === null && left > 0;
  switch (state) {
    case 'active':
      return isActive;
    case 'ending-soon':
      return isActive && left <= WAIVER_ENDING_SOON_DAYS * DAY_MS;
    case 'ended':
      return !isActive;
    default:
      return true;
  }
}
