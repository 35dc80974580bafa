import { ResponseError, toError } from '@backstage/errors';
import type {
  ReadinessAnswer,
  ReadinessAnswerChange,
} from 'backstage-plugin-operational-excellence-common';
import {
  AnswerEdit,
  AnswerFields,
  editOf,
  inputOf,
  isSettled,
} from './AnswerEdit';
import type { Edits } from './keptEdits';

/** How far the answer of an item has come. */
export type AnswerState =
  /** Nothing was typed that is not stored. */
  | { status: 'settled' }
  /** It cannot be sent yet: the answer is missing, or a link is wrong. */
  | { status: 'incomplete' }
  | { status: 'saving' }
  | { status: 'failed'; error: Error }
  /** Somebody else has answered in between. */
  | { status: 'conflict'; theirs: ReadinessAnswer };

/** An item as the reader sees it. */
export interface ItemAnswer {
  /** As it is stored. */
  answer: ReadinessAnswer | undefined;
  /** What the reader sees: what was typed, else what is stored. */
  fields: AnswerFields;
  state: AnswerState;
}

interface AnswerBookOptions {
  /** Stores an answer. */
  save: (
    itemId: string,
    change: ReadinessAnswerChange,
  ) => Promise<ReadinessAnswer>;
  /** Takes an answer back. */
  withdraw: (itemId: string, version: number) => Promise<unknown>;
  /** Reads all answers anew and hands them to `see`; does not reject. */
  refresh: () => Promise<void>;
  /** Keeps what is not saved yet. */
  keep: (edits: Edits) => void;
}

/** Is told which item has changed; `undefined` where any may have. */
type Listener = (itemId: string | undefined) => void;

/** After a choice, for arrow keys pass one after the other. */
const CHOICE_PAUSE_MS = 300;
const TYPING_PAUSE_MS = 1_000;

/**
 * The answers of a readiness test: those that are stored, and what the reader has
 * typed and is not saved yet. Each item is saved by itself, one request at a time,
 * and only over the version that the reader has seen.
 */
export class AnswerBook {
  readonly #options: AnswerBookOptions;
  readonly #answers = new Map<string, ReadinessAnswer>();
  /**
   * What the reader typed, also once it is stored: nothing changes beneath the
   * fingers because it was saved.
   */
  readonly #edits: Map<string, AnswerEdit>;
  readonly #failures = new Map<string, Error>();
  readonly #underWay = new Set<string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners = new Set<Listener>();
  /** The items that were answered when the answers were last read. */
  #listed: ReadonlySet<string> = new Set();
  #isOpen = true;

  /**
   * @param edits - what was typed before, and could not be saved
   */
  static create(options: AnswerBookOptions & { edits: Edits }): AnswerBook {
    return new AnswerBook(options);
  }

