import { toError } from '@backstage/errors';
import type { StorageApi } from '@backstage/frontend-plugin-api';

const BUCKET = 'operational-excellence-drafts';
const TYPING_PAUSE_MS = 300;
const LOADING_PATIENCE_MS = 3_000;

/** How drafts of a kind are kept. */
export interface DraftFormat<Draft> {
  /** What is kept of a draft: nothing but what JSON has. */
  format: (draft: Draft) => Parameters<StorageApi['set']>[1];
  /**
   * Reads a draft as it was kept, perhaps by another version of the plugin;
   * `undefined` where it is none.
   */
  parse: (kept: unknown) => Draft | undefined;
}

interface DraftKeeperOptions<Draft> extends DraftFormat<Draft> {
  storage: StorageApi;
  /** Names what is drafted, such as an entity reference. */
  slot: string;
  /** Learns why the draft is not kept, and `undefined` once it is again. */
  onFailure: (error: Error | undefined) => void;
}

/**
 * Keeps one draft in the storage of the portal. What is typed is written once
 * typing pauses, or when `flush` is called; writes happen one after the other.
 */
export class DraftKeeper<Draft> {
  readonly #storage: StorageApi;
  readonly #slot: string;
  readonly #parse: DraftFormat<Draft>['parse'];
  readonly #format: DraftFormat<Draft>['format'];
  readonly #onFailure: DraftKeeperOptions<Draft>['onFailure'];
  #pending: Draft | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #underWay = 0;

  static create<Draft>(options: DraftKeeperOptions<Draft>) {
    return new DraftKeeper(options);
  }

  private constructor(options: DraftKeeperOptions<Draft>) {
    this.#storage = options.storage.forBucket(BUCKET);
    this.#slot = options.slot;
    this.#parse = options.parse;
    this.#format = options.format;
    this.#onFailure = options.onFailure;
  }

  /** The draft that was kept. */
  async load(): Promise<Draft | undefined> {
    const snapshot = this.#storage.snapshot(this.#slot);
    if (snapshot.presence !== 'unknown') {
      return this.#parse(snapshot.value);
    }
    return new Promise(resolve => {
      // A storage that does not answer must not keep anybody from filing.
      const timer = setTimeout(() => settle(undefined), LOADING_PATIENCE_MS);
      const subscription = this.#storage.observe$(this.#slot).subscribe({
        next: ({ presence, value }) => {
          if (presence !== 'unknown') settle(value);
        },
        error: error => {
          this.#onFailure(toError(error));
          settle(undefined);
        },
      });
      const parse = this.#parse;
      function settle(value: unknown) {
        clearTimeout(timer);
        subscription.unsubscribe();
        resolve(parse(value));
      }
    });
  }

  /** Keeps a draft once typing pauses. */
  keep(draft: Draft): void {
    this.#pending = draft;
    this.#timer ??= setTimeout(() => this.flush(), TYPING_PAUSE_MS);
  }

  /** Keeps now what is to be kept. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const draft = this.#pending;
    this.#pending = undefined;
    if (!draft) return this.#writing;
    return this.#write(() =>
      this.#storage.set(this.#slot, this.#format(draft)),
    );
  }

  /** Keeps nothing any more. */
  forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
    return this.#write(() => this.#storage.remove(this.#slot));
  }

  #write(write: () => Promise<void>): Promise<void> {
    // At once where it can be, for the page may be going.
    const begin = async () => write();
    const begun = this.#underWay ? this.#writing.then(begin) : begin();
    this.#underWay += 1;
    this.#writing = begun
      .then(
        () => this.#onFailure(undefined),
        error => this.#onFailure(toError(error)),
      )
      .then(() => {
        this.#underWay -= 1;
      });
    return this.#writing;
  }
}
