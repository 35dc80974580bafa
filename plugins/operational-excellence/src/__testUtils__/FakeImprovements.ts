import { NotFoundError } from '@backstage/errors';
import type {
  EvaluationRequest,
  Improvement,
  ImprovementCorrection,
  ImprovementDetail,
  ImprovementSubmission,
  TrackerList,
} from 'backstage-plugin-operational-excellence-common';
import type { OperationalExcellenceQuery } from '../api';
import { evaluation, improvement } from './improvementFixtures';
import { refusal } from './refusal';

type Trackers = TrackerList['items'];

/** What becomes of what is filed. */
export type FakeDelivery =
  | { state: 'filed' }
  | { state: 'queued' | 'rejected'; reason: string };

/**
 * The improvements of the fake backend: the same key is the same improvement,
 * and the trackers do what they are told to.
 */
export class FakeImprovements {
  readonly #improvements: ImprovementDetail[];
  readonly #idsByKey = new Map<string, { id: string; body: string }>();
  #delivery: FakeDelivery = { state: 'filed' };

  constructor(improvements: ImprovementDetail[]) {
    this.#improvements = [...improvements];
  }

  /** Says what becomes of improvements that are filed or sent again from now on. */
  willBe(delivery: FakeDelivery): void {
    this.#delivery = delivery;
  }

  /** Lets the trackers answer for all that wait. */
  settle(delivery: FakeDelivery): void {
    for (const each of this.#improvements) {
      if (each.delivery.state === 'queued') {
        this.#replace({ ...each, ...delivered(each.id, delivery) });
      }
    }
  }

  get(id: string): ImprovementDetail {
    const found = this.#improvements.find(each => each.id === id);
    if (!found) throw new NotFoundError(`No improvement ${id}`);
    return { ...found, chain: this.#chainOf(found) };
  }

  list(query: OperationalExcellenceQuery): ImprovementDetail[] {
    const asks = (name: string, value: string) => {
      const values = [query[name] ?? []].flat();
      return !values.length || values.includes(value);
    };
    return this.#improvements.filter(
      each =>
        asks('entityRef', each.entityRef) &&
        asks('stage', each.stage) &&
        asks('delivery', each.delivery.state),
    );
  }

  async file(
    submission: ImprovementSubmission,
    entityTitle: string,
    trackers: Trackers,
  ): Promise<Improvement> {
    const { key, trackerId, ...wording } = submission;
    const body = JSON.stringify(submission);
    const known = this.#idsByKey.get(key);
    if (known) {
      if (known.body !== body) {
        throw await refusal(409, 'The key was used for another improvement');
      }
      return this.get(known.id);
    }
    const id = `${this.#improvements.length + 1}`;
    this.#idsByKey.set(key, { id, body });
    const filed = improvement(id, {
      ...wording,
      entityTitle,
      tracker: chosen(trackers, trackerId),
      createdAt: new Date().toISOString(),
      ...delivered(id, this.#delivery),
    });
    this.#improvements.push(filed);
    const { alternativeTo } = wording;
    if (alternativeTo !== null) {
      const earlier = this.get(alternativeTo);
      this.#replace({
        ...earlier,
        alternatives: [...earlier.alternatives, id],
      });
    }
    return filed;
  }

  async resend(
    id: string,
    correction: ImprovementCorrection,
    trackers: Trackers,
  ): Promise<Improvement> {
    const { trackerId, ...wording } = correction;
    const earlier = this.get(id);
    if (earlier.delivery.state !== 'rejected') {
      throw await refusal(409, 'Its tracker has not refused it');
    }
    return this.#replace({
      ...earlier,
      ...wording,
      tracker:
        trackerId === undefined ? earlier.tracker : chosen(trackers, trackerId),
      ...delivered(id, this.#delivery),
    });
  }

  async evaluate(id: string, request: EvaluationRequest): Promise<Improvement> {
    const earlier = this.get(id);
    const { doneAt } = earlier;
    if (doneAt === null) throw await refusal(409, 'It is not done');
    return this.#replace({
      ...earlier,
      stage: request.verdict,
      evaluation: evaluation(`evaluation-${id}`, {
        ...request,
        doneAt,
        evaluatedAt: new Date().toISOString(),
      }),
    });
  }

  #chainOf(link: ImprovementDetail): ImprovementDetail['chain'] {
    const firstOf = (each: ImprovementDetail): string => {
      const before = this.#improvements.find(
        ({ id }) => id === each.alternativeTo,
      );
      return before ? firstOf(before) : each.id;
    };
    return this.#improvements
      .filter(each => firstOf(each) === firstOf(link))
      .map(({ alternativeTo, id, stage, ticket, title }) => ({
        id,
        title,
        stage,
        ticketKey: ticket?.key ?? null,
        ticketUrl: ticket?.url ?? null,
        alternativeTo,
      }));
  }

  #replace(changed: ImprovementDetail): ImprovementDetail {
    const index = this.#improvements.findIndex(({ id }) => id === changed.id);
    this.#improvements[index] = changed;
    return changed;
  }
}

function chosen(trackers: Trackers, id: string | undefined) {
  const tracker =
    id === undefined ? trackers[0] : trackers.find(each => each.id === id);
  if (!tracker) throw new NotFoundError('No such tracker');
  return tracker;
}

function delivered(
  id: string,
  delivery: FakeDelivery,
): Pick<ImprovementDetail, 'delivery' | 'ticket' | 'stage'> {
  if (delivery.state === 'filed') {
    const { ticket, stage } = improvement(id);
    return {
      delivery: {
        state: 'filed',
        attempts: 1,
        nextAttemptAt: null,
        reason: null,
      },
      ticket,
      stage,
    };
  }
  return {
    delivery: {
      ...delivery,
      attempts: 1,
      nextAttemptAt:
        delivery.state === 'queued'
          ? new Date(Date.now() + 5_000).toISOString()
          : null,
    },
    ticket: null,
    stage: 'filing',
  };
}
