import { act, renderHook } from '@testing-library/react';
import { refusal } from '../__testUtils__';
import { useLoadable } from './useLoadable';

/** A backend whose requests are answered by hand, in any order. */
class Requests {
  readonly sent: {
    signal: AbortSignal;
    answer: (value: string) => Promise<void>;
    fail: (error: Error) => Promise<void>;
  }[] = [];

  readonly read = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      this.sent.push({
        signal,
        answer: value => act(async () => resolve(value)),
        fail: error => act(async () => reject(error)),
      });
    });
}

function renderLoadable(key: string | undefined = 'a') {
  const requests = new Requests();
  const hook = renderHook(props => useLoadable(props.key, requests.read), {
    initialProps: { key } as { key: string | undefined },
  });
  return { requests, ...hook };
}

describe('useLoadable', () => {
  it('loads, then has the value', async () => {
    const { requests, result } = renderLoadable();
    expect(result.current).toEqual({ status: 'loading' });
    await requests.sent[0].answer('first');
    expect(result.current).toMatchObject({
      status: 'ready',
      value: 'first',
      refreshing: false,
    });
  });

  it('reads once while the key stays', async () => {
    const { requests, rerender } = renderLoadable();
    await requests.sent[0].answer('first');
    rerender({ key: 'a' });
    expect(requests.sent).toHaveLength(1);
  });

  it('reads nothing without a key, and forgets what it read', async () => {
    const { requests, rerender, result } = renderLoadable();
    await requests.sent[0].answer('first');
    rerender({ key: undefined });
    expect(result.current).toEqual({ status: 'loading' });
    rerender({ key: 'a' });
    expect(result.current).toEqual({ status: 'loading' });
    expect(requests.sent).toHaveLength(2);
    rerender({ key: undefined });
    expect(requests.sent[1].signal.aborted).toBe(true);
    await requests.sent[1].answer('second');
    expect(result.current).toEqual({ status: 'loading' });
    expect(requests.sent).toHaveLength(2);
  });

  it('keeps the last value while another key is read', async () => {
    const { requests, result, rerender } = renderLoadable();
    await requests.sent[0].answer('first');
    rerender({ key: 'b' });
    expect(result.current).toMatchObject({ value: 'first', refreshing: true });
    await requests.sent[1].answer('second');
    expect(result.current).toMatchObject({
      value: 'second',
      refreshing: false,
    });
  });

  it('drops an answer that was overtaken', async () => {
    const { requests, result, rerender } = renderLoadable();
    rerender({ key: 'b' });
    expect(requests.sent[0].signal.aborted).toBe(true);
    expect(requests.sent[1].signal.aborted).toBe(false);
    await requests.sent[1].answer('second');
    await requests.sent[0].answer('first');
    expect(result.current).toMatchObject({ status: 'ready', value: 'second' });
  });

  it('drops a failure that was overtaken', async () => {
    const { requests, result, rerender } = renderLoadable();
    rerender({ key: 'b' });
    await requests.sent[0].fail(new Error('aborted'));
    expect(result.current).toEqual({ status: 'loading' });
    await requests.sent[1].answer('second');
    expect(result.current).toMatchObject({ status: 'ready', value: 'second' });
  });

  it('aborts what is under way when it is no longer shown', () => {
    const { requests, unmount } = renderLoadable();
    expect(requests.sent[0].signal.aborted).toBe(false);
    unmount();
    expect(requests.sent[0].signal.aborted).toBe(true);
  });

  it('can be tried again', async () => {
    const { requests, result } = renderLoadable();
    const error = new Error('the database is away');
    await requests.sent[0].fail(error);
    expect(result.current).toMatchObject({ status: 'failed', error });

    if (result.current.status !== 'failed') throw error;
    act(result.current.reload);
    expect(result.current).toEqual({ status: 'loading' });
    expect(requests.sent).toHaveLength(2);
    await requests.sent[1].answer('first');
    expect(result.current).toMatchObject({ status: 'ready', value: 'first' });
  });

  it('can be read again', async () => {
    const { requests, result } = renderLoadable();
    await requests.sent[0].answer('first');
    if (result.current.status !== 'ready') throw new Error('not ready');
    act(result.current.reload);
    expect(result.current).toMatchObject({ value: 'first', refreshing: true });
    await requests.sent[1].answer('second');
    expect(result.current).toMatchObject({
      value: 'second',
      refreshing: false,
    });
  });

  it('does not show the last value as though a failed read had confirmed it', async () => {
    const { requests, result, rerender } = renderLoadable();
    await requests.sent[0].answer('first');
    rerender({ key: 'b' });
    await requests.sent[1].fail(new Error('the database is away'));
    expect(result.current.status).toBe('failed');
  });

  it.each([
    [400, 'failed'],
    [401, 'failed'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [500, 'failed'],
  ])('tells apart the status %d as %s', async (code, status) => {
    const { requests, result } = renderLoadable();
    await requests.sent[0].fail(await refusal(code, 'no'));
    expect(result.current.status).toBe(status);
  });
});
