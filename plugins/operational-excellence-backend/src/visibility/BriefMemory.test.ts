import { BriefMemory } from './BriefMemory';

describe('BriefMemory', () => {
  function create(options?: { keepFor?: number; maxWeight?: number }) {
    const clock = { now: 1000 };
    const memory = new BriefMemory<string>({
      keepFor: 10,
      maxWeight: 6,
      weigh: value => value.length,
      now: () => clock.now,
      ...options,
    });
    const sought: string[] = [];
    const recall = (key: string, value = key) =>
      memory.recall(key, async () => {
        sought.push(key);
        return value;
      });
    return { clock, memory, recall, sought };
  }

  it('seeks once within its time, and again after it', async () => {
    const { clock, recall, sought } = create();
    await recall('a', 'one');
    clock.now += 9;
    await expect(recall('a', 'two')).resolves.toBe('one');
    clock.now += 1;
    await expect(recall('a', 'two')).resolves.toBe('two');
    expect(sought).toEqual(['a', 'a']);
  });

  it('counts its time from the end of the search', async () => {
    const { clock, memory } = create();
    await memory.recall('a', async () => {
      clock.now += 100;
      return 'slow';
    });
    expect(memory.peek('a')).toBe('slow');
  });

  it('lets those who ask at the same time wait for the same answer', async () => {
    const { recall, sought } = create();
    await expect(
      Promise.all([recall('a', 'one'), recall('a', 'two')]),
    ).resolves.toEqual(['one', 'one']);
    expect(sought).toEqual(['a']);
  });

  it('tells a failure to all who wait and does not keep it', async () => {
    const { memory, recall } = create();
    const fail = () =>
      memory.recall('a', async () => {
        throw new Error('no answer');
      });
    const both = [fail(), fail()];
    await expect(both[0]).rejects.toThrow('no answer');
    await expect(both[1]).rejects.toThrow('no answer');
    await expect(recall('a', 'there')).resolves.toBe('there');
  });

  it('keeps no more than its weight, what was used last the longest', async () => {
    const { memory, recall } = create();
    await recall('a', 'aa');
    await recall('b', 'bb');
    await recall('c', 'cc');
    expect(memory.peek('a')).toBe('aa');
    await recall('d', 'ddd');
    expect(['a', 'b', 'c', 'd'].map(key => memory.peek(key))).toEqual([
      'aa',
      undefined,
      undefined,
      'ddd',
    ]);
  });

  it('answers but does not keep what is heavier than all it may keep', async () => {
    const { memory, recall } = create();
    await recall('a', 'aa');
    await expect(recall('b', 'seven..')).resolves.toBe('seven..');
    expect(memory.peek('b')).toBeUndefined();
    expect(memory.peek('a')).toBe('aa');
  });

  it('keeps nothing where it is told to', async () => {
    const { recall, sought } = create({ keepFor: 0 });
    await recall('a');
    await recall('a');
    expect(sought).toEqual(['a', 'a']);
  });
});
