import { act, renderHook } from '@testing-library/react';
import { useNow } from './useNow';

describe('useNow', () => {
  afterEach(() => jest.useRealTimers());

  it('is renewed every minute, for as long as it is shown', () => {
    jest.useFakeTimers({ now: 1_000 });
    const { result, unmount } = renderHook(useNow);
    expect(result.current).toBe(1_000);
    act(() => jest.advanceTimersByTime(59_999));
    expect(result.current).toBe(1_000);
    act(() => jest.advanceTimersByTime(1));
    expect(result.current).toBe(61_000);
    unmount();
    expect(jest.getTimerCount()).toBe(0);
  });
});
