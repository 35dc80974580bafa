import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Finding } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  experiment,
  FakeOperationalExcellenceApi,
  finding,
  heldExercise,
  HOSTILE_TITLE,
  inDays,
  permissionsThat,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { FindingsOfExercise } from './FindingsOfExercise';
import { OpenFindings } from './OpenFindings';
import { ServiceFindings } from './ServiceFindings';

const PAYMENTS = 'component:default/payments';

const done = {
  id: 'i',
  title: 'Alarm on symptoms',
  stage: 'done',
  ticketKey: 'T-1',
  ticketUrl: 'https://tracker.example/T-1',
} as const;

function renderFindings(
  findings: Finding[],
  options: {
    decision?: 'ALLOW' | 'DENY';
    entityRef?: string;
    before?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const { entityRef = PAYMENTS } = options;
  const api = new FakeOperationalExcellenceApi({
    findings: findings.map(each => ({ ...each, entityRef })),
    exercises: [
      heldExercise('later', {
        title: 'The zone once more',
        startedAt: daysAgo(1),
      }),
      heldExercise('earlier', { startedAt: daysAgo(50) }),
    ],
    experiments: [
      experiment('EXP1', { startedAt: daysAgo(2), entityRefs: [entityRef] }),
    ],
  });
  options.before?.(api);
  return {
    api,
    ...renderWithApi(
      <ServiceFindings entityRef={entityRef} ownerTitle="Team A" />,
      api,
      { permissions: permissionsThat(options.decision ?? 'ALLOW') },
    ),
  };
}

const list = async () =>
  within(await screen.findByRole('list', { name: 'Findings' }));

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

const isClosed = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

/** Not key by key, which takes long where a test has much to type. */
const enter = (field: HTMLElement, value: string) =>
  fireEvent.change(field, { target: { value } });

describe('the findings of a service', () => {
  it('tell how bad each is, where it stands, and what became of it', async () => {
    const { container } = renderFindings([
      finding('1', {
        severity: 'critical',
        text: '**Sessions** were lost',
        lesson: 'Keep them outside',
        tags: ['zone'],
        retestBy: inDays(20),
      }),
      finding('2', {
        stage: 'retest-overdue',
        improvement: done,
        retestBy: daysAgo(3),
        retests: [
          {
            id: 'r',
            kind: 'exercise',
            byId: 'later',
            title: 'The zone once more',
            testedAt: daysAgo(1),
            result: 'not-fixed',
            note: 'Slower',
            recordedBy: 'user:default/ada',
          },
        ],
      }),
      finding('3', { stage: 'closed', closedAt: daysAgo(1) }),
    ]);
    const shown = await list();
    const [first, second] = shown
      .getAllByRole('listitem')
      .filter(each => each.querySelector('button'))
      .map(each => within(each));
    expect(first.getByText('Critical')).toBeVisible();
    expect(first.getByText('No improvement yet')).toBeVisible();
    expect(first.getByText('Sessions')).toBeVisible();
    expect(first.getByText('Keep them outside')).toBeVisible();
    expect(first.getByText('zone')).toBeVisible();
    expect(first.getByRole('link', { name: 'Loss of a zone' })).toHaveAttribute(
      'href',
      '/operational-excellence/game-days/day',
    );
    expect(first.getByText(/in 2[01] days/)).toBeVisible();
    expect(second.getByText('Re-test overdue')).toBeVisible();
    expect(
      second.getByRole('link', { name: /T-1 Alarm on symptoms/ }),
    ).toHaveAttribute('href', 'https://tracker.example/T-1');
    expect(second.getByText('not fixed')).toBeVisible();
    expect(
      second.getByRole('link', { name: 'The zone once more' }),
    ).toBeVisible();
    expect(screen.getByText(/1 finding has no improvement yet/)).toBeVisible();
    // What is closed is not pressing.
    expect(screen.queryByText('Finding 3')).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);

    await userEvent.click(screen.getByRole('tab', { name: 'Closed' }));
    expect(await screen.findByText('Finding 3')).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByText('Finding 2')).not.toBeInTheDocument(),
    );
  });

  it('say so where there are none, and where they cannot be read', async () => {
    renderFindings([]);
    expect(
      await screen.findByText('There are no such findings.'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'All' }));
    expect(await screen.findByText(/Nothing was found yet/)).toBeVisible();
  });

  it('say why they cannot be read', async () => {
    const error = await refusal(500, 'the database is away');
    renderFindings([], { before: api => api.fail('getFindings', error) });
    expect(await screen.findByText(/the database is away/)).toBeVisible();
  });

  it('show hostile text as text', async () => {
    const { container } = renderFindings([
      finding('1', {
        text: `${HOSTILE_TITLE} [x](javascript:alert(1))`,
        improvement: {
          ...done,
          ticketUrl: ['javascript', 'alert(1)'].join(':'),
        },
        stage: 'retest-due',
      }),
    ]);
    await list();
    expect(container.querySelector('script, iframe, [onerror]')).toBeNull();
    expect(
      [...container.querySelectorAll('a')].filter(
        ({ protocol }) => !/^https?:$/.test(protocol),
      ),
    ).toEqual([]);
  });

  it('are filed as improvements, with what is known of them', async () => {
    const { api } = renderFindings([
      finding('1', { text: 'The alarm came late', lesson: 'On symptoms' }),
    ]);
    await press('File improvement');
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByDisplayValue('The alarm came late'),
    ).toBeVisible();
    expect(dialog.getByDisplayValue(/Lesson: On symptoms/)).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'File it' }));
    await waitFor(() =>
      expect(api.callsOf('fileImprovement')).toEqual([
        [
          expect.objectContaining({
            entityRef: PAYMENTS,
            findingId: '1',
            title: 'The alarm came late',
            origin: {
              kind: 'game-day',
              url: 'http://localhost/operational-excellence/game-days/day',
            },
          }),
        ],
      ]),
    );
    // What became of it is read at once.
    await waitFor(() =>
      expect(api.callsOf('getFindings').length).toBeGreaterThan(2),
    );
  });

  it('are re-tested by what was held later', async () => {
    const { api } = renderFindings([
      finding('1', { stage: 'retest-due', improvement: done }),
    ]);
    await press('Re-test');
    const dialog = within(await screen.findByRole('dialog'));
    const by = await dialog.findByRole('button', {
      name: /What tested it again/,
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Put it down' }));
    expect(await dialog.findByText('Say what tested it again.')).toBeVisible();
    expect(dialog.getByText('Say what it showed.')).toBeVisible();
    expect(api.callsOf('retestFinding')).toEqual([]);
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual(
      [],
    );

    expect(api.callsOf('getExperiments')[0]).toMatchObject([
      { service: PAYMENTS },
    ]);
    await userEvent.click(by);
    const choices = within(await screen.findByRole('listbox'));
    expect(
      choices.getAllByRole('option').map(each => each.textContent),
    ).toEqual([
      expect.stringMatching(/^Exercise: The zone once more, /),
      expect.stringMatching(/^Experiment: /),
    ]);
    await userEvent.click(choices.getByText(/^Exercise: The zone once more/));
    await userEvent.click(dialog.getByLabelText('It is fixed'));
    enter(dialog.getByLabelText('Note'), 'In seconds');
    await userEvent.click(dialog.getByRole('button', { name: 'Put it down' }));
    await isClosed();
    expect(api.callsOf('retestFinding')).toEqual([
      [
        '1',
        {
          key: expect.any(String),
          by: { kind: 'exercise', id: 'later' },
          result: 'fixed',
          note: 'In seconds',
        },
      ],
    ]);
    expect(
      await screen.findByText('There are no such findings.'),
    ).toBeVisible();
  });

  it('are edited, and the second of two is told who was first', async () => {
    const { api } = renderFindings([
      finding('1', { text: 'First words', tags: ['zone'] }),
    ]);
    await press('Edit');
    const dialog = within(await screen.findByRole('dialog'));
    const text = await dialog.findByLabelText(/What was found/, {
      selector: 'textarea',
    });
    enter(text, 'My words');
    api.findings.changeBy('user:default/grace', '1', { text: 'Their words' });
    await userEvent.click(dialog.getByRole('button', { name: 'Save it' }));
    expect(
      await dialog.findByText(/changed in between, by user:default\/grace/),
    ).toBeVisible();
    expect(text).toHaveValue('My words');
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual(
      [],
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Save mine over theirs' }),
    );
    await isClosed();
    expect((await api.findings.get('1')).text).toBe('My words');
    expect(await screen.findByText('My words')).toBeVisible();
  });

  it('can be taken from who was first instead', async () => {
    const { api } = renderFindings([finding('1', { text: 'First words' })]);
    await press('Edit');
    const dialog = within(await screen.findByRole('dialog'));
    const text = await dialog.findByLabelText(/What was found/, {
      selector: 'textarea',
    });
    enter(text, ' and mine');
    api.findings.changeBy('user:default/grace', '1', { text: 'Their words' });
    await userEvent.click(dialog.getByRole('button', { name: 'Save it' }));
    await userEvent.click(
      await dialog.findByRole('button', { name: /Take theirs/ }),
    );
    await waitFor(() => expect(text).toHaveValue('Their words'));
    await userEvent.click(dialog.getByRole('button', { name: 'Save it' }));
    await isClosed();
    expect((await api.findings.get('1')).version).toBe(3);
  });

  it('tell who may write them to whom may not', async () => {
    const entityRef = 'component:default/guarded-findings';
    renderFindings([finding('1')], { decision: 'DENY', entityRef });
    const edit = await screen.findByRole('button', { name: 'Edit' });
    await waitFor(() => expect(edit).toHaveAttribute('aria-disabled', 'true'));
    await userEvent.hover(edit);
    expect(
      await screen.findByText(/You may not write down findings.*Ask Team A/),
    ).toBeVisible();
    await userEvent.click(edit);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('the findings of an exercise', () => {
  const day = heldExercise('day', {
    title: 'Loss of a zone',
    services: [
      { entityRef: PAYMENTS, title: 'Payments' },
      { entityRef: 'component:default/search', title: 'Search' },
    ],
  });

  it('are added to it, once however often that is tried', async () => {
    const api = new FakeOperationalExcellenceApi({ findings: [] });
    const { container } = await renderWithApi(
      <FindingsOfExercise exercise={day} />,
      api,
    );
    expect(await screen.findByText('Nothing was found yet.')).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Add a finding' }),
      ).toHaveAttribute('aria-disabled', 'false'),
    );
    await press('Add a finding');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Save it' }),
    );
    expect(
      await dialog.findByText('Say which service it is about.'),
    ).toBeVisible();
    expect(dialog.getByText('Say how bad it is.')).toBeVisible();
    expect(dialog.getByText('Say what was found.')).toBeVisible();
    expect(api.callsOf('createFinding')).toEqual([]);

    const choose = async (field: RegExp, option: string) => {
      await userEvent.click(dialog.getByRole('button', { name: field }));
      await userEvent.click(
        within(await screen.findByRole('listbox')).getByText(option),
      );
    };
    await choose(/^Service/, 'Search');
    await choose(/^Severity/, 'High');
    enter(
      dialog.getByLabelText(/What was found/, { selector: 'textarea' }),
      'The index was lost',
    );
    enter(dialog.getByLabelText(/^Tags/), 'Index, zone');

    // An answer that does not come is asked for again with the same key.
    api.fail('createFinding', new Error('the network is away'));
    await userEvent.click(dialog.getByRole('button', { name: 'Save it' }));
    expect(await dialog.findByText(/the network is away/)).toBeVisible();
    expect(await accessibilityViolations(screen.getByRole('dialog'))).toEqual(
      [],
    );
    api.fail('createFinding', undefined);
    await userEvent.click(dialog.getByRole('button', { name: 'Save it' }));
    await isClosed();
    const [[first], [second]] = api.callsOf('createFinding');
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      entityRef: 'component:default/search',
      exerciseId: 'day',
      severity: 'high',
      text: 'The index was lost',
      tags: ['index', 'zone'],
    });
    expect(await screen.findByText('The index was lost')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});

describe('the findings that wait for an improvement', () => {
  const improvement = {
    id: 'i1',
    title: 'Alarm on symptoms',
    stage: 'open' as const,
    ticketKey: 'OPS-1',
    ticketUrl: null,
  };

  it('are listed over all services, the worst first', async () => {
    const api = new FakeOperationalExcellenceApi({
      findings: [
        finding('1', { text: 'Not so bad', severity: 'low' }),
        finding('2', { text: 'Very bad', severity: 'critical' }),
        finding('3', { text: 'In hand', stage: 'improving', improvement }),
      ],
    });
    const { container } = renderWithApi(<OpenFindings />, api);
    const entries = (await list()).getAllByRole('listitem');
    expect(entries).toHaveLength(2);
    expect(entries[0]).toHaveTextContent('Very bad');
    expect(entries[1]).toHaveTextContent('Not so bad');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('are none where each has its improvement', async () => {
    renderWithApi(<OpenFindings />, new FakeOperationalExcellenceApi());
    expect(
      await screen.findByText('Each finding has its improvement.'),
    ).toBeInTheDocument();
  });
});
