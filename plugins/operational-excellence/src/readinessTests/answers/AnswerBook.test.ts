import type {
  ReadinessAnswer,
  ReadinessAnswerChange,
} from 'backstage-plugin-operational-excellence-common';
import { readinessAnswer, refusal } from '../../__testUtils__';
import { AnswerBook } from './AnswerBook';
import type { AnswerEdit } from './AnswerEdit';
import type { Edits } from './keptEdits';

const settle = () => jest.advanceTimersByTimeAsync(2_000);

function edit(changes: Partial<AnswerEdit> = {}): AnswerEdit {
  return { base: 0, value: 'yes', note: '', evidence: [], ...changes };
}

/** A book over a backend that stores answers, and refuses those it must. */
function openBook(stored: ReadinessAnswer[] = [], edits: Edits = new Map()) {
  const answers = new Map(stored.map(each => [each.itemId, each]));
  const saved: [string, ReadinessAnswerChange][] = [];
  const kept: Edits[] = [];
  let failure: Error | undefined;
  let held: Promise<void> | undefined;
  const store = (itemId: string, changes: Partial<ReadinessAnswer>) => {
    const version = (answers.get(itemId)?.version ?? 0) + 1;
    const answer = readinessAnswer(itemId, { ...changes, version });
    answers.set(itemId, answer);
    return answer;
  };
  const book: AnswerBook = AnswerBook.create({
    edits,
    save: async (itemId, change) => {
      saved.push([itemId, change]);
      await held;
      if (failure) throw failure;
      const { version, ...changes } = change;
      if (version !== (answers.get(itemId)?.version ?? 0)) {
        throw await refusal(409, 'Somebody was faster');
      }
      return store(itemId, { ...changes, answeredBy: 'user:default/me' });
    },
    withdraw: async (itemId, version) => {
      if (failure) throw failure;
      if (version !== answers.get(itemId)?.version) {
        throw await refusal(409, 'Somebody was faster');
      }
      answers.delete(itemId);
    },
    refresh: async () => book.see([...answers.values()], true),
    keep: each => kept.push(new Map(each)),
  });
  book.see([...answers.values()], true);
  return {
    book,
    saved,
    store,
    remove: (itemId: string) => answers.delete(itemId),
    see: () => book.see([...answers.values()], true),
    stored: (itemId: string) => answers.get(itemId),
    kept: () => kept[kept.length - 1],
    fail: (error: Error | undefined) => {
      failure = error;
    },
    hold: () => {
      let release = () => {};
      held = new Promise(resolve => {
        release = resolve;
      });
      return () => release();
    },
  };
}

