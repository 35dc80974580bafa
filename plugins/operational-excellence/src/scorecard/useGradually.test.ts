import { act, renderHook, waitFor } from '@testing-library/react';
import { useGradually } from './useGradually';

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n);

function gradually(list: string, items: number[]) {
  return renderHook(given => useGradually(given.list, given.items), {
    initialProps: { list, items },
  });
}

describe('useGradually', () => {
  afterEach(() => jest.useRealTimers());

  it('shows what fits on a screen at once', () => {
    const { result } = gradually('all', rows(15));
    expect(result.current).toEqual({ shown: rows(15), left: 0 });
  });

  it('shows the rest once the first ones are painted', async () => {
    const { result, rerender } = gradually('all', rows(50));
    expect(result.current).toEqual({ shown: rows(15), left: 35 });
    await waitFor(() =>
      expect(result.current).toEqual({ shown: rows(50), left: 0 }),
    );
    rerender({ list: 'overdue', items: rows(40, 100) });
    expect(result.current).toEqual({ shown: rows(15, 100), left: 25 });
    await waitFor(() =>
      expect(result.current).toEqual({ shown: rows(40, 100), left: 0 }),
    );
  });

  it('takes no row away when the same is read again', async () => {
    const { result, rerender } = gradually('all', rows(50));
    await waitFor(() => expect(result.current.left).toBe(0));
    rerender({ list: 'all', items: rows(50, 1) });
    expect(result.current).toEqual({ shown: rows(50, 1), left: 0 });
  });

  it('shows no rest of what was overtaken', async () => {
    jest.useFakeTimers();
    const { result, rerender } = gradually('all', rows(50));
    rerender({ list: 'overdue', items: rows(20, 100) });
    await act(async () => jest.advanceTimersByTime(17));
    expect(result.current).toEqual({ shown: rows(20, 100), left: 0 });
    rerender({ list: 'all', items: rows(50) });
    expect(result.current).toEqual({ shown: rows(15), left: 35 });
  });
});
