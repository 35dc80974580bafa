import { toError } from '@backstage/errors';
import type { StorageApi } from '@backstage/frontend-plugin-api';
import { ImprovementDraft, parseDraft } from './ImprovementDraft';

const BUCKET = 'operational-excellence-drafts';
const TYPING_PAUSE_MS = 300;
const LOADING_PATIENCE_MS = 3_000;

/**
 * Keeps one draft in the storage of the portal. What is typed is written once
 * typing pauses, or when `flush` is called; writes happen one after the other.
 */
export class DraftKeeper {
  readonly #storage: StorageApi;
  readonly #slot: string;
  readonly #onFailure: (error: Error | undefined) => void;
  #pending: ImprovementDraft | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #underWay = 0;

  /**
   * @param options - `slot` names what is drafted, such as an entity reference;
   * `onFailure` learns why the draft is not kept, and once it is again
   */
  static create(options: {
    storage: StorageApi;
    slot: string;
    onFailure: (error: Error | undefined) => void;
  }) {
    return new DraftKeeper(options);
  }

  private constructor(options: Parameters<typeof DraftKeeper.create>[0]) {
    this.#storage = options.storage.forBucket(BUCKET);
    this.#slot = options.slot;
    this.#onFailure = options.onFailure;
  }

  /** The draft that was kept. */
  async load(): Promise<ImprovementDraft | undefined> {
    const snapshot = this.#storage.snapshot(this.#slot);
    if (snapshot.presence !== 'unknown') return parseDraft(snapshot.value);
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
      function settle(value: unknown) {
        clearTimeout(timer);
        subscription.unsubscribe();
        resolve(parseDraft(value));
      }
    });
  }

  /** Keeps a draft once typing pauses. */
  keep(draft: ImprovementDraft): void {
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
    return this.#write(() => this.#storage.set(this.#slot, { ...draft }));
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
