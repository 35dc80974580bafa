import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { SearchField } from './SearchField';

describe('SearchField', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pause = (ms: number) => act(() => jest.advanceTimersByTime(ms));
  const type = (text: string) =>
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: text },
    });

  it('hands on what is typed once typing pauses', () => {
    const onChange = jest.fn<void, [string]>();
    render(
      <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
        <SearchField id="search" label="Search" value="" onChange={onChange} />
      </TestApiProvider>,
    );
    for (const text of ['p', 'pa', 'pay']) {
      type(text);
      pause(99);
    }
    expect(onChange).not.toHaveBeenCalled();
    pause(1);
    expect(onChange.mock.calls).toEqual([['pay']]);
    pause(10_000);
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});
