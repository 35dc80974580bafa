import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  allServices,
  entityOf,
  experiment,
  experiments,
  FakeContents,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  hostileTicket,
  misconfiguredService,
  okService,
  overdueService,
  refusal,
  renderWithApi,
  silentService,
  ticket,
  tickets,
  unansweredService,
  unaskedService,
  unconfiguredService,
  daysAgo,
} from '../__testUtils__';
import { EntityOperationalExcellenceContent } from './EntityOperationalExcellenceContent';

const contentOf = (service: { entityRef: string }) => (
  <EntityProvider entity={entityOf(service)}>
    <EntityOperationalExcellenceContent />
  </EntityProvider>
);

function renderContent(service: ServiceDetail, contents: FakeContents = {}) {
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    ...contents,
  });
  return { api, ...renderWithApi(contentOf(service), api) };
}

/** The part of the tab with a heading. */
async function section(title: string) {
  const heading = await screen.findByRole('heading', { level: 2, name: title });
  return within(heading.closest('.MuiCard-root') as HTMLElement);
}

/** The figures of the backlog by their names. */
async function figures() {
  const backlog = await section('Improvement backlog');
  return (name: string) =>
    backlog.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;
}

const ageChart = () =>
  screen.findByRole('img', { name: /^Open improvements by age/ });

describe('EntityOperationalExcellenceContent', () => {
  it('asks for the service once', async () => {
    const { api } = renderContent(overdueService());
    await section('Improvement backlog');
    expect(api.callsOf('getService')).toHaveLength(1);
  });

  it('shows that it loads', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    const release = api.hold('getService');
    renderWithApi(contentOf(service), api);
    expect(
      await screen.findByRole('status', {
        name: 'Loading operational excellence',
      }),
    ).toBeVisible();
    await act(async () => release());
    expect((await figures())('Open improvements')).toBe('12');
  });

  it('never shows one entity the figures of another', async () => {
    const [first, second] = [overdueService(), okService()];
    const api = new FakeOperationalExcellenceApi({
      services: [first, second],
      tickets: { [first.entityRef]: tickets(1) },
    });
    const Browsing = () => {
      const [service, setService] = useState(first);
      return (
        <>
          <button onClick={() => setService(second)}>Next entity</button>
          {contentOf(service)}
        </>
      );
    };
    renderWithApi(<Browsing />, api);
    await screen.findByText('Improvement 1');

    const release = api.hold('getService');
    await userEvent.click(screen.getByRole('button', { name: 'Next entity' }));
    expect(
      await screen.findByRole('status', {
        name: 'Loading operational excellence',
      }),
    ).toBeVisible();
    expect(screen.queryByText('Improvement 1')).not.toBeInTheDocument();
    await act(async () => release());
    expect((await figures())('Open improvements')).toBe('0');
  });

  it.each<[number, string, RegExp]>([
    [403, 'You may not see this', /operational-excellence\.service\.read/],
    [404, 'Not tracked', /operationalExcellence\.services\.filter/],
    [500, 'This could not be loaded', /the database is away/],
  ])('says what to do about status %d', async (status, title, text) => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getService', await refusal(status, 'the database is away'));
    renderWithApi(contentOf(service), api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(title);
    expect(alert).toHaveTextContent(text);
  });

  it('can be tried again after a failure', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getService', await refusal(500, 'the database is away'));
    renderWithApi(contentOf(service), api);
    const retry = await screen.findByRole('button', { name: 'Try again' });
    api.fail('getService', undefined);
    await userEvent.click(retry);
    expect((await figures())('Open improvements')).toBe('12');
  });

  it.each(allServices().map(service => [service.title, service] as const))(
    'is accessible for the service %s',
    async (_, service) => {
      const { container } = renderContent(service, {
        tickets: { [service.entityRef]: [hostileTicket(), ...tickets(2)] },
        experiments: experiments().map(each => ({
          ...each,
          entityRefs: [service.entityRef],
        })),
      });
      await screen.findByRole('table', { name: 'Experiments' });
      if (service.backlog.openCount > 0) await ageChart();
      expect(await accessibilityViolations(container)).toEqual([]);
    },
  );
});

