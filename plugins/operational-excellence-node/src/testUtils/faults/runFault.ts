import { Instant } from 'backstage-plugin-operational-excellence-common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Behaviour, passOn } from '../upstream';
import { Fault } from './faults';
import { FaultSubject, Reading } from './FaultSubject';
import { randomBySeed } from './random';
import { TruthLog } from './TruthLog';

/** How often clients try a request, as `createUpstreamClient` does. */
const ATTEMPTS = 4;

/**
 * What a run may ask beside what the longest good run asks: the proof of the
 * credentials, and a page or two that changed meanwhile.
 */
const EXTRA_REQUESTS = 4;

/** How long a source may take to come back, and how often it is asked to. */
const RECOVERS_WITHIN_MS = 90_000;
const ASKED_EVERY_MS = 3_000;

/**
 * What a fault led to.
 *
 * @public
 */
export interface FaultOutcome {
  fault: string;
  /** What the figures were while it lasted, each as often as it was looked. */
  truth: number;
  unknown: number;
  /** What was wrong; nothing where all is well. */
  wrong: string[];
  /** How many requests were made while it lasted, in how many runs. */
  requests: number;
  runs: number;
  /** The most requests that they may take: four attempts at each of a good run. */
  bound: number;
  /** After how many runs without the fault the figures were true again; the worst of two times. */
  recoveredAfter: number | undefined;
}

class FaultRun {
  readonly #subject: FaultSubject;
  readonly #fault: Fault;
  readonly #random: () => number;
  readonly #truths = new TruthLog();
  readonly #outcome: FaultOutcome;
  /** Figures that were true before are too old to be shown. */
  #since = Date.now();
  /** What was stored after the last good run. */
  #stored: readonly string[] = [];
  #requestsOfGoodRun = 0;

