import { FakeTicketSource } from 'backstage-plugin-operational-excellence-node/testUtils';
import { SourceRegistry } from '../sources';
import { HintedScopes } from './HintedScopes';

const ID = 'fake:tickets';

describe('HintedScopes', () => {
  let now = 1_000_000;
  let hints: HintedScopes;

  beforeEach(() => {
    now = 1_000_000;
    hints = HintedScopes.create({
      now: () => now,
      sources: SourceRegistry.create({
        ticketSources: [FakeTicketSource.create()],
        experimentSources: [],
        tolerance: 1,
      }),
    });
  });

  const add = (scopeKey: string, ref?: string) =>
    hints.add(ID, { scopeKey, ref });
  const due = () => hints.takeDue().map(({ key, within }) => [key, within]);

  it('gives each ref of a scope once, and at once', () => {
    ['1', '2', '1'].forEach(ref => add('a', ref));
    add('b', '3');
    expect(hints.take(['other'])).toBeUndefined();
    expect(hints.take([ID])).toEqual({
      sourceId: ID,
      key: 'a',
      refs: ['1', '2'],
    });
    expect(hints.take([ID])).toMatchObject({ key: 'b', refs: ['3'] });
    expect(hints.take([ID])).toBeUndefined();
    expect(due()).toEqual([]);
  });

  it('keeps what comes during a read until it has ended, longer each time', () => {
    const gaps: number[] = [];
    add('a', '1');
    for (let n = 0; n < 10; n++) {
      const taken = hints.take([ID])!;
      add('a', '1');
      add('a', '1');
      expect(hints.take([ID])).toBeUndefined();
      hints.done(taken);
      expect(hints.take([ID])).toBeUndefined();
      gaps.push(hints.nextReadyAt()! - now);
      now = hints.nextReadyAt()!;
    }
    expect(gaps).toEqual([
      250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);

    hints.done(hints.take([ID])!);
    expect(hints.nextReadyAt()).toBeUndefined();
    add('a', '2');
    expect(hints.take([ID])).toMatchObject({ refs: ['2'] });
  });

  it('lets scopes take turns', () => {
    add('a', '1');
    add('b', '1');
    const a = hints.take([ID])!;
    add('a', '2');
    hints.done(a);
    now += 250;
    expect(hints.take([ID])).toMatchObject({ key: 'b' });
    expect(hints.take([ID])).toMatchObject({ key: 'a' });
  });

  it.each([
    ['no ref', () => add('a')],
    ['a ref that is no name', () => add('a', 'x'.repeat(201))],
    [
      'too many refs',
      () => Array.from({ length: 101 }, (_, n) => add('a', String(n))),
    ],
  ])('makes a scope due that was hinted at with %s', (_, hint) => {
    hint();
    add('a', 'further');
    expect(hints.take([ID])).toBeUndefined();
    expect(due()).toEqual([['a', 0]]);
    expect(due()).toEqual([]);
    add('a', '1');
    expect(hints.take([ID])).toBeUndefined();
    now = hints.nextReadyAt()!;
    expect(hints.take([ID])).toMatchObject({ refs: ['1'] });
  });

  it('makes further scopes due where too many wait, and takes no more than it can keep', () => {
    for (let n = 0; n < 11_000; n++) expect(add(`s${n}`, '1')).toBe(true);
    expect(add('one more', '1')).toBe(false);
    expect(add('s0', '2')).toBe(true);
    expect(add('x'.repeat(1001), '1')).toBe(false);
    expect(hints.takeDue()).toHaveLength(10_000);
    expect(add('one more', '1')).toBe(true);
    expect(due()).toEqual([['one more', 0]]);
  });

  it('puts back what could not be made due', () => {
    add('a');
    const taken = hints.takeDue();
    hints.putBack(taken);
    expect(hints.takeDue()).toEqual(taken);
  });

  it('lets a scope wait after a failure, and all of a source that asks for it', () => {
    add('a', '1');
    add('b', '1');
    add('c', '1');
    hints.failed(hints.take([ID])!, { retryIn: 20_000, isPaused: false });
    expect(due()).toEqual([['a', 20_000]]);
    add('a', '2');
    expect(hints.take([ID])).toMatchObject({ key: 'b' });
    hints.failed(
      { sourceId: ID, key: 'b', refs: [] },
      { retryIn: 60_000, isPaused: true },
    );
    expect(due()).toEqual([['b', 60_000]]);
    expect(hints.take([ID])).toBeUndefined();
    now += 60_000;
    expect(hints.take([ID])).toMatchObject({ key: 'a', refs: ['2'] });
    expect(hints.take([ID])).toMatchObject({ key: 'c' });
  });

  it('leaves everything to others in the end', () => {
    add('a', '1');
    add('b');
    add('c', '1');
    hints.handOver(hints.take([ID])!);
    hints.giveUp();
    expect(due()).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]);
    expect(hints.take([ID])).toBeUndefined();
  });

  it('has a scope compared at once, and then no more often than it is read', () => {
    const scope = { sourceId: ID, key: 'a', refs: [] };
    const within = () => hints.compareWithin(scope, { every: 600_000 });
    expect(within()).toBe(0);
    now += 1_000;
    expect(within()).toBe(599_000);
    now += 599_000;
    expect(within()).toBe(0);
  });
});