  private constructor({
    edits,
    ...options
  }: AnswerBookOptions & { edits: Edits }) {
    this.#options = options;
    this.#edits = new Map(edits);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * Takes note of the answers that are stored. What could not be saved is tried
   * again: the backend has just answered.
   *
   * @param isOpen - whether the test still takes answers
   */
  see(answers: readonly ReadinessAnswer[], isOpen: boolean): void {
    this.#isOpen = isOpen;
    answers.forEach(answer => this.#learn(answer));
    const listed = new Set(answers.map(({ itemId }) => itemId));
    for (const itemId of this.#listed) {
      if (!listed.has(itemId)) this.#forget(itemId);
    }
    this.#listed = listed;
    for (const itemId of this.#edits.keys()) {
      if (!this.#timers.has(itemId) && !this.#isRefused(itemId)) {
        this.send(itemId);
      }
    }
    this.#keep();
    this.#tell();
  }

  itemAnswer(itemId: string): ItemAnswer {
    const answer = this.#answers.get(itemId);
    const { base, ...fields } = this.#edits.get(itemId) ?? editOf(answer);
    return { answer, fields, state: this.#stateOf(itemId) };
  }

  /** The items with something that is not stored. */
  unsaved(): string[] {
    return [...this.#edits.keys()].filter(itemId => this.#isUnsaved(itemId));
  }

  /** Takes what is typed into an item; it is saved once typing pauses. */
  change(itemId: string, change: Partial<AnswerFields>): void {
    const answer = this.#answers.get(itemId);
    const edit = { ...(this.#edits.get(itemId) ?? editOf(answer)), ...change };
    this.#failures.delete(itemId);
    this.#edits.set(itemId, edit);
    this.#sendIn('value' in change ? CHOICE_PAUSE_MS : TYPING_PAUSE_MS, itemId);
    this.#keep();
    this.#tell(itemId);
  }

  /** Saves an item now, if it can be saved. */
  async send(itemId: string): Promise<void> {
    this.#stopTimer(itemId);
    const edit = this.#edits.get(itemId);
    if (!edit || !this.#isOpen || this.#underWay.has(itemId)) return;
    const input = inputOf(edit);
    if (!input || !this.#isUnsaved(itemId) || this.#conflictOf(itemId)) return;

    this.#failures.delete(itemId);
    this.#underWay.add(itemId);
    this.#tell(itemId);
    try {
      const change = { version: edit.base, ...input };
      const stored = await this.#options.save(itemId, change);
      this.#learn(stored);
      this.#underWay.delete(itemId);
      this.#rebase(itemId, stored);
      // What was typed in the meantime.
      if (this.#isUnsaved(itemId)) this.#sendIn(TYPING_PAUSE_MS, itemId);
    } catch (error) {
      await this.#fail(itemId, toError(error));
    }
    this.#keep();
    this.#tell(itemId);
  }

  /**
   * Takes back the answer of an item. Its note and its links stay to be typed
   * further, and are not stored any more.
   */
  async withdraw(itemId: string): Promise<void> {
    const answer = this.#answers.get(itemId);
    if (!answer || !this.#isOpen || this.#underWay.has(itemId)) return;
    this.#stopTimer(itemId);
    this.#failures.delete(itemId);
    this.#underWay.add(itemId);
    this.#tell(itemId);
    try {
      await this.#options.withdraw(itemId, answer.version);
      const { note, evidence } = this.itemAnswer(itemId).fields;
      this.#answers.delete(itemId);
      this.#underWay.delete(itemId);
      this.#edits.set(itemId, { base: 0, value: '', note, evidence });
    } catch (error) {
      await this.#catchUp(toError(error));
      this.#underWay.delete(itemId);
      const isStill = this.#answers.get(itemId)?.version === answer.version;
      if (isStill) this.#failures.set(itemId, toError(error));
    }
    this.#keep();
    this.#tell(itemId);
  }

  /** Tries again what has failed. */
  async retry(itemId: string): Promise<void> {
    // Where nothing is to be stored, an answer was to be taken back.
    if (this.#isUnsaved(itemId)) await this.send(itemId);
    else await this.withdraw(itemId);
  }

  /** Saves all that waits or has failed. */
  sendAll(): void {
    for (const itemId of this.#edits.keys()) this.send(itemId);
  }

  /** Decides for what the reader typed, or for what somebody else stored. */
  resolve(itemId: string, choice: 'mine' | 'theirs'): void {
    const stored = this.#answers.get(itemId);
    if (choice === 'theirs') {
      this.#drop(itemId);
    } else if (stored) {
      this.#rebase(itemId, stored);
      this.send(itemId);
    }
    this.#keep();
    this.#tell(itemId);
  }

  /** Gives up what was typed into an item and is not stored. */
  discard(itemId: string): void {
    this.#drop(itemId);
    this.#keep();
    this.#tell(itemId);
  }

  #stateOf(itemId: string): AnswerState {
    const edit = this.#edits.get(itemId);
    if (this.#underWay.has(itemId)) return { status: 'saving' };
    const isUnsaved = this.#isUnsaved(itemId);
    const theirs = isUnsaved && this.#conflictOf(itemId);
    if (theirs) return { status: 'conflict', theirs };
    const error = this.#failures.get(itemId);
    if (error) return { status: 'failed', error };
    if (!edit || !isUnsaved) return { status: 'settled' };
    return { status: inputOf(edit) ? 'saving' : 'incomplete' };
  }

  /** What somebody else stored since the reader began to type. */
  #conflictOf(itemId: string): ReadinessAnswer | undefined {
    const edit = this.#edits.get(itemId);
    const answer = this.#answers.get(itemId);
    return edit && answer && answer.version > edit.base ? answer : undefined;
  }

  #isUnsaved(itemId: string): boolean {
    const edit = this.#edits.get(itemId);
    return edit !== undefined && !isSettled(edit, this.#answers.get(itemId));
  }

  /** Whether the backend has understood, and said no. */
  #isRefused(itemId: string): boolean {
    const error = this.#failures.get(itemId);
    return error instanceof ResponseError && error.statusCode < 500;
  }

  #learn(answer: ReadinessAnswer): void {
    const { itemId } = answer;
    const known = this.#answers.get(itemId);
    // Answers may arrive in another order than they were given.
    if (known && known.version >= answer.version) return;
    const wasUnsaved = this.#isUnsaved(itemId);
    this.#answers.set(itemId, answer);
    if (this.#underWay.has(itemId)) return;
    if (!wasUnsaved) this.#drop(itemId);
    else if (!this.#isUnsaved(itemId)) this.#rebase(itemId, answer);
  }

  /** Somebody else has taken an answer back. */
  #forget(itemId: string): void {
    const wasUnsaved = this.#isUnsaved(itemId);
    this.#answers.delete(itemId);
    const edit = this.#edits.get(itemId);
    if (!edit) return;
    if (wasUnsaved || this.#underWay.has(itemId)) {
      this.#edits.set(itemId, { ...edit, base: 0 });
    } else {
      this.#drop(itemId);
    }
  }

  /** What is typed goes on from an answer that is stored. */
  #rebase(itemId: string, { version }: ReadinessAnswer): void {
    const edit = this.#edits.get(itemId);
    if (edit) this.#edits.set(itemId, { ...edit, base: version });
    this.#failures.delete(itemId);
  }

  async #fail(itemId: string, error: Error): Promise<void> {
    await this.#catchUp(error);
    this.#underWay.delete(itemId);
    const stored = this.#answers.get(itemId);
    if (stored && !this.#isUnsaved(itemId)) this.#rebase(itemId, stored);
    else this.#failures.set(itemId, error);
  }

  /**
   * Somebody was faster, or an answer of ours was stored and not confirmed: which
   * of them, the answers tell. Until they do, the refusal is shown.
   */
  async #catchUp(error: Error): Promise<void> {
    if (error instanceof ResponseError && error.statusCode === 409) {
      await this.#options.refresh();
    }
  }

  #drop(itemId: string): void {
    this.#stopTimer(itemId);
    this.#edits.delete(itemId);
    this.#failures.delete(itemId);
  }

  #sendIn(pause: number, itemId: string): void {
    this.#stopTimer(itemId);
    this.#timers.set(
      itemId,
      setTimeout(() => this.send(itemId), pause),
    );
  }

  #stopTimer(itemId: string): void {
    clearTimeout(this.#timers.get(itemId));
    this.#timers.delete(itemId);
  }

  #keep(): void {
    const edits = [...this.#edits];
    this.#options.keep(
      new Map(edits.filter(([itemId]) => this.#isUnsaved(itemId))),
    );
  }

  #tell(itemId?: string): void {
    this.#listeners.forEach(listener => listener(itemId));
  }
}
