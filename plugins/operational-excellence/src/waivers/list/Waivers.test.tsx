import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Waiver } from 'backstage-plugin-operational-excellence-common';
import { useLocation } from 'react-router-dom';
import {
  accessibilityViolations,
  allServices,
  daysAgo,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  inDays,
  onNarrowScreen,
  refusal,
  renderWithApi,
  waiver,
} from '../../__testUtils__';
import { Waivers } from './Waivers';

const Browser = () => {
  const { search } = useLocation();
  return (
    <>
      <div data-testid="address">{search}</div>
      <Waivers />
    </>
  );
};

const later = () => waiver('later', { until: inDays(40) });
const soon = () =>
  waiver('soon', {
    until: inDays(3),
    measure: 'gameDay',
    entityRef: 'component:default/refunds',
    entityTitle: 'Refunds',
  });
const revoked = () =>
  waiver('revoked', {
    createdAt: daysAgo(30),
    revokedAt: daysAgo(1),
    revokedBy: 'user:default/grace',
  });
const over = () =>
  waiver('over', { until: daysAgo(5), createdAt: daysAgo(60) });

function renderWaivers(
  options: {
    waivers?: Waiver[];
    url?: string;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { waivers = [later(), soon(), revoked(), over()], url } = options;
  const services = allServices().map(service =>
    service.title === 'Refunds'
      ? {
          ...service,
          ownerRef: 'group:default/refunders',
          ownerTitle: 'Refunders',
        }
      : service,
  );
  const api = new FakeOperationalExcellenceApi({ services, waivers });
  options.before?.(api);
  return { api, ...renderWithApi(<Browser />, api, { url }) };
}

const reasons = async () => {
  const table = await screen.findByRole('table', { name: 'Waivers' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('cell')[1].textContent);
};

const tab = async (name: string) =>
  userEvent.click(await screen.findByRole('tab', { name }));

describe('the waivers of all services', () => {
  it('are those that apply, which end soonest first', async () => {
    const { container } = renderWaivers();
    await screen.findByText('Reason soon');
    expect(await reasons()).toEqual(['Reason soon', 'Reason later']);
    const [, first, second] = screen.getAllByRole('row');
    expect(within(first).getByRole('rowheader')).toHaveTextContent('Refunds');
    expect(within(first).getByText('Game day')).toBeVisible();
    expect(within(first).getByText('ends in 4 days')).toBeVisible();
    expect(within(second).getByText('in 41 days')).toBeVisible();
    expect(within(second).getByRole('link', { name: /ada/ })).toBeVisible();
    expect(screen.getByText('2 of 2')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are told apart by what has become of them, in the address', async () => {
    renderWaivers();
    await tab('Ending soon');
    await waitFor(async () => expect(await reasons()).toEqual(['Reason soon']));
    expect(screen.getByTestId('address')).toHaveTextContent(
      '?state=ending-soon',
    );
    await tab('Past');
    await waitFor(async () =>
      expect(await reasons()).toEqual(['Reason revoked', 'Reason over']),
    );
    expect(screen.getByText(/^before its time, by/)).toBeVisible();
    expect(screen.getByRole('link', { name: /grace/ })).toBeVisible();
    expect(screen.getByText('by itself')).toBeVisible();
    await tab('Active');
    await waitFor(() =>
      expect(screen.getByTestId('address')).toBeEmptyDOMElement(),
    );
  });

  it('are those of an owner, also from a shared address', async () => {
    const { api } = renderWaivers({
      url: '/?owner=group:default/refunders&state=nonsense',
    });
    await screen.findByText('Reason soon');
    expect(await reasons()).toEqual(['Reason soon']);
    expect(api.callsOf('getWaivers').at(-1)?.[0]).toMatchObject({
      owner: ['group:default/refunders'],
      state: 'active',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show choices of Owner' }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /^Refunders/ }),
    );
    await waitFor(async () =>
      expect(await reasons()).toEqual(['Reason soon', 'Reason later']),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /^Refunders/ }),
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '?owner=group%3Adefault%2Frefunders',
      ),
    );
  });

  it('are told page by page', async () => {
    const { api } = renderWaivers({
      waivers: Array.from({ length: 60 }, (_, n) =>
        waiver(`${n}`, { until: inDays(20 + n) }),
      ),
    });
    expect(await screen.findByText('50 of 60')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('60 of 60')).toBeVisible();
    expect(api.callsOf('getWaivers')).toHaveLength(2);
  });

  it.each([
    ['', 'No waiver applies. Whoever may grants one on the tab of a service.'],
    ['?state=ending-soon', 'No waiver ends within 14 days.'],
    ['?state=ended', 'No waiver has ended yet.'],
    [
      '?owner=group:default/refunders',
      'None of the services of these owners has one.',
    ],
  ])('are none, which %s says', async (search, words) => {
    renderWaivers({ waivers: [], url: `/${search}` });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('take hostile text as text', async () => {
    renderWaivers({
      waivers: [
        waiver('1', { reason: HOSTILE_TITLE, entityTitle: '<b>x</b>' }),
      ],
    });
    expect(await screen.findByText(HOSTILE_TITLE)).toBeVisible();
    expect(screen.getByText('<b>x</b>')).toBeVisible();
  });

  it('can be read again after a failure', async () => {
    const { api } = renderWaivers({
      before: each =>
        each.fail('getWaivers', new Error('the database is away')),
    });
    expect(await screen.findByText('the database is away')).toBeVisible();
    api.fail('getWaivers', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Reason later')).toBeVisible();
  });

  it('say what is needed to see them', async () => {
    const error = await refusal(403, 'No');
    renderWaivers({ before: each => each.fail('getWaivers', error) });
    expect(await screen.findByText('You may not see this')).toBeVisible();
  });

  describe('on a narrow screen', () => {
    onNarrowScreen();

    it('are below each other', async () => {
      const { container } = renderWaivers();
      const list = within(await screen.findByRole('list', { name: 'Waivers' }));
      expect(
        list
          .getAllByRole('listitem')
          .map(item => item.querySelector('p')?.textContent),
      ).toEqual(['Reason soon', 'Reason later']);
      expect(list.getByText('ends in 4 days')).toBeVisible();
      expect(screen.queryByRole('table')).not.toBeInTheDocument();
      expect(await accessibilityViolations(container)).toEqual([]);
    });
  });
});
