import { screen, within } from '@testing-library/react';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  finishedReadinessTest,
  onNarrowScreen,
  readinessTest,
  renderWithApi,
} from '../../__testUtils__';
import { Tests } from './Tests';
import type { TestsProps } from './TestsProps';

jest.setTimeout(60_000);

const renderTests = (props: Partial<TestsProps> = {}) =>
  renderWithApi(
    <Tests
      label="Readiness tests"
      now={Date.now()}
      tests={[
        readinessTest('1', { answered: 2, failing: 1 }),
        finishedReadinessTest('2', { outdated: true, performedBy: 'Rosa' }),
      ]}
      {...props}
    />,
    new FakeOperationalExcellenceApi(),
  );

const items = async () =>
  within(
    await screen.findByRole('list', { name: 'Readiness tests' }),
  ).getAllByRole('listitem');

describe('readiness tests on a narrow screen', () => {
  onNarrowScreen();

  it('are below each other', async () => {
    const { container } = renderTests();
    const [open, finished] = await items();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(
      within(open).getByRole('link', { name: 'Production readiness' }),
    ).toHaveAttribute('href', '/operational-excellence/readiness-tests/1');
    expect(open).toHaveTextContent('2 of 3 answered, 1 failing');
    expect(open).not.toHaveTextContent('Finished');
    expect(finished).toHaveTextContent('passed with conditions');
    expect(finished).toHaveTextContent('older version');
    expect(
      within(finished)
        .getAllByRole('term')
        .map(term => term.textContent),
    ).toEqual(['Finished', 'Valid until']);
    expect(finished).toHaveTextContent('Rosa');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('name their service, unless it is known', async () => {
    const { unmount } = renderTests();
    expect(
      within((await items())[0]).getByRole('link', { name: 'Payments' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments');
    unmount();
    renderTests({ isOfOneService: true });
    expect(
      within((await items())[0]).queryByRole('link', { name: 'Payments' }),
    ).toBeNull();
  });

  it('lead to what has changed since the one before', async () => {
    renderTests({ previousOf: ({ id }) => (id === '2' ? '0' : undefined) });
    const [open, finished] = await items();
    expect(within(open).queryByRole('link', { name: /Compare/ })).toBeNull();
    expect(
      within(finished).getByRole('link', { name: /Compare/ }),
    ).toHaveAttribute(
      'href',
      '/operational-excellence/readiness-tests/2#difference',
    );
  });
});
