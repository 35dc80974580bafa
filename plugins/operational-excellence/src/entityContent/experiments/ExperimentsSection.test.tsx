import { screen, within } from '@testing-library/react';
import {
  accessibilityViolations,
  daysAgo,
  experiment,
  FakeOperationalExcellenceApi,
  okService,
  onNarrowScreen,
  renderWithApi,
} from '../../__testUtils__';
import { ExperimentsSection } from './ExperimentsSection';

jest.setTimeout(60_000);

describe('experiments on a narrow screen', () => {
  onNarrowScreen();

  it('are below each other', async () => {
    const service = okService();
    const { container } = renderWithApi(
      <ExperimentsSection service={service} now={Date.now()} />,
      new FakeOperationalExcellenceApi({
        services: [service],
        experiments: [
          experiment('1', {
            startedAt: daysAgo(3),
            entityRefs: [service.entityRef],
            guardrails: {
              stopConditions: [],
              logConfigured: false,
              actionsMode: 'run-all',
            },
          }),
        ],
      }),
    );
    const list = await screen.findByRole('list', { name: 'Experiments' });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    const [item] = within(list).getAllByRole('listitem');
    expect(
      within(item)
        .getAllByRole('term')
        .map(term => term.textContent),
    ).toEqual(['Started', 'Outcome', 'Game day', 'Stop conditions']);
    expect(item).toHaveTextContent('3 days ago');
    expect(item).toHaveTextContent('None: nothing would have stopped it');
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});
