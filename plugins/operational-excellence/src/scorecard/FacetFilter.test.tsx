import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FacetFilter } from './FacetFilter';

describe('FacetFilter', () => {
  const options = Array.from({ length: 2_000 }, (_, index) => ({
    value: `group:default/team-${index}`,
    title: `Team ${index}`,
    count: index,
  }));

  it('shows as many as one reads, and finds the others by what is typed', async () => {
    const onChange = jest.fn<void, [string[]]>();
    render(
      <TestApiProvider apis={[mockApis.translation(), mockApis.error()]}>
        <FacetFilter
          label="Owner"
          options={options}
          value={['group:default/team-1500']}
          onChange={onChange}
        />
      </TestApiProvider>,
    );
    // What is chosen has its title, wherever it is among all of them.
    expect(screen.getByText('Team 1500')).toBeVisible();
    const field = screen.getByRole('textbox', { name: 'Owner' });
    await userEvent.click(field);
    expect(document.querySelectorAll('[role="option"]')).toHaveLength(200);
    await userEvent.type(field, 'team 1999');
    await userEvent.click(screen.getByText('Team 1999 (1999)'));
    expect(onChange.mock.calls).toEqual([
      [['group:default/team-1500', 'group:default/team-1999']],
    ]);
  });
});