describe('the backlog', () => {
  it('has all its figures', async () => {
    renderContent(overdueService());
    const figure = await figures();
    expect(figure('Open improvements')).toBe('12');
    expect(figure('Oldest')).toBe('400 days');
    expect(figure('Median age')).toBe('45 days');
    expect(figure('85th percentile')).toBe('150 days');
    expect(figure('Longest in progress')).toBe('20 days');
  });

  it('says above its figures that they are those last known', async () => {
    renderContent(silentService());
    const backlog = await section('Improvement backlog');
    const note = backlog.getByText(/The source has not answered for too long/);
    expect(
      note.compareDocumentPosition(
        backlog.getByText('Open improvements', { selector: 'dt' }),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(
      backlog.getByText('No answer from the source since 3 days ago'),
    ).toBeVisible();
  });

  it.each<[string, () => ServiceDetail, RegExp]>([
    ['never answered', unansweredService, /Not known: the source has not said/],
    ['is not configured', unconfiguredService, /No tracker is named/],
    ['is misconfigured', misconfiguredService, /No tracker is named/],
    ['nobody asks for', unaskedService, /No tracker is named/],
  ])('shows no zero where its source %s', async (_, service, text) => {
    renderContent(service());
    const backlog = await section('Improvement backlog');
    expect(backlog.getByText(text)).toBeVisible();
    expect(backlog.queryByText('Open improvements')).not.toBeInTheDocument();
    expect(
      backlog.queryByText('No improvements are waiting.'),
    ).not.toBeInTheDocument();
  });

  it('is not believed where a source is silent that no policy asks for', async () => {
    const service = unansweredService();
    renderContent({
      ...service,
      backlog: { ...service.backlog, state: 'not-required' },
    });
    const backlog = await section('Improvement backlog');
    expect(backlog.getByText(/Not known/)).toBeVisible();
  });

  it('shows what is wrong with an annotation', async () => {
    renderContent(misconfiguredService());
    expect(
      await screen.findByText(/github\.com\/project-slug is "mail"/),
    ).toBeVisible();
  });

  it('describes its ages in words, and as a table on demand', async () => {
    renderContent(overdueService());
    const chart = await ageChart();
    expect(chart).toHaveAccessibleName(
      'Open improvements by age: 0 to 30 days: 4, 30 to 60 days: 3, 60 to 90 days: 2, 90 to 180 days: 2, 180 to 365 days: 0, over 365 days: 1. Median: 45 days, 85th percentile: 150 days, Policy limit: 60 days',
    );

    const backlog = await section('Improvement backlog');
    await userEvent.click(
      backlog.getByRole('button', { name: 'Show as a table' }),
    );
    const table = screen.getByRole('table', {
      name: 'Age of open improvements',
    });
    const rows = within(table)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toEqual([
      'AgeOpen improvements',
      '0 to 30 days4',
      '30 to 60 days3',
      '60 to 90 days2',
      '90 to 180 days2',
      '180 to 365 days0',
      'over 365 days1',
    ]);
    expect(backlog.queryByRole('img')).not.toBeInTheDocument();

    await userEvent.click(
      backlog.getByRole('button', { name: 'Show as a chart' }),
    );
    expect(await ageChart()).toBeVisible();
  });

  it('draws a bar for each range that is not empty, and a line for each mark', async () => {
    renderContent(overdueService());
    const chart = await ageChart();
    await waitFor(() =>
      expect(
        chart.querySelectorAll('.recharts-bar-rectangle path'),
      ).toHaveLength(5),
    );
    expect(
      chart.querySelectorAll('.recharts-reference-line-line'),
    ).toHaveLength(3);
  });
});

describe('the tickets', () => {
  const service = overdueService();
  const { entityRef } = service;

  async function choose(name: string) {
    await userEvent.click(
      (await section('Tickets')).getByRole('button', { name: /^Show/ }),
    );
    await userEvent.click(screen.getByRole('option', { name }));
  }

  it('are the open improvements first, the oldest on top', async () => {
    renderContent(service, {
      tickets: {
        [entityRef]: [
          ticket(2),
          ticket(1, { state: 'in-progress', startedAt: daysAgo(20) }),
          ticket(3, { improvement: false, title: 'A feature' }),
          ticket(4, { state: 'done', closedAt: daysAgo(5) }),
        ],
      },
    });
    const table = await screen.findByRole('table', {
      name: 'Open improvements',
    });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(rows).toEqual([
      expect.stringContaining('Improvement 1'),
      expect.stringContaining('Improvement 2'),
    ]);
    expect(rows[0]).toContain('399 days');
    expect(rows[0]).toContain('In progressfor 20 days');
  });

  it('are chosen by their list', async () => {
    renderContent(service, {
      tickets: {
        [entityRef]: [
          ticket(1),
          ticket(3, { improvement: false, title: 'A feature' }),
          ticket(4, {
            state: 'done',
            title: 'Long done',
            createdAt: daysAgo(205),
            closedAt: daysAgo(200),
          }),
          ticket(5, {
            state: 'done',
            title: 'Just done',
            createdAt: daysAgo(12),
            closedAt: daysAgo(5),
          }),
        ],
      },
    });
    await screen.findByText('Improvement 1');

    await choose('Done improvements');
    const done = within(
      await screen.findByRole('table', { name: 'Done improvements' }),
    );
    const rows = done
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent);
    expect(rows).toEqual([
      expect.stringMatching(/Just done.*5 days agoafter 7 days/),
      expect.stringMatching(/Long done.*200 days agoafter 5 days/),
    ]);

    await choose('All open tickets');
    const all = within(
      await screen.findByRole('table', { name: 'All open tickets' }),
    );
    expect(all.getByText('A feature')).toBeVisible();
    expect(all.getByText('Improvement', { selector: 'strong' })).toBeVisible();
  });

  it('come page by page', async () => {
    const { api } = renderContent(service, {
      tickets: { [entityRef]: tickets(45) },
    });
    const part = await section('Tickets');
    expect(await part.findByText('20 of 45')).toBeVisible();
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('40 of 45')).toBeVisible();
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('45 of 45')).toBeVisible();
    expect(part.getAllByText(/^Improvement \d+$/)).toHaveLength(45);
    expect(
      part.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();
    expect(
      api
        .callsOf('getTickets')
        .map(([, query]) => (query as { cursor?: string }).cursor),
    ).toEqual([undefined, '20', '40']);
  });

  it('keep what is shown where more cannot be loaded', async () => {
    const { api } = renderContent(service, {
      tickets: { [entityRef]: tickets(25) },
    });
    const part = await section('Tickets');
    await part.findByText('20 of 25');
    api.fail('getTickets', await refusal(500, 'the database is away'));
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByRole('alert')).toHaveTextContent(
      /More could not be loaded: .*the database is away/,
    );
    expect(part.getAllByText(/^Improvement \d+$/)).toHaveLength(20);

    api.fail('getTickets', undefined);
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('25 of 25')).toBeVisible();
    expect(part.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('are asked for once while more is loaded', async () => {
    const { api } = renderContent(service, {
      tickets: { [entityRef]: tickets(25) },
    });
    const part = await section('Tickets');
    await part.findByText('20 of 25');
    const release = api.hold('getTickets');
    const button = part.getByRole('button', { name: 'Load more' });
    await userEvent.dblClick(button);
    expect(button).toHaveTextContent('Loading more');
    expect(button).toHaveFocus();
    await act(async () => release());
    await part.findByText('25 of 25');
    expect(api.callsOf('getTickets')).toHaveLength(2);
  });

  it('link out', async () => {
    renderContent(service, { tickets: { [entityRef]: tickets(1) } });
    const link = await screen.findByRole('link', {
      name: /acme\/payments#1/,
    });
    expect(link).toHaveAttribute(
      'href',
      'https://github.com/acme/payments/issues/1',
    );
    expect(link).toHaveAttribute('target', '_blank');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  });

  it('take hostile text as text', async () => {
    const { container } = renderContent(service, {
      tickets: { [entityRef]: [hostileTicket()] },
    });
    expect(await screen.findByText(HOSTILE_TITLE)).toBeVisible();
    expect(screen.getByText('acme/payments#666')).toBeVisible();
    expect(
      screen.queryByRole('link', { name: /acme\/payments#666/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('<b>mallory</b>')).toBeVisible();
    expect(container.querySelector('img')).toBeNull();
    expect(container.querySelector('a[href^="javascript"]')).toBeNull();
  });

  it('are not offered where there is no tracker', async () => {
    const { api } = renderContent(unconfiguredService());
    await section('Improvement backlog');
    expect(
      screen.queryByRole('heading', { name: 'Tickets' }),
    ).not.toBeInTheDocument();
    expect(api.callsOf('getTickets')).toEqual([]);
  });

  it('are not said to be none where the tracker never answered', async () => {
    renderContent(unansweredService());
    const part = await section('Tickets');
    expect(
      await part.findByText('None known: the source has not answered.'),
    ).toBeVisible();
  });

  it('fail on their own', async () => {
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getTickets', await refusal(500, 'the database is away'));
    renderWithApi(contentOf(service), api);
    const part = await section('Tickets');
    expect(await part.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    expect((await figures())('Open improvements')).toBe('12');
  });
});

describe('the experiments', () => {
  async function row(title: string) {
    const cell = await screen.findByRole('rowheader', {
      name: new RegExp(title),
    });
    return within(cell.closest('tr') as HTMLElement);
  }

  it('say what came of each', async () => {
    renderContent(overdueService(), { experiments: experiments() });

    const completed = await row('AZ power loss');
    expect(completed.getByText('completed')).toBeVisible();
    expect(completed.getByText('Counts as a game day')).toBeVisible();
    expect(completed.getByText('Ran for 1 hour 30 minutes')).toBeVisible();
    expect(completed.getByText('payments-errors')).toBeVisible();
    expect(completed.getByText('123456789012 eu-west-1')).toBeVisible();
    expect(
      completed.getByText('stop-instances (aws:ec2:stop-instances): completed'),
    ).toBeInTheDocument();
    expect(
      completed.getByRole('link', { name: /AZ power loss/ }),
    ).toHaveAttribute(
      'href',
      'https://eu-west-1.console.aws.amazon.com/fis/home?region=eu-west-1#ExperimentDetails:ExperimentId=EXP1completed',
    );

    const stopped = await row('Database failover');
    expect(
      stopped.getByText('Experiment halted by stop condition.'),
    ).toBeVisible();
    expect(stopped.getByText('Counts as a game day')).toBeVisible();

    const running = await row('Latency between services');
    expect(running.getByText('Still under way')).toBeVisible();
    expect(running.queryByText(/Ran for/)).not.toBeInTheDocument();

    const dryRun = await row('Rehearsal of a rehearsal');
    expect(
      dryRun.getByText('Does not count: a dry run, its actions were skipped'),
    ).toBeVisible();
    expect(
      dryRun.getByText('None: nothing would have stopped it'),
    ).toBeVisible();

    const cancelled = await row('CPU stress');
    expect(cancelled.getByText('Never ran')).toBeVisible();
    expect(cancelled.getByText('Does not count: it never ran')).toBeVisible();

    const failed = await row('Packet loss');
    expect(failed.getByText('Does not count: failed')).toBeVisible();
    expect(failed.queryByRole('link')).not.toBeInTheDocument();
  });

  it('are those of the service only, page by page', async () => {
    const { api } = renderContent(overdueService(), {
      experiments: [
        experiment('EXPother', {
          title: 'Of another service',
          entityRefs: ['component:default/other'],
        }),
        ...Array.from({ length: 12 }, (_, index) =>
          experiment(`EXP${index}`, { title: `Experiment ${index}` }),
        ),
      ],
    });
    const part = await section('Experiments');
    expect(await part.findByText('10 of 12')).toBeVisible();
    await userEvent.click(part.getByRole('button', { name: 'Load more' }));
    expect(await part.findByText('12 of 12')).toBeVisible();
    expect(part.queryByText('Of another service')).not.toBeInTheDocument();
    // The timeline of game days reads the first page for itself.
    expect(api.callsOf('getExperiments')).toHaveLength(3);
  });

  it('offer the tag to copy where there are none', async () => {
    renderContent(okService());
    const part = await section('Experiments');
    expect(
      await part.findByText(
        'backstage.io/entity-ref: component:default/catalogue',
      ),
    ).toBeVisible();
    expect(part.getByRole('button', { name: 'Copy' })).toBeVisible();
  });

  it('are not said to be none where AWS never answered', async () => {
    renderContent(unansweredService());
    const part = await section('Experiments');
    expect(
      await part.findByText('None known: the source has not answered.'),
    ).toBeVisible();
    expect(part.getByText(/No answer from the source yet/)).toBeVisible();
    expect(
      part.queryByText(/No experiment has named this service/),
    ).not.toBeInTheDocument();
  });

  it('say that the policy does not count them', async () => {
    const service = overdueService();
    renderContent({
      ...service,
      thresholds: {
        backlog: null,
        gameDay: { every: 'P90D', counts: ['game-day'] },
        readinessTest: null,
      },
    });
    expect(
      await screen.findByText(
        'The policy tier-1 does not count experiments as game days.',
      ),
    ).toBeVisible();
  });
});
