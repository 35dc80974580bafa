import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { SearchField } from './SearchField';

describe('SearchField', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pause = (ms: number) => act(() => jest.advanceTimersByTime(ms));
  const type = (text: string) =>
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: text },
    });

  const Searching = (props: { onChange: (text: string) => void }) => {
    const [value, setValue] = useState('');
    return (
      <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
        <SearchField
          id="search"
          label="Search"
          value={value}
          onChange={text => {
            setValue(text);
            props.onChange(text);
          }}
        />
      </TestApiProvider>
    );
  };

  it('hands on what is pasted and cleared at once', () => {
    const onChange = jest.fn<void, [string]>();
    render(<Searching onChange={onChange} />);
    type('payments');
    expect(onChange.mock.calls).toEqual([['payments']]);
    type('payment');
    expect(onChange).toHaveBeenCalledTimes(1);
    type('');
    expect(onChange.mock.calls).toEqual([['payments'], ['']]);
    pause(10_000);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('hands on what is typed once typing pauses', () => {
    const onChange = jest.fn<void, [string]>();
    render(<Searching onChange={onChange} />);
    for (const text of ['p', 'pa', 'pay']) {
      type(text);
      pause(39);
    }
    expect(onChange).not.toHaveBeenCalled();
    pause(1);
    expect(onChange.mock.calls).toEqual([['pay']]);
    pause(10_000);
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});
