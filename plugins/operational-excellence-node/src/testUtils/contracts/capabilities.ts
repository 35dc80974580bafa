/**
 * What a driver lacks, and why; the tests that need it are reported as skipped
 * with that reason.
 *
 * @public
 */
export type Lacks<Capability extends string> = Partial<
  Record<Capability, string>
>;

/** Defines tests, those that need something which is lacking as skipped. */
export class ContractTests<Capability extends string> {
  readonly #lacks: Lacks<Capability>;
  readonly #timeoutMs: number;

  constructor(lacks: Lacks<Capability>, timeoutMs: number) {
    this.#lacks = lacks;
    this.#timeoutMs = timeoutMs;
  }

  /** Whether a capability is said to be lacking. */
  isLacking(capability: Capability): boolean {
    return this.#lacks[capability] !== undefined;
  }

  test(title: string, run: () => Promise<void>): void;
  test(
    title: string,
    options: { needs: Capability[] },
    run: () => Promise<void>,
  ): void;
  test(
    title: string,
    optionsOrRun: { needs: Capability[] } | (() => Promise<void>),
    maybeRun?: () => Promise<void>,
  ): void {
    const [needs, run] =
      typeof optionsOrRun === 'function'
        ? [[], optionsOrRun]
        : [optionsOrRun.needs, maybeRun!];
    const reasons = needs
      .filter(need => this.isLacking(need))
      .map(need => `${need}: ${this.#lacks[need]}`);
    if (reasons.length) {
      it.skip(`${title} (lacks ${reasons.join('; ')})`, run);
    } else {
      it(title, run, this.#timeoutMs);
    }
  }
}

/**
 * An optional part of a driver that is needed and not said to be lacking.
 */
export function provided<T>(part: T | undefined, name: string): T {
  if (part === undefined) {
    throw new Error(
      `The driver has no ${name}, and the contract was not told that it lacks it`,
    );
  }
  return part;
}
