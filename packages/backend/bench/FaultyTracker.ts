import {
  ask,
  Behaviour,
  behaviours,
  MisbehavingUpstream,
  passOn,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with a request, before or after the tracker has done it. */
const FAULTS = {
  'reset before': () => behaviours.reset(),
  '500 before': () => behaviours.text('Internal Server Error', { status: 500 }),
  'reset after': url => after(url, behaviours.reset()),
  '500 after': url =>
    after(url, behaviours.text('Internal Server Error', { status: 500 })),
  '201 without a body': url => after(url, behaviours.text('', { status: 201 })),
  'time-out after': url => after(url, behaviours.silence()),
} satisfies Record<string, (serverUrl: string) => Behaviour>;

export type Fault = keyof typeof FAULTS;

/** How many requests of a hundred fail so: of those that create, of the others. */
const SHARES: Record<Fault, { creating: number; reading: number }> = {
  'reset before': { creating: 5, reading: 3 },
  '500 before': { creating: 3, reading: 3 },
  'reset after': { creating: 6, reading: 0 },
  '500 after': { creating: 6, reading: 0 },
  '201 without a body': { creating: 5, reading: 0 },
  // Each is waited for, half a minute long.
  'time-out after': { creating: 1.5, reading: 0 },
};

/** A server behind a proxy that takes its time, and fails at random. */
export class FaultyTracker {
  static async start(options: {
    serverUrl: string;
    latencyMs: number;
    /** Without it nothing fails. */
    random: (() => number) | undefined;
  }): Promise<FaultyTracker> {
    const tracker = new FaultyTracker(
      await MisbehavingUpstream.start(),
      options.serverUrl,
      options.random,
    );
    tracker.#behave(options.latencyMs);
    return tracker;
  }

  /** How often each fault met a request that creates an issue. */
  readonly faults: Partial<Record<Fault, number>> = {};
  /** How many other requests failed. */
  failedReads = 0;
  /** How long it took for each request that creates an issue, milliseconds. */
  readonly creationTimes: number[] = [];
  readonly #upstream: MisbehavingUpstream;
  readonly #serverUrl: string;
  #random: (() => number) | undefined;

  private constructor(
    upstream: MisbehavingUpstream,
    serverUrl: string,
    random: (() => number) | undefined,
  ) {
    this.#upstream = upstream;
    this.#serverUrl = serverUrl;
    this.#random = random;
  }

  get url(): string {
    return new URL(this.#upstream.url()).origin;
  }

  /** Nothing fails any more. */
  heal(): void {
    this.#random = undefined;
  }

  #behave(latencyMs: number) {
    this.#upstream.always(async (request, response) => {
      const startedAt = performance.now();
      const isCreation = request.method === 'POST';
      await sleep(latencyMs);
      const fault = this.#draw(isCreation);
      if (fault && isCreation) {
        this.faults[fault] = (this.faults[fault] ?? 0) + 1;
      } else if (fault) {
        this.failedReads += 1;
      }
      const behave = fault
        ? FAULTS[fault](this.#serverUrl)
        : passOn(this.#serverUrl);
      await behave(request, response);
      if (isCreation) {
        this.creationTimes.push(performance.now() - startedAt);
      }
    });
  }

  #draw(isCreation: boolean): Fault | undefined {
    if (!this.#random) return undefined;
    let drawn = this.#random() * 100;
    for (const [fault, share] of Object.entries(SHARES)) {
      drawn -= isCreation ? share.creating : share.reading;
      if (drawn < 0) return fault as Fault;
    }
    return undefined;
  }
}

function after(serverUrl: string, then: Behaviour): Behaviour {
  return behaviours.afterWork(async request => {
    await ask(serverUrl, request);
  }, then);
}
