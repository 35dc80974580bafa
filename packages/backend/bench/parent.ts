import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

interface Question {
  id: number;
  ask: string;
  given: unknown;
}

type Answers = Record<string, (given: never) => Promise<unknown>>;

/**
 * Tells the parent process that this one is ready, and answers what it asks, until
 * it is gone.
 */
export function answerParent(answers: Answers): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ id, ask, given }: Question) => {
    try {
      process.send?.({ id, answer: await answers[ask](given as never) });
    } catch (error) {
      process.send?.({ id, failure: String(error) });
    }
  });
  process.send?.({ id: 'started' });
}

/** Watches the memory of this process; answers the most that it took, bytes. */
export function watchMemory(): () => Promise<{
  peakRss: number;
  peakHeap: number;
}> {
  let peakHeap = 0;
  setInterval(() => {
    peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
  }, 50).unref();
  return async () => ({
    peakRss: process.resourceUsage().maxRSS * 1024,
    peakHeap,
  });
}

/** What a process takes, bytes. */
interface Memory {
  rss: number;
  heap: number;
}

function memoryNow(): Memory {
  const { heapUsed, rss } = process.memoryUsage();
  return { rss, heap: heapUsed };
}

/**
 * Watches what the memory of this process comes to from one moment to another,
 * beginning without what is only not collected yet.
 */
export class MemoryWatch {
  #before = memoryNow();
  #peak = memoryNow();
  #timer: NodeJS.Timeout | undefined;

  /** @param isKept - whether only what is still needed counts, which takes time */
  begin(isKept: boolean): void {
    clearInterval(this.#timer);
    collectGarbage();
    this.#before = memoryNow();
    this.#peak = memoryNow();
    this.#timer = setInterval(() => {
      if (isKept) collectGarbage();
      const { heap, rss } = memoryNow();
      this.#peak = {
        rss: Math.max(this.#peak.rss, rss),
        heap: Math.max(this.#peak.heap, heap),
      };
    }, 10);
  }

  end(): { before: Memory; peak: Memory } {
    clearInterval(this.#timer);
    return { before: this.#before, peak: this.#peak };
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