describe('AnswerBook', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('saves an answer once it is chosen, over nothing', async () => {
    const { book, kept, saved, stored } = openBook();
    book.change('a', { value: 'no' });
    expect(book.itemAnswer('a').state).toEqual({ status: 'saving' });
    expect([...kept().keys()]).toEqual(['a']);
    await settle();
    expect(saved).toEqual([
      ['a', { version: 0, value: 'no', note: null, evidence: [] }],
    ]);
    expect(stored('a')?.value).toBe('no');
    expect(book.itemAnswer('a').state).toEqual({ status: 'settled' });
    expect(kept().size).toBe(0);
  });

  it('saves what is typed once typing pauses, and keeps the blanks of it', async () => {
    const { book, saved } = openBook([readinessAnswer('a')]);
    for (const note of ['a', 'a ', 'a b', 'a b ']) {
      book.change('a', { note });
      await jest.advanceTimersByTimeAsync(200);
    }
    expect(saved).toEqual([]);
    await settle();
    expect(saved).toEqual([
      ['a', { version: 1, value: 'yes', note: 'a b', evidence: [] }],
    ]);
    expect(book.itemAnswer('a').fields.note).toBe('a b ');
    expect(book.unsaved()).toEqual([]);
  });

  it('sends one request after the other, each over the version before', async () => {
    const { book, hold, saved, stored } = openBook();
    const release = hold();
    book.change('a', { value: 'no' });
    await settle();
    book.change('a', { value: 'yes' });
    await settle();
    expect(saved).toHaveLength(1);
    release();
    await settle();
    expect(saved.map(([, { value, version }]) => [value, version])).toEqual([
      ['no', 0],
      ['yes', 1],
    ]);
    expect(stored('a')).toMatchObject({ value: 'yes', version: 2 });
    expect(book.unsaved()).toEqual([]);
  });

  it('does not send what cannot be stored', async () => {
    const { book, saved } = openBook();
    book.change('a', { note: 'because' });
    book.change('b', {
      value: 'yes',
      evidence: [{ id: 1, title: 'Run', url: 'ftp://example.com' }],
    });
    await settle();
    await book.send('a');
    expect(saved).toEqual([]);
    expect(book.itemAnswer('a').state).toEqual({ status: 'incomplete' });
    expect(book.itemAnswer('b').state).toEqual({ status: 'incomplete' });
    expect(book.unsaved()).toEqual(['a', 'b']);
  });

  it('does not save a link that nothing was typed into', async () => {
    const { book, saved } = openBook([readinessAnswer('a')]);
    book.change('a', { evidence: [{ id: 1, title: '', url: '' }] });
    await settle();
    expect(saved).toEqual([]);
    expect(book.unsaved()).toEqual([]);
    expect(book.itemAnswer('a').fields.evidence).toHaveLength(1);
  });

  it('keeps what could not be saved, and saves it when asked to', async () => {
    const { book, fail, kept, stored } = openBook();
    fail(new Error('The network is away'));
    book.change('a', { value: 'yes', note: 'mine' });
    await settle();
    expect(book.itemAnswer('a').state).toMatchObject({
      status: 'failed',
      error: new Error('The network is away'),
    });
    expect(kept().get('a')).toMatchObject({ value: 'yes', note: 'mine' });
    fail(undefined);
    book.sendAll();
    await settle();
    expect(stored('a')?.note).toBe('mine');
  });

  it('tries again what failed once the backend answers, but not what it refused', async () => {
    const { book, fail, saved, see } = openBook();
    fail(new Error('The network is away'));
    book.change('a', { value: 'yes' });
    await settle();
    fail(await refusal(403, 'Not you'));
    see();
    await settle();
    expect(saved).toHaveLength(2);
    see();
    await settle();
    expect(saved).toHaveLength(2);
    expect(book.itemAnswer('a').state.status).toBe('failed');
  });

  it('shows both answers where somebody was faster, and stores the chosen one', async () => {
    const { book, store, stored } = openBook();
    store('a', { value: 'no', answeredBy: 'user:default/bob' });
    book.change('a', { value: 'yes', note: 'mine' });
    await settle();
    expect(book.itemAnswer('a')).toMatchObject({
      fields: { value: 'yes', note: 'mine' },
      state: {
        status: 'conflict',
        theirs: { value: 'no', answeredBy: 'user:default/bob' },
      },
    });
    book.sendAll();
    await settle();
    expect(stored('a')?.value).toBe('no');
    book.resolve('a', 'mine');
    await settle();
    expect(stored('a')).toMatchObject({ value: 'yes', version: 2 });
    expect(book.itemAnswer('a').state).toEqual({ status: 'settled' });
  });

  it('takes over what somebody else answered where that is chosen', async () => {
    const { book, see, store, saved } = openBook([readinessAnswer('a')]);
    book.change('a', { note: 'mine' });
    store('a', { value: 'no', note: 'theirs' });
    see();
    expect(book.itemAnswer('a').state.status).toBe('conflict');
    book.resolve('a', 'theirs');
    await settle();
    expect(saved).toEqual([]);
    expect(book.itemAnswer('a').fields).toMatchObject({
      value: 'no',
      note: 'theirs',
    });
  });

  it('shows what others answer where nothing is typed', () => {
    const { book, see, store } = openBook([readinessAnswer('a')]);
    store('a', { value: 'no' });
    see();
    expect(book.itemAnswer('a').fields.value).toBe('no');
  });

  it('knows an answer of its own whose confirmation was lost', async () => {
    const { book, fail, see, stored, store } = openBook();
    fail(new Error('The network is away'));
    book.change('a', { value: 'yes' });
    await settle();
    // It had arrived.
    store('a', { value: 'yes', note: null, evidence: [] });
    fail(undefined);
    see();
    await settle();
    expect(stored('a')?.version).toBe(1);
    expect(book.itemAnswer('a').state).toEqual({ status: 'settled' });
  });

  it('takes an answer back, and leaves its note to be typed further', async () => {
    const { book, stored } = openBook([readinessAnswer('a', { note: 'kept' })]);
    await book.withdraw('a');
    expect(stored('a')).toBeUndefined();
    expect(book.itemAnswer('a')).toMatchObject({
      answer: undefined,
      fields: { value: '', note: 'kept' },
      state: { status: 'incomplete' },
    });
    book.change('a', { value: 'no' });
    await settle();
    expect(stored('a')).toMatchObject({ value: 'no', note: 'kept' });
  });

  it('tells where an answer could not be taken back', async () => {
    const { book, fail, stored } = openBook([readinessAnswer('a')]);
    fail(new Error('The network is away'));
    await book.withdraw('a');
    expect(book.itemAnswer('a').state.status).toBe('failed');
    fail(undefined);
    await book.retry('a');
    expect(stored('a')).toBeUndefined();
    expect(book.itemAnswer('a').state).toEqual({ status: 'settled' });
  });

  it('goes on where somebody else has taken an answer back', async () => {
    const { book, remove, see, stored } = openBook([
      readinessAnswer('a'),
      readinessAnswer('b'),
    ]);
    book.change('a', { note: 'mine' });
    remove('a');
    remove('b');
    see();
    await settle();
    expect(stored('a')).toMatchObject({ note: 'mine', version: 1 });
    expect(book.itemAnswer('b').fields.value).toBe('');
  });

  it('is not set back by an answer that arrives late', () => {
    const { book } = openBook([readinessAnswer('a', { version: 3 })]);
    book.see([readinessAnswer('a', { version: 2, value: 'no' })], true);
    expect(book.itemAnswer('a').fields.value).toBe('yes');
  });

  it('goes on with what was typed before a reload', async () => {
    const { stored } = openBook(
      [readinessAnswer('a', { value: 'no' })],
      new Map([
        ['a', edit({ base: 1, note: 'typed before' })],
        ['b', edit({ value: 'not-applicable' })],
      ]),
    );
    await settle();
    expect(stored('a')).toMatchObject({ value: 'yes', note: 'typed before' });
    expect(stored('b')?.value).toBe('not-applicable');
  });

  it('sends nothing into a test that was ended, and keeps it', async () => {
    const { book, kept, saved } = openBook();
    book.see([], false);
    book.change('a', { value: 'yes', note: 'too late' });
    await settle();
    book.sendAll();
    expect(saved).toEqual([]);
    expect(kept().get('a')?.note).toBe('too late');
    book.discard('a');
    expect(kept().size).toBe(0);
  });

  it('tells which item has changed', () => {
    const { book } = openBook();
    const told: (string | undefined)[] = [];
    const unsubscribe = book.subscribe(itemId => told.push(itemId));
    book.change('a', { value: 'yes' });
    expect(told).toEqual(['a']);
    unsubscribe();
    book.change('b', { value: 'yes' });
    expect(told).toEqual(['a']);
  });
});
