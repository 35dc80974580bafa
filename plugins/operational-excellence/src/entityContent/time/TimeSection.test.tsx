import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ServiceDetail,
  TimeReport,
} from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  FakeOperationalExcellenceApi,
  overdueService,
  refusal,
  renderWithApi,
  silentService,
  timeReport,
  unansweredService,
  unconfiguredService,
} from '../../__testUtils__';
import { TimeSection } from './TimeSection';

function renderSection(
  report: Partial<TimeReport> = {},
  service: ServiceDetail = overdueService(),
) {
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    timeReports: { [service.entityRef]: timeReport(report) },
  });
  const element = <TimeSection service={service} now={Date.now()} />;
  return { api, element, ...renderWithApi(element, api) };
}

/** Weeks from Monday, 1 June 2026, with what was opened and closed in each. */
function weeks(...flows: [opened: number, closed: number][]) {
  return flows.map(([opened, closed], week) => ({
    from: new Date(Date.UTC(2026, 5, 1 + 7 * week)).toISOString(),
    opened,
    closed,
    otherClosed: 5,
  }));
}

/** What is said of a figure. */
async function figure(name: string) {
  const term = await screen.findByText(name, { selector: 'dt' });
  return term.nextElementSibling?.textContent;
}

describe('the time for improvements', () => {
  it('has a share, compared with what the policy asks', async () => {
    renderSection({
      closed90d: 4,
      allClosed90d: 32,
      improvementShare90d: 0.125,
      policyShare: 0.2,
      daysToClear: 269.2,
      openCount: 12,
    });
    expect(
      await screen.findByText(
        '12.5% of the work closed in 90 days were improvements; the policy asks for 20%',
      ),
    ).toBeVisible();
    expect(await figure('Work closed in 90 days')).toBe('4 of 32');
    expect(await figure('Last 30 days')).toBe('3 opened, 1 closed');
    expect(await figure('Last 90 days')).toBe('7 opened, 4 closed');
    expect(await figure('Time to clear')).toBe('270 days');
    expect(screen.queryByText(/was closed since/)).not.toBeInTheDocument();
  });

  it.each<[string, Partial<TimeReport>, string]>([
    [
      'no policy asks for one',
      { improvementShare90d: 0.5 },
      '50% of the work closed in 90 days were improvements; no policy asks for a share',
    ],
    [
      'nothing was closed',
      { policyShare: 0.2 },
      'Nothing at all was closed in 90 days; the policy asks that 20% of what is closed are improvements',
    ],
    [
      'nothing was closed and nothing is asked',
      {},
      'Nothing at all was closed in 90 days',
    ],
  ])('has words for a share where %s', async (_, report, sentence) => {
    renderSection(report);
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it('tells a share that is met from one that is missed not by colour alone', async () => {
    const iconOf = (text: RegExp) =>
      screen.getByText(text).parentElement?.querySelector('path')?.outerHTML;
    const { unmount } = renderSection({
      improvementShare90d: 0.2,
      policyShare: 0.2,
    });
    await screen.findByText(/20% of the work/);
    const met = iconOf(/20% of the work/);
    unmount();
    renderSection({ improvementShare90d: 0.19, policyShare: 0.2 });
    await screen.findByText(/19% of the work/);
    expect(iconOf(/19% of the work/)).not.toBe(met);
  });

  it('warns of a starved backlog, with since when', async () => {
    renderSection({ starvedSince: '2026-03-01T12:00:00.000Z', openCount: 12 });
    expect(
      await screen.findByText(
        /No improvement was closed since .*Mar.* 2026, although 12 improvements wait/,
      ),
    ).toBeVisible();
    expect(await figure('Time to clear')).toBe('Never: nothing was closed');
  });

  it('does not say never where there is nothing to clear', async () => {
    renderSection({ openCount: 0, daysToClear: null });
    expect(await figure('Time to clear')).toBe('None');
  });

  it('is drawn week by week, and a table of the same numbers', async () => {
    renderSection({ weeks: weeks([3, 0], [0, 2], [4, 1]) });
    const chart = await screen.findByRole('img');
    expect(chart).toHaveAccessibleName(
      'Improvements opened and closed in each of 3 weeks: 7 opened and 3 closed in all.',
    );
    await waitFor(() =>
      expect(
        chart.querySelectorAll('.recharts-bar-rectangle path'),
      ).toHaveLength(4),
    );

    const toggle = screen.getByRole('button', { name: 'Show as a table' });
    expect(toggle).toHaveAccessibleDescription('Improvements per week');
    toggle.focus();
    await userEvent.keyboard('{Enter}');
    const table = screen.getByRole('table', { name: 'Improvements per week' });
    const rows = within(table)
      .getAllByRole('row')
      .map(row =>
        Array.from(row.children, ({ textContent }) => textContent).join('|'),
      );
    expect(rows).toEqual([
      'Week|Opened|Closed',
      expect.stringMatching(/^Week of .*15.*2026, so far\|4\|1$/),
      expect.stringMatching(/^Week of .*8.*2026\|0\|2$/),
      expect.stringMatching(/^Week of .*1.*2026\|3\|0$/),
    ]);
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
    expect(toggle).toHaveFocus();
    expect(toggle).toHaveTextContent('Show as a chart');
  });

  it('has no chart of nothing', async () => {
    renderSection({ weeks: weeks([0, 0], [0, 0]) });
    expect(
      await screen.findByText(
        'No improvement was opened or closed in 2 weeks.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('shows that it loads', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    const release = api.hold('getTimeReport');
    renderWithApi(<TimeSection service={service} now={Date.now()} />, api);
    expect(
      await screen.findByRole('status', {
        name: 'Loading how the time is spent',
      }),
    ).toBeVisible();
    await act(async () => release());
    expect(await figure('Time to clear')).toBe('Never: nothing was closed');
  });

  it('can be tried again after a failure', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getTimeReport', await refusal(500, 'the database is away'));
    renderWithApi(<TimeSection service={service} now={Date.now()} />, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getTimeReport', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await figure('Time to clear')).toBe('Never: nothing was closed');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says that its figures are those last known', async () => {
    renderSection({}, silentService());
    expect(
      await screen.findByText(/The source has not answered for too long/),
    ).toBeVisible();
    expect(await figure('Time to clear')).toBe('Never: nothing was closed');
  });

  it('has no figures where the source never answered', async () => {
    const { api } = renderSection({}, unansweredService());
    expect(await screen.findByText(/Not known/)).toBeVisible();
    expect(screen.queryByText('Time to clear')).not.toBeInTheDocument();
    expect(api.callsOf('getTimeReport')).toEqual([]);
  });

  it('is not shown where there is no tracker', async () => {
    const service = unconfiguredService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    renderWithApi(
      <>
        <TimeSection service={service} now={Date.now()} />
        <p>Below it</p>
      </>,
      api,
    );
    expect(await screen.findByText('Below it')).toBeVisible();
    expect(
      screen.queryByRole('heading', { name: 'Time for improvements' }),
    ).not.toBeInTheDocument();
  });

  it('is accessible, as a chart and as a table', async () => {
    const { container } = renderSection({
      starvedSince: '2026-03-01T12:00:00.000Z',
      policyShare: 0.2,
    });
    await screen.findByRole('img');
    expect(await accessibilityViolations(container)).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as a table' }),
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});
