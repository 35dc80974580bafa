import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  initiative,
  overdueService,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { Scorecard } from './Scorecard';

const Browser = () => (
  <>
    <div data-testid="address">{useLocation().search}</div>
    <Scorecard />
  </>
);

describe('the services of an initiative', () => {
  function renderScorecard(
    url: string,
    before?: (api: FakeOperationalExcellenceApi) => void,
  ) {
    const api = new FakeOperationalExcellenceApi({
      services: [overdueService()],
      initiatives: [initiative('one', { title: 'Game days by March' })],
    });
    before?.(api);
    return { api, ...renderWithApi(<Browser />, api, { url }) };
  }

  it('are named, and left for all of them', async () => {
    const { api, container } = renderScorecard(
      '/?initiative=one&reached=left&tier=1',
    );
    const leave = await screen.findByRole('button', {
      name: 'Initiative: Game days by March, left to do',
    });
    for (const method of ['getServices', 'getRollups'] as const) {
      expect(api.callsOf(method)[0][0]).toMatchObject({
        initiative: 'one',
        reached: 'left',
        tier: ['1'],
      });
    }
    expect(await accessibilityViolations(container)).toEqual([]);
    await userEvent.click(leave);
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(/^\?tier=1$/),
    );
    expect(leave).not.toBeInTheDocument();
  });

  it('say that there is no such initiative', async () => {
    const error = await refusal(400, 'there is no initiative gone');
    renderScorecard('/?initiative=gone', api => {
      api.fail('getServices', error);
      api.fail('getServiceFacets', error);
      api.fail('getRollups', error);
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'there is no initiative gone',
    );
    expect(
      await screen.findByRole('button', { name: 'Initiative: gone' }),
    ).toBeVisible();
  });
});
