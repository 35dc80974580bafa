import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  allServices,
  daysAgo,
  entityOf,
  failingService,
  FakeOperationalExcellenceApi,
  HOSTILE_TITLE,
  inDays,
  misconfiguredService,
  okService,
  overdueService,
  refusal,
  renderWithApi,
  silentService,
  unansweredService,
  unaskedService,
  unconfiguredService,
  waivedService,
} from '../__testUtils__';
import { dayOf } from '../time';
import { EntityOperationalExcellenceCard } from './EntityOperationalExcellenceCard';

const LOADING = { name: 'Loading operational excellence' };

const cardOf = (service: { entityRef: string }) => (
  <EntityProvider entity={entityOf(service)}>
    <EntityOperationalExcellenceCard />
  </EntityProvider>
);

function renderCard(service: ServiceDetail) {
  const api = new FakeOperationalExcellenceApi({ services: [service] });
  return { api, ...renderWithApi(cardOf(service), api) };
}

const line = (name: string) => screen.findByRole('region', { name });
const backlog = () => line('Improvement backlog');
const gameDay = () => line('Game day');
const readinessTest = () => line('Readiness test');

/** The exact instants that a part of the card tells to programs. */
const instantsIn = (element: HTMLElement) =>
  [...element.querySelectorAll('time')].map(time => time.dateTime);

