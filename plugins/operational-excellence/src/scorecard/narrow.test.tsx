import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  FakeOperationalExcellenceApi,
  overdueService,
  renderWithApi,
} from '../__testUtils__';
import { Scorecard } from './Scorecard';

const Browser = () => {
  const { search } = useLocation();
  return (
    <>
      <div data-testid="address">{search}</div>
      <Scorecard />
    </>
  );
};

function renderNarrow(services = allServices()) {
  const api = new FakeOperationalExcellenceApi({ services });
  return { api, ...renderWithApi(<Browser />, api) };
}

const list = () => screen.findByRole('list', { name: 'Scorecard' });

const lastQuery = (api: FakeOperationalExcellenceApi) =>
  api.callsOf('getServices').at(-1)?.[0];

describe('Scorecard on a narrow screen', () => {
  const { matchMedia } = window;

  beforeEach(() => {
    window.matchMedia = jest.fn().mockImplementation((query: string) => ({
      matches: query.includes('max-width:599.95px'),
      media: query,
      addListener: () => {},
      removeListener: () => {},
    }));
  });

  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  it('lists services below each other, without a table', async () => {
    const service = overdueService();
    const { container } = renderNarrow([service]);
    const items = within(await list()).getAllByRole('listitem');
    expect(items).toHaveLength(1);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    for (const text of [
      service.title,
      'Improvement backlog',
      'Game day',
      'Readiness test',
    ]) {
      expect(within(items[0]).getByText(text)).toBeVisible();
    }
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('sorts by any column, and reverses', async () => {
    const { api } = renderNarrow();
    await list();
    await userEvent.click(screen.getByLabelText('Sort by'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Game day' }),
    );
    expect(lastQuery(api)).toMatchObject({ sort: '-gameDay' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reverse the order' }),
    );
    expect(lastQuery(api)).toMatchObject({ sort: 'gameDay' });
    expect(screen.getByTestId('address')).toHaveTextContent('sort=gameDay');
  });

  it('keeps filters out of the way until they are asked for', async () => {
    renderNarrow();
    await list();
    expect(screen.queryByLabelText('Measure')).not.toBeInTheDocument();
    const more = screen.getByRole('button', { name: 'More filters' });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(await screen.findByLabelText('Measure')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Fewer filters' }),
    );
    expect(screen.queryByLabelText('Measure')).not.toBeInTheDocument();
  });
});