  constructor(subject: FaultSubject, fault: Fault, seed: number) {
    this.#subject = subject;
    this.#fault = fault;
    this.#random = randomBySeed(seed);
    this.#outcome = {
      fault: fault.id,
      truth: 0,
      unknown: 0,
      wrong: [],
      requests: 0,
      runs: 0,
      bound: 0,
      recoveredAfter: 0,
    };
  }

  async run(): Promise<FaultOutcome> {
    const subject = this.#subject;
    this.#note();
    await this.#withFault(() => this.#read(() => subject.begin()));
    await this.#recover();

    await sleep(subject.trustMs ?? 0);
    await subject.change(() => this.#note());
    await this.#withFault(async () => {
      await this.#read(() => subject.sync());
      await subject.change(() => this.#note());
      await this.#read(() => subject.sync());
      await this.#expire();
    });
    await this.#recover();

    const outcome = this.#outcome;
    outcome.bound =
      outcome.runs * ATTEMPTS * (this.#requestsOfGoodRun + EXTRA_REQUESTS);
    if (outcome.requests > outcome.bound) {
      outcome.wrong.push(
        `${outcome.requests} requests in ${outcome.runs} runs, more than ${outcome.bound}`,
      );
    }
    return outcome;
  }

  async #withFault(work: () => Promise<void>): Promise<void> {
    const { upstream, serverUrl } = this.#subject;
    upstream.always(this.#faulty());
    await work();
    upstream.always(passOn(serverUrl));
  }

  #faulty(): Behaviour {
    const { serverUrl, protocol } = this.#subject;
    const { when, misbehaviour } = this.#fault;
    const honest = passOn(serverUrl);
    const faulty = misbehaviour({
      serverUrl,
      protocol,
      random: this.#random,
      stir: async () => {
        await this.#subject.changeOne();
        this.#note();
      },
    });
    let requests = 0;
    return (request, response) => {
      requests += 1;
      const hits = when(requests, this.#random);
      return (hits ? faulty : honest)(request, response);
    };
  }

  /** A run while the fault lasts. */
  async #read(run: () => Promise<void>): Promise<void> {
    const { upstream } = this.#subject;
    const startedAt = Date.now();
    const before = upstream.received.length;
    await run();
    this.#outcome.requests += upstream.received.length - before;
    this.#outcome.runs += 1;
    const reading = await this.#judge(startedAt);
    this.#outcome[reading.figures === 'unknown' ? 'unknown' : 'truth'] += 1;
  }

  /** Waits until nothing that was found before may be believed any more. */
  async #expire(): Promise<void> {
    const { checkedAt } = await this.#subject.read();
    if (checkedAt === null) return;
    const end = checkedAt + this.#subject.toleranceMs;
    await sleep(Math.max(end - Date.now(), 0) + 100);
    const reading = await this.#judge(Date.now());
    if (reading.checkedAt === checkedAt && reading.figures !== 'unknown') {
      this.#wrong(`is believed for longer than its tolerance`, reading);
    }
  }

  async #recover(): Promise<void> {
    const subject = this.#subject;
    const end = Date.now() + RECOVERS_WITHIN_MS;
    for (let runs = 1; Date.now() < end; runs++) {
      const startedAt = Date.now();
      await subject.sync();
      const { figures, rows } = await this.#judge(startedAt);
      const { latest } = this.#truths;
      if (
        isDeepStrictEqual(figures, latest.figures) &&
        isDeepStrictEqual([...rows].sort(), [...latest.rows].sort())
      ) {
        await this.#measureGoodRun();
        const { recoveredAfter } = this.#outcome;
        if (recoveredAfter !== undefined) {
          this.#outcome.recoveredAfter = Math.max(recoveredAfter, runs);
        }
        this.#since = startedAt;
        this.#stored = latest.rows;
        return;
      }
      await sleep(ASKED_EVERY_MS);
    }
    this.#outcome.recoveredAfter = undefined;
    this.#wrong('does not come back', await subject.read());
  }

  async #measureGoodRun(): Promise<void> {
    const { upstream } = this.#subject;
    const before = upstream.received.length;
    await this.#subject.sync();
    this.#requestsOfGoodRun = Math.max(
      this.#requestsOfGoodRun,
      upstream.received.length - before,
    );
  }

  /** Looks at what the portal shows after a run that began at an instant. */
  async #judge(startedAt: Instant): Promise<Reading> {
    const reading = await this.#subject.read();
    const { checkedAt, figures, rows } = reading;
    if (figures !== 'unknown') {
      const claimsToBeNew = checkedAt !== null && checkedAt >= startedAt;
      const since = claimsToBeNew ? startedAt : this.#since;
      if (checkedAt === null || !this.#truths.held(figures, since)) {
        this.#wrong('shows what is not true', reading);
      }
    }
    const existing = new Set(this.#truths.latest.rows);
    const stored = new Set(rows);
    const lost = this.#stored.filter(
      row => existing.has(row) && !stored.has(row),
    );
    if (lost.length > 0) {
      this.#wrong('has lost what still exists', reading);
    }
    return reading;
  }

  /** Tells each thing once: what is wrong stays so for many runs. */
  #wrong(what: string, { figures, checkedAt }: Reading): void {
    if (this.#outcome.wrong.some(known => known.startsWith(what))) return;
    const at = checkedAt === null ? 'never' : new Date(checkedAt).toISOString();
    this.#outcome.wrong.push(
      `${what}: ${JSON.stringify(
        figures,
      )}, checked ${at}, while the truth is ${JSON.stringify(
        this.#truths.latest.figures,
      )}`,
    );
  }

  #note(): void {
    this.#truths.note(this.#subject.truth());
  }
}

/**
 * Lets the upstream of a source fail, first while the portal reads it for the
 * first time and then while it reads what changed, and judges what the portal
 * shows.
 *
 * @remarks
 *
 * Figures that are shown must have been true at an instant since the last read
 * that was answered properly; where the portal claims that they were checked
 * after a run began, since then. Once the tolerance is over after a failure, they
 * must be unknown. What is stored and still exists must stay stored. Without the
 * fault, the truth must come back.
 *
 * @param options - `seed`: of what is left to chance
 * @public
 */
export async function runFault(
  subject: FaultSubject,
  fault: Fault,
  options: { seed: number },
): Promise<FaultOutcome> {
  return new FaultRun(subject, fault, options.seed).run();
}
