import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeOperationalExcellenceApi } from '../__testUtils__';
import { asked, listed, renderField } from './__testUtils__';
import { ChoiceFilter } from './ChoiceFilter';

describe('ChoiceFilter', () => {
  it('chooses among what is given, without asking for anything', async () => {
    const api = new FakeOperationalExcellenceApi();
    const onChange = jest.fn<void, [string[]]>();
    renderField(
      <ChoiceFilter
        label="Tag"
        options={[
          { value: 'dns', title: 'DNS', count: 1 },
          { value: 'retries', title: 'Retries', count: 12_345 },
        ]}
        value={['dns']}
        onChange={onChange}
      />,
      api,
    );
    expect(screen.getByRole('button', { name: 'DNS' })).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'Tag' }), 'RE');
    expect(listed()).toEqual([`Retries (${(12_345).toLocaleString()})`]);
    await userEvent.click(screen.getByRole('option'));
    expect(onChange.mock.calls).toEqual([[['dns', 'retries']]]);
    expect(asked(api)).toEqual([]);
  });

  it('says that what can be chosen is being read', async () => {
    renderField(
      <ChoiceFilter
        label="Tag"
        options={undefined}
        value={[]}
        onChange={() => {}}
      />,
      new FakeOperationalExcellenceApi(),
    );
    await userEvent.click(screen.getByRole('textbox', { name: 'Tag' }));
    expect(screen.getByRole('status')).toHaveTextContent('Loading');
  });
});
