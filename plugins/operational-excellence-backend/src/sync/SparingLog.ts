import { LoggerService } from '@backstage/backend-plugin-api';

const EVERY_MS = 60_000;

/**
 * Logs what may come in floods: of everything alike the first, and then one a
 * minute, or as often as is told, with how many there were.
 */
export class SparingLog {
  readonly #log: (message: string) => void;
  readonly #now: () => number;
  readonly #everyMs: number;
  readonly #kept = new Map<string, { until: number; count: number }>();

  static create(options: {
    logger: LoggerService;
    level: 'warn' | 'error';
    everyMs?: number;
    now?: () => number;
  }) {
    return new SparingLog(options);
  }

  private constructor(options: {
    logger: LoggerService;
    level: 'warn' | 'error';
    everyMs?: number;
    now?: () => number;
  }) {
    const { everyMs = EVERY_MS, level, logger, now = Date.now } = options;
    this.#log = message => logger[level](message);
    this.#now = now;
    this.#everyMs = everyMs;
  }

  /** @param kind - what counts as alike; one of few */
  log(kind: string, message: string): void {
    const now = this.#now();
    const kept = this.#kept.get(kind);
    if (kept && kept.until > now) {
      kept.count += 1;
      return;
    }
    this.#kept.set(kind, { until: now + this.#everyMs, count: 0 });
    this.#log(
      kept?.count ? `${message} (and ${kept.count} more before)` : message,
    );
  }
}
