import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ImprovementDetail,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  environment,
  evaluation,
  FakeOperationalExcellenceApi,
  GITHUB_TRACKER,
  HOSTILE_TITLE,
  improvement,
  inDays,
  okService,
  overdueService,
  permissionsThat,
  refusal,
  renderWithApi,
} from '../../__testUtils__';
import { LoopSection } from './LoopSection';

const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

const GOAL = {
  measure: 'Minutes to recover',
  from: '40',
  to: '5',
  by: '2026-12-31T12:00:00.000Z',
};

const rejected = () =>
  improvement('1', {
    title: 'Refused one',
    stage: 'filing',
    ticket: null,
    delivery: {
      state: 'rejected',
      attempts: 1,
      nextAttemptAt: null,
      reason: 'The field "team" is required.',
    },
  });

const queued = () =>
  improvement('2', {
    title: 'Waiting one',
    stage: 'filing',
    ticket: null,
    createdAt: daysAgo(0),
    delivery: {
      state: 'queued',
      attempts: 3,
      nextAttemptAt: new Date(Date.now() + 5 * 60_000).toISOString(),
      reason: 'GitHub is away',
    },
  });

const due = () =>
  improvement('3', {
    title: 'Done one',
    stage: 'evaluation-due',
    goal: GOAL,
    doneAt: daysAgo(5),
    evaluationDueAt: inDays(25),
    ticket: {
      key: 'acme/payments#3',
      url: 'https://github.com/acme/payments/issues/3',
      state: 'done',
    },
  });

const copyOfProduction = environment('copy', { title: 'Copy of production' });

function renderSection(
  improvements: ImprovementDetail[],
  options: {
    service?: ServiceDetail;
    decision?: 'ALLOW' | 'DENY';
    storage?: StorageApi;
  } = {},
) {
  const service = options.service ?? overdueService();
  const api = new FakeOperationalExcellenceApi({
    services: [service],
    trackers: { [service.entityRef]: [GITHUB_TRACKER] },
    improvements,
    environments: [copyOfProduction],
  });
  const element = <LoopSection service={service} now={Date.now()} />;
  return {
    api,
    ...renderWithApi(element, api, {
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
      storage: options.storage,
    }),
  };
}

/** The improvements under a heading, as text. */
async function group(title: string) {
  const list = await screen.findByRole('list', { name: title });
  return within(list);
}

