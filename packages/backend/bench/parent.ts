interface Question {
  id: number;
  ask: string;
  given: unknown;
}

type Answers = Record<string, (given: never) => Promise<unknown>>;

/** Tells the parent process that this one is ready, and answers what it asks. */
export function answerParent(answers: Answers): void {
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