describe('EntityOperationalExcellenceCard', () => {
  it('asks for all it shows in one request', async () => {
    const { api } = renderCard(overdueService());
    await backlog();
    expect(api.calls.map(({ method, args }) => [method, args[0]])).toEqual([
      ['getService', 'component:default/payments'],
    ]);
  });

  it('shows that it loads', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    const release = api.hold('getService');
    renderWithApi(cardOf(service), api);
    expect(await screen.findByRole('status', LOADING)).toBeVisible();
    expect(screen.queryByText(/has waited/)).not.toBeInTheDocument();
    await act(async () => release());
    expect(await backlog()).toBeVisible();
    expect(screen.queryByRole('status', LOADING)).not.toBeInTheDocument();
  });

  it('never shows one entity the figures of another', async () => {
    const [first, second] = [overdueService(), okService()];
    const api = new FakeOperationalExcellenceApi({ services: [first, second] });
    const Browsing = () => {
      const [service, setService] = useState(first);
      return (
        <>
          <button onClick={() => setService(second)}>Next entity</button>
          {cardOf(service)}
        </>
      );
    };
    renderWithApi(<Browsing />, api);
    await screen.findByText(/has waited 400 days/);

    const release = api.hold('getService');
    await userEvent.click(screen.getByRole('button', { name: 'Next entity' }));
    expect(await screen.findByRole('status', LOADING)).toBeVisible();
    expect(screen.queryByText(/has waited/)).not.toBeInTheDocument();
    await act(async () => release());
    expect(await backlog()).toHaveTextContent('No improvements are waiting');
  });

  it('says what to do where reading is forbidden', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getService', await refusal(403, 'Unauthorized'));
    renderWithApi(cardOf(service), api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not see this');
    expect(alert).toHaveTextContent('operational-excellence.service.read');
    expect(screen.queryByText('Try again')).not.toBeInTheDocument();
  });

  it('says so where the entity is not tracked', async () => {
    renderWithApi(cardOf(overdueService()), new FakeOperationalExcellenceApi());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Not tracked');
    expect(alert).toHaveTextContent('operationalExcellence.services.filter');
  });

  it('recovers from a failure when tried again', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getService', await refusal(500, 'the database is away'));
    renderWithApi(cardOf(service), api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getService', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await backlog()).toHaveTextContent('400 days');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each(allServices().map(service => [service.title, service] as const))(
    'is accessible for the service %s',
    async (_, service) => {
      const { container } = renderCard(service);
      await backlog();
      expect(await accessibilityViolations(container)).toEqual([]);
    },
    30_000,
  );

  it.each([403, 404, 500])('is accessible at status %d', async status => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.fail('getService', await refusal(status, 'no'));
    const { container } = renderWithApi(cardOf(service), api);
    await screen.findByRole('alert');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('is accessible while it loads', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({ services: [service] });
    api.hold('getService');
    const { container } = renderWithApi(cardOf(service), api);
    await screen.findByRole('status', LOADING);
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});

describe('the backlog on the card', () => {
  it('is overdue', async () => {
    const service = overdueService();
    renderCard(service);
    const part = await backlog();
    expect(within(part).getByText('Overdue')).toBeVisible();
    expect(part).toHaveTextContent(
      'Oldest improvement has waited 400 days · 12 open · median 45 days',
    );
    expect(part).toHaveTextContent('At most 60 days (policy tier-1)');
    expect(part).toHaveTextContent(
      `Due since ${dayOf(service.backlog.dueAt!)}`,
    );
    expect(part).toHaveTextContent('Close or re-plan the oldest improvement.');
    expect(instantsIn(part)).toEqual([
      service.backlog.oldestCreatedAt,
      service.backlog.dueAt,
    ]);
  });

  it('is due soon', async () => {
    const service = failingService();
    renderCard(service);
    const part = await backlog();
    expect(within(part).getByText('Due soon')).toBeVisible();
    expect(part).toHaveTextContent(`Due ${dayOf(service.backlog.dueAt!)}`);
    expect(part).toHaveTextContent('Plan the oldest improvement now.');
  });

  it('is due today, however late that is', async () => {
    const service = overdueService();
    renderCard({
      ...service,
      backlog: { ...service.backlog, dueAt: new Date().toISOString() },
    });
    expect(await backlog()).toHaveTextContent('Due today');
  });

  it('is empty where the source says so', async () => {
    renderCard(okService());
    const part = await backlog();
    expect(within(part).getByText('OK')).toBeVisible();
    expect(part).toHaveTextContent('No improvements are waiting');
    expect(part).not.toHaveTextContent('Due');
  });

  it('is unknown, with the figures last known', async () => {
    const service = silentService();
    renderCard(service);
    const part = await backlog();
    expect(within(part).getByText('Unknown')).toBeVisible();
    expect(part).toHaveTextContent(
      'Last known: Oldest improvement has waited 400 days',
    );
    expect(part).toHaveTextContent(
      'No answer from the source since 3 days ago',
    );
    expect(instantsIn(part)).toContain(service.backlog.checkedAt);
  });

  it('is unknown where no source has answered yet', async () => {
    renderCard(unansweredService());
    const part = await backlog();
    expect(within(part).getByText('Unknown')).toBeVisible();
    expect(part).toHaveTextContent('Not known');
    expect(part).toHaveTextContent('No answer from the source yet');
    expect(part).toHaveTextContent(/come back by themselves/);
  });

  it('is unknown where the tracker does not know what is named', async () => {
    const service = unansweredService();
    const problem = 'There is no project PAX; PAY may have been meant';
    renderCard({ ...service, backlog: { ...service.backlog, problem } });
    const part = await backlog();
    expect(within(part).getByText('Unknown')).toBeVisible();
    expect(part).toHaveTextContent(`Check the annotation: ${problem}`);
    expect(part).not.toHaveTextContent(/come back by themselves/);
  });

  it('claims no empty backlog where what is named was not read yet', async () => {
    const service = okService();
    renderCard({
      ...service,
      backlog: { ...service.backlog, state: 'not-required', checkedAt: null },
    });
    const part = await backlog();
    expect(part).not.toHaveTextContent('No improvements are waiting');
    expect(part).toHaveTextContent('Not known');
  });

  it('says how to name a tracker', async () => {
    renderCard(unconfiguredService());
    const part = await backlog();
    expect(within(part).getByText('Not configured')).toBeVisible();
    expect(part).toHaveTextContent('No tracker is named for this service');
    expect(part).toHaveTextContent('operational-excellence/tracker: built-in');
  });

  it('says what is wrong with an annotation rather than to add one', async () => {
    renderCard(misconfiguredService());
    const part = await backlog();
    expect(part).toHaveTextContent(
      'Check the annotation: github.com/project-slug is "mail", expected owner/repository, such as acme/payments',
    );
    expect(part).not.toHaveTextContent('Add one of these annotations');
  });

  it('is waived, with its state beneath', async () => {
    const service = waivedService();
    renderCard(service);
    const part = await backlog();
    expect(within(part).getByText('Waived')).toBeVisible();
    expect(part).toHaveTextContent(
      `Waived until ${dayOf(
        service.backlog.waivedUntil!,
      )}; beneath it: Overdue`,
    );
    expect(part).toHaveTextContent('has waited 400 days');
  });

  it('is not required', async () => {
    renderCard({
      ...okService(),
      policy: null,
      thresholds: null,
      backlog: { ...okService().backlog, state: 'not-required' },
    });
    const part = await backlog();
    expect(within(part).getByText('Not required')).toBeVisible();
    expect(part).toHaveTextContent('No policy asks for a limit');
    expect(part).toHaveTextContent('No improvements are waiting');
  });

  it.each<[string, ServiceDetail]>([
    ['has not answered', unansweredService()],
    ['is not configured', unconfiguredService()],
    ['is misconfigured', misconfiguredService()],
    ['is not configured and nobody asks', unaskedService()],
    [
      'has not answered and nobody asks',
      {
        ...unansweredService(),
        backlog: { ...unansweredService().backlog, state: 'not-required' },
      },
    ],
    [
      'has not answered beneath a waiver',
      {
        ...unansweredService(),
        backlog: {
          ...unansweredService().backlog,
          state: 'waived',
          underlyingState: 'unknown',
          waivedUntil: inDays(9),
        },
      },
    ],
  ])('is no zero where its source %s', async (_, service) => {
    renderCard(service);
    const part = await backlog();
    expect(part).not.toHaveTextContent('No improvements are waiting');
    expect(part).not.toHaveTextContent('0 open');
  });
});

describe('the game day on the card', () => {
  it.each([
    ['game-day', 'hypothesis-held', 'Last game day', 'hypothesis held'],
    ['tabletop', 'completed', 'Last tabletop', 'completed'],
    ['pre-mortem', 'aborted', 'Last pre-mortem', 'aborted'],
  ] as const)('names a %s in words', async (kind, outcome, name, came) => {
    const service = okService();
    const last = { kind, outcome, id: '1', title: 'Zone loss' };
    renderCard({ ...service, gameDay: { ...service.gameDay, last } });
    expect(await gameDay()).toHaveTextContent(
      `${name} 21 days ago: Zone loss (${came})`,
    );
  });

  it('leads to planning the next one when it is overdue', async () => {
    const service = okService();
    renderCard({
      ...service,
      gameDay: { ...service.gameDay, state: 'overdue', dueAt: daysAgo(5) },
    });
    expect(
      await within(await gameDay()).findByRole('link', {
        name: 'Plan a game day',
      }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/game-days/new?kind=game-day&service='),
    );
  });

  it('is as it should be', async () => {
    const service = okService();
    renderCard(service);
    const part = await gameDay();
    expect(within(part).getByText('OK')).toBeVisible();
    expect(part).toHaveTextContent(
      'Last game day 21 days ago: AZ power loss (completed)',
    );
    expect(part).toHaveTextContent('Every 90 days (policy tier-1)');
    expect(part).toHaveTextContent(`Due ${dayOf(service.gameDay.dueAt!)}`);
    expect(instantsIn(part)).toEqual([
      service.gameDay.lastHeldAt,
      service.gameDay.dueAt,
    ]);
  });

  it.each(['overdue', 'due-soon'] as const)(
    'says what to do where it is %s',
    async state => {
      const service = okService();
      renderCard({ ...service, gameDay: { ...service.gameDay, state } });
      expect(await gameDay()).toHaveTextContent('Plan the next game day.');
    },
  );

  it('was never held, and says what to tag', async () => {
    renderCard(failingService());
    const part = await gameDay();
    expect(within(part).getByText('Never')).toBeVisible();
    expect(part).toHaveTextContent('No game day has been held yet');
    expect(part).toHaveTextContent(
      'backstage.io/entity-ref: component:default/refunds',
    );
  });

  it('is unknown, with the last one known', async () => {
    renderCard(silentService());
    const part = await gameDay();
    expect(within(part).getByText('Unknown')).toBeVisible();
    expect(part).toHaveTextContent('Last known: Last game day 21 days ago');
  });

  it.each<[string, ServiceDetail]>([
    ['has not answered', unansweredService()],
    ['is not connected', unconfiguredService()],
    ['is not connected and nobody asks', unaskedService()],
    [
      'has not answered and nobody asks',
      {
        ...unansweredService(),
        gameDay: { ...unansweredService().gameDay, state: 'not-required' },
      },
    ],
  ])(
    'is not said never to have been where its source %s',
    async (_, service) => {
      renderCard(service);
      expect(await gameDay()).not.toHaveTextContent(
        'No game day has been held',
      );
    },
  );

  it('shows the outcome that people recorded of an exercise', async () => {
    const service = okService();
    renderCard({
      ...service,
      gameDay: {
        ...service.gameDay,
        last: { ...service.gameDay.last!, kind: 'tabletop', outcome: 'mixed' },
      },
    });
    expect(await gameDay()).toHaveTextContent('AZ power loss (mixed)');
  });

  it('shows a hostile title as text', async () => {
    const service = okService();
    const { container } = renderCard({
      ...service,
      gameDay: {
        ...service.gameDay,
        last: { ...service.gameDay.last!, title: HOSTILE_TITLE },
      },
    });
    expect(await gameDay()).toHaveTextContent(
      `Last game day 21 days ago: ${HOSTILE_TITLE} (completed)`,
    );
    expect(container.querySelector('img')).toBeNull();
  });
});

describe('the readiness test on the card', () => {
  it('is as it should be', async () => {
    const service = okService();
    renderCard(service);
    const part = await readinessTest();
    expect(within(part).getByText('OK')).toBeVisible();
    expect(part).toHaveTextContent(
      'Tested 30 days ago with production-readiness: passed with conditions',
    );
    expect(part).toHaveTextContent('Every 180 days (policy tier-1)');
    expect(instantsIn(part)).toEqual([
      service.readinessTest.lastPerformedAt,
      service.readinessTest.dueAt,
    ]);
  });

  it('is failing', async () => {
    renderCard(failingService());
    const part = await readinessTest();
    expect(within(part).getByText('Failing')).toBeVisible();
    expect(part).toHaveTextContent(
      'Tested 3 days ago with production-readiness: failed',
    );
    expect(part).toHaveTextContent('Mend what failed and run the test again.');
  });

  it('was never run', async () => {
    renderCard(unconfiguredService());
    const part = await readinessTest();
    expect(within(part).getByText('Never')).toBeVisible();
    expect(part).toHaveTextContent('Never tested for operational readiness');
    expect(part).toHaveTextContent('Run the test production-readiness.');
  });

  it('names every template that was never run', async () => {
    const service = okService();
    renderCard({
      ...service,
      readinessTest: {
        ...service.readinessTest,
        state: 'never',
        missingTemplates: ['restore', 'on-call'],
      },
    });
    const part = await readinessTest();
    expect(part).toHaveTextContent('Tested 30 days ago');
    expect(part).toHaveTextContent('Never run: restore, on-call');
    expect(part).toHaveTextContent('Run the tests restore, on-call.');
  });

  it.each([
    ['overdue', 'Run the test again.'],
    ['due-soon', 'Plan to run the test again.'],
  ] as const)('says what to do where it is %s', async (state, action) => {
    const service = okService();
    renderCard({
      ...service,
      readinessTest: { ...service.readinessTest, state },
    });
    expect(await readinessTest()).toHaveTextContent(action);
  });

  it('shows the newest one though no policy asks', async () => {
    renderCard({
      ...unaskedService(),
      readinessTests: overdueService().readinessTests,
    });
    const part = await readinessTest();
    expect(within(part).getByText('Not required')).toBeVisible();
    expect(part).toHaveTextContent('No policy asks for readiness tests');
    expect(part).toHaveTextContent(
      'Tested 30 days ago with production-readiness: passed with conditions',
    );
  });
});

describe('the sources on the card', () => {
  it('say as of when, and how each fares', async () => {
    const service = silentService();
    renderCard(service);
    const sources = await screen.findByRole('list', { name: 'Sources' });
    const [github, fis] = within(sources).getAllByRole('listitem');
    expect(github).toHaveTextContent('Silent too long');
    expect(github).toHaveTextContent('GitHub · acme/ledger');
    expect(github).toHaveTextContent('Last checked 3 days ago');
    expect(github).toHaveTextContent('401 Bad credentials');
    expect(instantsIn(github)).toEqual([service.sources[0].checkedAt]);
    expect(fis).toHaveTextContent('AWS FIS · 123456789012 eu-west-1');
  });

  it('say that they were not asked yet', async () => {
    renderCard(unansweredService());
    const sources = await screen.findByRole('list', { name: 'Sources' });
    const [github] = within(sources).getAllByRole('listitem');
    expect(github).toHaveTextContent('No answer yet');
    expect(github).toHaveTextContent('Not checked yet');
  });

  it('say that there are none', async () => {
    renderCard(unconfiguredService());
    expect(
      await screen.findByText('No source is connected to this service.'),
    ).toBeVisible();
  });

  it('show the words of an upstream as text', async () => {
    const service = silentService();
    const { container } = renderCard({
      ...service,
      sources: [
        { ...service.sources[0], lastError: HOSTILE_TITLE, scope: '<b>x</b>' },
      ],
    });
    const sources = await screen.findByRole('list', { name: 'Sources' });
    expect(sources).toHaveTextContent(HOSTILE_TITLE);
    expect(sources).toHaveTextContent('<b>x</b>');
    expect(container.querySelector('img, b')).toBeNull();
  });
});

describe('what is to be pasted', () => {
  const { execCommand } = document;
  afterEach(() => {
    document.execCommand = execCommand;
    jest.restoreAllMocks();
  });

  async function copyTag() {
    renderCard({
      ...failingService(),
      gameDay: { ...failingService().gameDay, checkedAt: daysAgo(0) },
    });
    const part = within(await gameDay());
    await userEvent.click(part.getByRole('button', { name: 'Copy' }));
    return part;
  }

  it('is copied', async () => {
    let copied: string | undefined;
    document.execCommand = command => {
      copied = `${command} ${document.getSelection()}`;
      return true;
    };
    const part = await copyTag();
    expect(part.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(copied).toBe(
      'copy backstage.io/entity-ref: component:default/refunds',
    );
  });

  it('is not said to be copied where that fails', async () => {
    document.execCommand = () => false;
    jest.spyOn(console, 'error').mockImplementation();
    jest.spyOn(window, 'prompt').mockImplementation(() => {
      throw new Error('not allowed here');
    });
    const part = await copyTag();
    expect(part.getByRole('button', { name: 'Copy' })).toBeVisible();
    expect(
      part.queryByRole('button', { name: 'Copied' }),
    ).not.toBeInTheDocument();
  });
});