const press = async (name: RegExp | string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('the improvement loop', () => {
  it('says what it is where nothing was filed, and offers to file', async () => {
    const { container } = renderSection([]);
    expect(
      await screen.findByText(/File one with a goal: once it is done/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'File improvement' }),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('has improvements by what they need next', async () => {
    const { container } = renderSection([
      rejected(),
      queued(),
      due(),
      improvement('4', { title: 'Open one' }),
      improvement('5', {
        title: 'Good one',
        stage: 'met',
        doneAt: daysAgo(30),
        evaluation: evaluation('5', {
          measured: '4 minutes',
          note: 'It **worked**.',
          evidence: [{ title: 'Dashboard', url: 'https://example.com/d' }],
        }),
      }),
    ]);
    await screen.findByText('Refused one');
    expect(
      screen
        .getAllByRole('heading', { level: 3 })
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Refused by their tracker',
      'To be evaluated',
      'Waiting for their tracker',
      'To be done',
      'Done and judged',
    ]);

    const refused = await group('Refused by their tracker');
    expect(refused.getByText('The field "team" is required.')).toBeVisible();
    expect(refused.getByText('Refused')).toBeVisible();

    const waiting = await group('Waiting for their tracker');
    expect(
      waiting.getByText('Waits for GitHub since it was filed 1 hour ago'),
    ).toBeVisible();
    expect(waiting.getByText(/Next attempt in 5 minutes/)).toBeVisible();
    expect(waiting.getByText('GitHub is away')).toBeVisible();

    const evaluating = await group('To be evaluated');
    expect(evaluating.getByText('Evaluation due')).toBeVisible();
    expect(evaluating.getByText('Done 5 days ago')).toBeVisible();
    expect(evaluating.getByText(/^to be evaluated by /)).toBeVisible();
    expect(
      evaluating.getByText(/Minutes to recover, from 40 to 5, by .*31.*2026/),
    ).toBeVisible();
    expect(
      evaluating.getByRole('link', { name: /acme\/payments#3/ }),
    ).toHaveAttribute('href', 'https://github.com/acme/payments/issues/3');

    const finished = await group('Done and judged');
    expect(finished.getByText('Goal met')).toBeVisible();
    expect(finished.getByText('4 minutes')).toBeVisible();
    expect(finished.getByText('worked').tagName).toBe('STRONG');
    expect(finished.getByRole('link', { name: /Dashboard/ })).toHaveAttribute(
      'href',
      'https://example.com/d',
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says what is overdue, and since when', async () => {
    renderSection([
      {
        ...due(),
        stage: 'evaluation-overdue',
        evaluationDueAt: daysAgo(2),
      },
    ]);
    const evaluating = await group('To be evaluated');
    expect(evaluating.getByText('Evaluation overdue')).toBeVisible();
    expect(evaluating.getByText(/^was to be evaluated by /)).toBeVisible();
  });

  it('asks again for what is queued, until it is not', async () => {
    const { api } = renderSection([queued()]);
    await group('Waiting for their tracker');
    api.improvements.settle({ state: 'filed' });
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const open = await group('To be done');
    expect(open.getByText('Waiting one')).toBeVisible();
    expect(
      screen.queryByText('Waiting for their tracker'),
    ).not.toBeInTheDocument();
  });

  it('has those that need nobody page by page', async () => {
    const { api } = renderSection([
      due(),
      ...Array.from({ length: 25 }, (_, index) => improvement(`${index + 10}`)),
    ]);
    const open = await group('To be done');
    expect(open.getAllByText(/^Improvement \d+$/)).toHaveLength(20);
    expect(screen.getByText('20 of 25')).toBeVisible();
    await press('Load more');
    expect(await screen.findByText('25 of 25')).toBeVisible();
    expect(open.getAllByText(/^Improvement \d+$/)).toHaveLength(25);
    for (const [query] of api.callsOf('getImprovements')) {
      expect(query).toMatchObject({ entityRef: 'component:default/payments' });
    }
  });

  it('lets what was refused be corrected and sent again', async () => {
    renderSection([rejected()]);
    await press('Correct and send again Refused one');
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Refused one',
    );
    expect(dialog.getByRole('alert')).toHaveTextContent(
      'The field "team" is required.',
    );
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Send again' }),
    );
    await dialog.findByText('Filed in GitHub');
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    expect(
      (await group('To be done')).getByText('Refused one'),
    ).toBeInTheDocument();
  });

  it('has a chain below each other, in its order and with its verdicts', async () => {
    const { container } = renderSection([
      improvement('1', {
        title: 'First try',
        stage: 'not-met',
        alternatives: ['2'],
        evaluation: evaluation('1', {
          verdict: 'not-met',
          stillPriority: true,
          measured: '30 minutes',
        }),
      }),
      improvement('2', {
        title: 'Second try',
        stage: 'inconclusive',
        alternativeTo: '1',
        alternatives: ['3'],
      }),
      improvement('3', { title: 'Third try', alternativeTo: '2' }),
    ]);
    const chain = await screen.findByRole('list', {
      name: 'Tried for the same goal, one after the other',
    });
    expect(chain.tagName).toBe('OL');
    const links = within(chain).getAllByRole('listitem');
    expect(links.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Goal not metFirst try/),
      expect.stringMatching(/^InconclusiveSecond try/),
      expect.stringMatching(/^OpenThird try/),
    ]);
    expect(links.map(link => link.getAttribute('aria-current'))).toEqual([
      null,
      null,
      'true',
    ]);
    expect(within(links[0]).getByText('30 minutes')).toBeVisible();
    expect(screen.getAllByText('First try')).toHaveLength(1);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('tells its text, its origin and its past on demand', async () => {
    const { container } = renderSection([
      improvement('1', {
        title: 'Reopened one',
        description: `# Why\n\n[evil](${SCRIPT_URL}) <script>1</script>`,
        priority: 'high',
        origin: { kind: 'incident', url: 'https://example.com/incident' },
        pastEvaluations: [evaluation('old', { measured: '6 minutes' })],
      }),
    ]);
    const toggle = await screen.findByRole('button', { name: 'Details' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    expect(toggle).toHaveAccessibleDescription('Reopened one');
    await userEvent.click(toggle);

    const past = within(
      await screen.findByRole('list', {
        name: 'Evaluated before it was reopened',
      }),
    );
    expect(past.getByText('Goal met')).toBeVisible();
    expect(past.getByText('6 minutes')).toBeVisible();
    expect(screen.getByText('High')).toBeVisible();
    expect(screen.getByRole('link', { name: /Incident/ })).toHaveAttribute(
      'href',
      'https://example.com/incident',
    );
    expect(screen.getByText('Why')).toBeVisible();
    expect(container.querySelector('script')).toBeNull();
    expect(container.querySelector('a[href^="javascript"]')).toBeNull();
  });

  it('takes hostile text as text', async () => {
    const { container } = renderSection([
      improvement('1', {
        title: HOSTILE_TITLE,
        ticket: { key: 'evil', url: SCRIPT_URL, state: 'open' },
      }),
    ]);
    expect(await screen.findByText(HOSTILE_TITLE)).toBeVisible();
    expect(screen.queryByRole('link', { name: /evil/ })).toBeNull();
    expect(container.querySelector('img')).toBeNull();
  });

  it('shows that it loads, and can be tried again after a failure', async () => {
    const service = overdueService();
    const api = new FakeOperationalExcellenceApi({
      services: [service],
      improvements: [due()],
    });
    const release = api.hold('getImprovements');
    api.fail('getImprovements', await refusal(500, 'the database is away'));
    renderWithApi(<LoopSection service={service} now={Date.now()} />, api);
    expect(
      await screen.findByRole('status', {
        name: 'Loading the improvements filed from here',
      }),
    ).toBeVisible();
    await act(async () => release());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    api.fail('getImprovements', undefined);
    await press('Try again');
    await group('To be evaluated');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('tells who may evaluate to whom may not', async () => {
    // What was decided is remembered per service.
    const service = okService();
    renderSection([{ ...due(), entityRef: service.entityRef }], {
      service,
      decision: 'DENY',
    });
    const denied = await screen.findByRole('button', {
      name: 'Evaluate Done one',
    });
    await waitFor(() =>
      expect(denied).toHaveAttribute(
        'title',
        expect.stringMatching(
          /operational-excellence\.improvement\.evaluate.*Ask Money team, who owns it/,
        ),
      ),
    );
    expect(denied).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(denied);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('evaluating an improvement', () => {
  async function open(
    options: {
      improvements?: ImprovementDetail[];
      storage?: StorageApi;
    } = {},
  ) {
    const { improvements = [due()], storage } = options;
    const rendered = renderSection(improvements, { storage });
    await press('Evaluate Done one');
    const element = await screen.findByRole('dialog', {
      name: /Evaluate the improvement/,
    });
    await within(element).findByRole('textbox', { name: 'Measured result' });
    return { ...rendered, element, dialog: within(element) };
  }

  it('keeps verdict, result, evidence and note', async () => {
    const { api, dialog, element } = await open();
    expect(dialog.getByText(/Minutes to recover, from 40 to 5/)).toBeVisible();
    await userEvent.click(dialog.getByRole('radio', { name: 'Goal met' }));
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Measured result' }),
      '4 minutes',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Add a link' }));
    expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveFocus();
    await userEvent.paste('Dashboard');
    await userEvent.click(dialog.getByRole('textbox', { name: 'Address' }));
    await userEvent.paste('https://example.com/d');
    await userEvent.click(dialog.getByRole('textbox', { name: 'Note' }));
    await userEvent.paste('It *worked*.');
    expect(await accessibilityViolations(element)).toEqual([]);

    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      (await group('Done and judged')).getByText('4 minutes'),
    ).toBeInTheDocument();
    expect(api.callsOf('evaluateImprovement')).toEqual([
      [
        '3',
        {
          verdict: 'met',
          measured: '4 minutes',
          evidence: [{ title: 'Dashboard', url: 'https://example.com/d' }],
          note: 'It *worked*.',
          stillPriority: null,
          reason: null,
        },
      ],
    ]);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const note = screen.getByText(/Your evaluation of “Done one” is saved/);
    await waitFor(() => expect(note).toHaveFocus());
  });

  it('says what is missing, and leads there', async () => {
    const { api, dialog, element } = await open();
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(dialog.getByText('Say whether the goal was met.')).toBeVisible();
    expect(dialog.getByRole('radio', { name: 'Goal met' })).toHaveFocus();
    expect(
      dialog.getByRole('radio', { name: 'Goal met' }),
    ).toHaveAccessibleDescription('Say whether the goal was met.');

    await userEvent.click(dialog.getByRole('radio', { name: 'Goal not met' }));
    expect(
      dialog.getByText('Say whether it is still a priority.'),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('radio', { name: 'No' }));
    const reason = dialog.getByRole('textbox', {
      name: /Why is it no priority/,
    });
    expect(reason).toHaveAccessibleDescription(/Say why/);
    await userEvent.click(dialog.getByRole('button', { name: 'Add a link' }));
    await userEvent.click(dialog.getByRole('textbox', { name: 'Address' }));
    await userEvent.paste(SCRIPT_URL);
    expect(dialog.getByText(/This is not an address/)).toBeVisible();
    expect(dialog.getByText('Say what the link shows.')).toBeVisible();
    expect(await accessibilityViolations(element)).toEqual([]);

    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(reason).toHaveFocus();
    expect(api.callsOf('evaluateImprovement')).toEqual([]);

    await userEvent.paste('The service is retired.');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Remove link 1' }),
    );
    expect(dialog.getByRole('button', { name: 'Add a link' })).toHaveFocus();
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      (await group('Done and judged')).getByText('The service is retired.'),
    ).toBeInTheDocument();
  });

  it('loses nothing where saving fails, nor where it is closed', async () => {
    const { api, dialog } = await open();
    api.fail('evaluateImprovement', await refusal(500, 'the database is away'));
    await userEvent.click(dialog.getByRole('radio', { name: 'Inconclusive' }));
    await userEvent.click(
      dialog.getByRole('textbox', { name: 'Measured result' }),
    );
    await userEvent.paste('12 minutes');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'It could not be saved; nothing you typed is lost. the database is away',
    );
    expect(
      dialog.getByRole('textbox', { name: 'Measured result' }),
    ).toHaveValue('12 minutes');

    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('button', { name: 'Evaluate Done one' }),
    ).toHaveFocus();
    await press('Evaluate Done one');
    const again = within(await screen.findByRole('dialog'));
    expect(again.getByRole('radio', { name: 'Inconclusive' })).toBeChecked();
    expect(again.getByRole('textbox', { name: 'Measured result' })).toHaveValue(
      '12 minutes',
    );
    api.fail('evaluateImprovement', undefined);
    await userEvent.click(again.getByRole('button', { name: 'Save' }));
    expect(
      (await group('Done and judged')).getByText('12 minutes'),
    ).toBeInTheDocument();
  });

  it('keeps a draft over a reload, until it is saved or discarded', async () => {
    const storage = mockApis.storage();
    const improvements = [due()];
    const first = await open({ improvements, storage });
    const type = async (name: string, text: string) => {
      await userEvent.click(screen.getByRole('textbox', { name }));
      await userEvent.paste(text);
    };
    expect(
      first.dialog.queryByRole('button', { name: 'Discard draft' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      first.dialog.getByRole('radio', { name: 'Goal not met' }),
    );
    await userEvent.click(
      first.dialog.getByRole('radio', {
        name: 'Yes: file an alternative next',
      }),
    );
    await type('Measured result', '12 minutes');
    await userEvent.click(
      first.dialog.getByRole('button', { name: 'Add a link' }),
    );
    await type('Title', 'Dashboard');
    first.unmount();

    const second = await open({ improvements, storage });
    expect(
      await screen.findByText(/This is your draft, as you left it/),
    ).toBeVisible();
    expect(
      second.dialog.getByRole('radio', { name: 'Goal not met' }),
    ).toBeChecked();
    expect(
      second.dialog.getByRole('radio', {
        name: 'Yes: file an alternative next',
      }),
    ).toBeChecked();
    expect(
      second.dialog.getByRole('textbox', { name: 'Measured result' }),
    ).toHaveValue('12 minutes');
    expect(second.dialog.getByRole('textbox', { name: 'Title' })).toHaveValue(
      'Dashboard',
    );
    await press('Discard draft');
    expect(
      second.dialog.getByRole('textbox', { name: 'Measured result' }),
    ).toHaveValue('');
    await press('Undo');
    expect(
      second.dialog.getByRole('textbox', { name: 'Measured result' }),
    ).toHaveValue('12 minutes');
    await userEvent.click(
      second.dialog.getByRole('radio', { name: 'Goal met' }),
    );
    await userEvent.click(
      second.dialog.getByRole('button', { name: 'Remove link 1' }),
    );
    await userEvent.click(second.dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    second.unmount();

    const third = await open({ improvements, storage });
    expect(
      third.dialog.getByRole('textbox', { name: 'Measured result' }),
    ).toHaveValue('');
    expect(
      screen.queryByText(/This is your draft, as you left it/),
    ).not.toBeInTheDocument();
  });

  it('saves once however often it is pressed', async () => {
    const { api, dialog } = await open();
    const release = api.hold('evaluateImprovement');
    await userEvent.click(dialog.getByRole('radio', { name: 'Goal met' }));
    await userEvent.dblClick(dialog.getByRole('button', { name: 'Save' }));
    expect(dialog.getByRole('button', { name: 'Saving …' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeVisible();
    await act(async () => release());
    await group('Done and judged');
    expect(api.callsOf('evaluateImprovement')).toHaveLength(1);
  });

  it('goes on to the alternative where the goal still matters', async () => {
    const { api, dialog } = await open();
    await userEvent.click(dialog.getByRole('radio', { name: 'Goal not met' }));
    await userEvent.click(dialog.getByRole('radio', { name: /^Yes/ }));
    await userEvent.click(
      dialog.getByRole('textbox', { name: 'Measured result' }),
    );
    await userEvent.paste('30 minutes');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Save and file an alternative' }),
    );

    const filing = within(
      await screen.findByRole('dialog', { name: /File an alternative/ }),
    );
    expect(await filing.findByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Alternative: Done one',
    );
    expect(filing.getByRole('textbox', { name: /^Description/ })).toHaveValue(
      'The goal of “Done one” (acme/payments#3 https://github.com/acme/payments/issues/3) was not met, and still matters. Measured: 30 minutes',
    );
    expect(filing.getByRole('textbox', { name: /^To/ })).toHaveValue('5');
    await userEvent.click(
      await filing.findByRole('button', { name: 'File it' }),
    );
    await filing.findByText(/^Filed in/);
    expect(api.callsOf('fileImprovement')).toEqual([
      [expect.objectContaining({ alternativeTo: '3', goal: GOAL })],
    ]);
    await userEvent.click(filing.getByRole('button', { name: 'Close' }));

    const chain = await screen.findByRole('list', {
      name: 'Tried for the same goal, one after the other',
    });
    expect(
      within(chain)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^Goal not metDone one/),
      expect.stringMatching(/^OpenAlternative: Done one/),
    ]);
  });

  it('keeps asking for the alternative until one is filed', async () => {
    renderSection([
      improvement('1', {
        title: 'Missed one',
        stage: 'not-met',
        evaluation: evaluation('1', {
          verdict: 'not-met',
          stillPriority: true,
        }),
      }),
    ]);
    await group('Goal not met: an alternative is wanted');
    await press('File an alternative Missed one');
    const filing = within(await screen.findByRole('dialog'));
    expect(await filing.findByRole('textbox', { name: /^Title/ })).toHaveValue(
      'Alternative: Missed one',
    );
  });

  it('says in which environment an improvement is tried, and lets it be chosen', async () => {
    const { api, container } = renderSection([
      improvement('4', { title: 'Open one' }),
    ]);
    await press('Details');
    const field = await screen.findByRole('button', { name: /^Tried in/ });
    await waitFor(() => expect(field).not.toHaveAttribute('aria-disabled'));

    api.fail('chooseEnvironment', await refusal(503, 'Out of order'));
    const choose = async () => {
      await userEvent.click(field);
      await userEvent.click(
        await screen.findByRole('option', { name: 'Copy of production' }),
      );
    };
    await choose();
    expect(
      await screen.findByText(/was not saved: .*Out of order/),
    ).toBeVisible();
    expect(field).not.toHaveTextContent('Copy of production');

    api.fail('chooseEnvironment', undefined);
    await choose();
    await waitFor(() => expect(field).toHaveTextContent('Copy of production'));
    expect(api.callsOf('chooseEnvironment')).toEqual([
      ['4', copyOfProduction.id],
      ['4', copyOfProduction.id],
    ]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});
