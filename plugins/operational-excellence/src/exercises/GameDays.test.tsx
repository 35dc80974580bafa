import { mockApis } from '@backstage/frontend-test-utils';
import type { StorageApi } from '@backstage/frontend-plugin-api';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import { Route, Routes } from 'react-router-dom';
import {
  accessibilityViolations,
  environment,
  exercise,
  FakeContents,
  FakeOperationalExcellenceApi,
  heldExercise,
  HOSTILE_TITLE,
  linkedExperiment,
  missedExercise,
  okService,
  overdueService,
  permissionsThat,
  refusal,
  renderWithApi,
  watchCopies,
} from '../__testUtils__';
import { GameDays } from './GameDays';

jest.setTimeout(60_000);

const PAGE = '/operational-excellence/game-days';
const copied = watchCopies();

function renderGameDays(
  exercises: ExerciseDetail[],
  options: {
    at?: string;
    decision?: 'ALLOW' | 'DENY';
    contents?: FakeContents;
    storage?: StorageApi;
    prepare?: (api: FakeOperationalExcellenceApi) => void;
  } = {},
) {
  const api = new FakeOperationalExcellenceApi({
    services: [overdueService(), okService()],
    exercises,
    ...options.contents,
  });
  options.prepare?.(api);
  const element = (
    <Routes>
      <Route path={`${PAGE}/*`} element={<GameDays />} />
    </Routes>
  );
  return {
    api,
    ...renderWithApi(element, api, {
      url: `${PAGE}${options.at ?? ''}`,
      permissions: permissionsThat(options.decision ?? 'ALLOW'),
      storage: options.storage,
    }),
  };
}

const local = (day: string) => DateTime.fromISO(day).toUTC().toISO()!;
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));
const fill = async (label: string | RegExp, text: string) =>
  fireEvent.change(await screen.findByLabelText(label), {
    target: { value: text },
  });

describe('the calendar of game days', () => {
  const zoneLoss = () =>
    exercise('1', {
      title: 'Zone loss',
      plannedStart: local('2026-07-15T10:00'),
      plannedEnd: local('2026-07-15T12:00'),
    });

  it('shows the month that the URL names, and leads to each exercise', async () => {
    const { container } = renderGameDays([zoneLoss()], {
      at: '?month=2026-07',
    });
    const grid = await screen.findByRole('grid', { name: 'July 2026' });
    const day = within(grid).getByRole('gridcell', {
      name: 'July 15, 2026, 1 exercise',
    });
    await userEvent.click(
      within(day).getByRole('link', { name: /^Zone loss: Game day, Planned/ }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Zone loss' }),
    ).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('has no violations, and moves by keys over the end of the month', async () => {
    const { container } = renderGameDays([zoneLoss()], {
      at: '?month=2026-07',
    });
    await screen.findByRole('grid', { name: 'July 2026' });
    expect(await accessibilityViolations(container)).toEqual([]);
    screen.getByRole('gridcell', { name: 'July 1, 2026' }).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    expect(
      screen.getByRole('gridcell', { name: 'July 9, 2026' }),
    ).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(
      await screen.findByRole('grid', { name: 'June 2026' }),
    ).toBeVisible();
    expect(
      screen.getByRole('gridcell', { name: 'June 25, 2026' }),
    ).toHaveFocus();
    await userEvent.keyboard('{PageDown}');
    expect(
      await screen.findByRole('gridcell', { name: 'July 25, 2026' }),
    ).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByLabelText(/^Begin/)).toHaveValue(
      '2026-07-25T10:00',
    );
  });

  it('marks today', async () => {
    renderGameDays([]);
    const today = await screen.findByRole('gridcell', { current: 'date' });
    expect(today).toHaveAccessibleName(
      DateTime.now().toLocaleString(DateTime.DATE_FULL),
    );
  });

  it('asks only for what the filters in the URL want', async () => {
    const { api } = renderGameDays(
      [
        zoneLoss(),
        exercise('2', {
          kind: 'tabletop',
          title: 'Who calls whom',
          plannedStart: local('2026-07-16T10:00'),
        }),
      ],
      { at: '?view=list&kind=tabletop' },
    );
    expect(await screen.findByText('Who calls whom')).toBeVisible();
    expect(screen.queryByText('Zone loss')).not.toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Find by title'), 'nobody');
    expect(
      await screen.findByText('No exercise matches these filters.'),
    ).toBeVisible();
    expect(api.callsOf('getExercises').slice(-1)[0][0]).toMatchObject({
      kind: ['tabletop'],
    });
    await press('Clear filters');
    expect(await screen.findByText('Zone loss')).toBeVisible();
  });

  it('puts missed ones on top, and shows all of them', async () => {
    renderGameDays(
      Array.from({ length: 7 }, (_, index) =>
        missedExercise(`${index}`, { title: `Missed ${index}` }),
      ),
      { at: '?month=2026-07' },
    );
    expect(await screen.findByText('7 exercises were missed')).toBeVisible();
    expect(
      within(
        screen.getByRole('list', { name: 'Missed exercises' }),
      ).getAllByRole('link'),
    ).toHaveLength(5);
    await press('Show all that were missed');
    expect(await screen.findByText('7 of 7')).toBeVisible();
  });

  it('says in words what ran without guardrails', async () => {
    renderGameDays([heldExercise('1', { unguarded: true })], {
      at: '?view=list',
    });
    expect(await screen.findByText('Ran without guardrails')).toBeVisible();
  });

  it('says why it cannot be shown', async () => {
    const failure = await refusal(503, 'the database is away');
    const { api } = renderGameDays([zoneLoss()], {
      at: '?month=2026-07',
      prepare: fake => fake.fail('getExercises', failure),
    });
    expect(
      (await screen.findAllByText('the database is away')).length,
    ).toBeGreaterThan(0);
    api.fail('getExercises', undefined);
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Try again' }).slice(-1)[0],
    );
    expect(
      await screen.findByRole('link', { name: /^Zone loss/ }),
    ).toBeVisible();
  });

  it('tells the address of a calendar once, and takes it back', async () => {
    const { api } = renderGameDays([]);
    await press('Subscribe');
    await press('Make an address');
    const address = 'https://portal.example.com/feed-1.ics';
    expect(await screen.findByText(address)).toBeVisible();
    await press('Copy the address');
    expect(copied()).toEqual([address]);
    await press(/^Take back/);
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: /^Take back/ }),
      ).not.toBeInTheDocument(),
    );
    expect(api.callsOf('revokeCalendarFeed')).toEqual([['feed-1']]);
    expect(await accessibilityViolations(document.body)).toEqual([]);
  });
});

describe('planning an exercise', () => {
  async function fillIn() {
    await userEvent.type(await screen.findByLabelText(/^Services/), 'catal');
    await userEvent.click(
      await screen.findByRole('option', { name: /Catalogue/ }),
    );
    await fill(/^Title/, 'Zone loss');
    await fill(/^Begin/, '2027-01-11T10:00');
  }

  it('says at each field what is missing, and goes to the first', async () => {
    const { api, container } = renderGameDays([], { at: '/new' });
    await press('Plan it');
    expect(
      await screen.findByText('Choose at least one service.'),
    ).toBeVisible();
    expect(screen.getByText('Say in a few words what it is.')).toBeVisible();
    expect(screen.getByText('Say when it begins.')).toBeVisible();
    expect(screen.getByLabelText(/^Services/)).toHaveFocus();
    expect(api.callsOf('planExercise')).toEqual([]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('refuses an end before the begin', async () => {
    renderGameDays([], { at: '/new' });
    await fillIn();
    await fill(/^End/, '2027-01-11T09:00');
    await press('Plan it');
    expect(await screen.findByText('This is before it begins.')).toBeVisible();
  });

  it('plans it for several services, with all that was typed', async () => {
    const { api } = renderGameDays([], {
      at: '/new?service=component:default/payments&kind=tabletop',
      contents: { environments: [environment('e1')] },
    });
    await fillIn();
    expect(screen.getByLabelText(/^End/)).toHaveValue('2027-01-11T12:00');
    await press('Add a role');
    await fill('Role 1', 'Scribe');
    await fill('Who has role 1', 'Rosa');
    await press('Add a stop condition');
    await fill('Stop condition 1', 'Errors above 1 %');
    await press('Add a prerequisite');
    await fill('Prerequisite 1', 'Alarms are on');
    await fill('Hypothesis', 'Nobody notices');
    await press('Plan it');
    expect(
      await screen.findByRole('heading', { name: 'Zone loss' }),
    ).toBeVisible();
    const [[submission]] = api.callsOf('planExercise');
    expect(submission).toMatchObject({
      kind: 'tabletop',
      title: 'Zone loss',
      entityRefs: ['component:default/payments', 'component:default/catalogue'],
      plannedStart: local('2027-01-11T10:00'),
      plannedEnd: local('2027-01-11T12:00'),
      roles: [{ role: 'Scribe', who: 'Rosa' }],
      stopConditions: ['Errors above 1 %'],
      prerequisites: [{ text: 'Alarms are on', done: false }],
      hypothesis: 'Nobody notices',
      facilitator: null,
      environmentId: null,
    });
  });

  it('keeps what was typed over a reload', async () => {
    const storage = mockApis.storage();
    const first = renderGameDays([], { at: '/new', storage });
    await fill(/^Title/, 'Zone loss');
    first.unmount();
    renderGameDays([], { at: '/new', storage });
    expect(await screen.findByLabelText(/^Title/)).toHaveValue('Zone loss');
    expect(screen.getByText(/This is your draft/)).toBeVisible();
  });

  it('plans it once although the first answer is lost', async () => {
    const { api } = renderGameDays([], { at: '/new' });
    await fillIn();
    // It arrives, but nobody learns of that.
    const plan = api.planExercise.bind(api);
    jest.spyOn(api, 'planExercise').mockImplementationOnce(async submission => {
      await plan(submission);
      throw new TypeError('Failed to fetch');
    });
    await press('Plan it');
    expect(await screen.findByText(/Failed to fetch/)).toBeVisible();
    await fill(/^Title/, 'Zone loss, again');
    await press('Plan it');
    expect(
      await screen.findByRole('heading', { name: 'Zone loss, again' }),
    ).toBeVisible();
    expect((await api.getExercises({})).items).toHaveLength(1);
  });

  it('says why one may not', async () => {
    const { api } = renderGameDays([], {
      at: '/new?service=component:default/payments',
      decision: 'DENY',
    });
    expect(
      await screen.findByText(
        /You may not manage exercises of Payments: that needs the permission operational-excellence.exercise.manage/,
      ),
    ).toBeVisible();
    await fill(/^Title/, 'Zone loss');
    await fill(/^Begin/, '2027-01-11T10:00');
    await press('Plan it');
    expect(api.callsOf('planExercise')).toEqual([]);
  });

  it('plans the next one from the last', async () => {
    renderGameDays(
      [heldExercise('7', { title: 'Zone loss', hypothesis: 'Nobody notices' })],
      { at: '/7' },
    );
    await userEvent.click(
      await screen.findByRole('link', { name: 'Plan the next one' }),
    );
    expect(await screen.findByLabelText(/^Title/)).toHaveValue('Zone loss');
    expect(screen.getByLabelText('Hypothesis')).toHaveValue('Nobody notices');
    expect(screen.getByLabelText(/^Begin/)).not.toHaveValue('');
  });
});

describe('changing a plan', () => {
  it('sends only what was changed', async () => {
    const { api } = renderGameDays([exercise('7', { scope: 'All of it' })], {
      at: '/7/edit',
    });
    await fill(/^Title/, 'Another title');
    await press('Save');
    expect(
      await screen.findByRole('heading', { name: 'Another title' }),
    ).toBeVisible();
    expect(api.callsOf('changeExercise')).toEqual([
      ['7', { version: 1, title: 'Another title' }],
    ]);
  });

  it('tells who saved in between, keeps what was typed, and saves it on demand', async () => {
    const { api, container } = renderGameDays([exercise('7')], {
      at: '/7/edit',
    });
    await fill(/^Title/, 'My title');
    api.exercises.changeBy('user:default/otto', '7', {
      title: 'Their title',
      blastRadius: 'One zone',
    });
    await press('Save');
    const notice = await screen.findByText(
      'Somebody else saved it while you were editing',
    );
    expect(notice).toBeVisible();
    expect(screen.getByRole('link', { name: /otto/ })).toBeVisible();
    expect(screen.getByLabelText(/^Title/)).toHaveValue('My title');
    expect((await api.getExercise('7')).title).toBe('Their title');
    await press('Show theirs');
    expect(screen.getByRole('cell', { name: 'Their title' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'My title' })).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
    await press('Keep mine and save');
    expect(
      await screen.findByRole('heading', { name: 'My title' }),
    ).toBeVisible();
    // Where nothing was changed here, theirs stays.
    expect(await api.getExercise('7')).toMatchObject({
      title: 'My title',
      blastRadius: 'One zone',
    });
  });

  it('takes theirs, and can undo that', async () => {
    const { api } = renderGameDays([exercise('7')], { at: '/7/edit' });
    await fill(/^Title/, 'My title');
    api.exercises.changeBy('user:default/otto', '7', { title: 'Their title' });
    await press('Save');
    await press('Take theirs');
    expect(screen.getByLabelText(/^Title/)).toHaveValue('Their title');
    await press('Undo');
    expect(screen.getByLabelText(/^Title/)).toHaveValue('My title');
    expect(
      screen.getByText('Somebody else saved it while you were editing'),
    ).toBeVisible();
  });
});

describe('the page of an exercise', () => {
  const planned = (overrides: Partial<ExerciseDetail> = {}) =>
    exercise('7', {
      title: 'Zone loss',
      hypothesis: 'Nobody notices',
      prerequisites: [
        { text: 'Alarms are on', done: false },
        { text: 'Rollback is known', done: false },
      ],
      ...overrides,
    });

  it('ticks off prerequisites in place', async () => {
    const { api, container } = renderGameDays([planned()], { at: '/7' });
    await userEvent.click(await screen.findByLabelText('Alarms are on'));
    await waitFor(() =>
      expect(screen.getByLabelText('Alarms are on')).toBeChecked(),
    );
    expect((await api.getExercise('7')).prerequisites).toEqual([
      { text: 'Alarms are on', done: true },
      { text: 'Rollback is known', done: false },
    ]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says that a tick was not saved, and tries again on what is there now', async () => {
    const { api } = renderGameDays([planned()], { at: '/7' });
    await screen.findByLabelText('Alarms are on');
    api.exercises.changeBy('user:default/otto', '7', {
      prerequisites: [
        { text: 'Otto is there', done: true },
        { text: 'Alarms are on', done: false },
      ],
    });
    await userEvent.click(screen.getByLabelText('Alarms are on'));
    expect(
      await screen.findByText(
        /“Alarms are on” was not saved. user:default\/otto saved this exercise/,
      ),
    ).toBeVisible();
    await screen.findByLabelText('Otto is there');
    await press('Try again');
    await waitFor(async () =>
      expect((await api.getExercise('7')).prerequisites).toEqual([
        { text: 'Otto is there', done: true },
        { text: 'Alarms are on', done: true },
      ]),
    );
  });

  it('starts, is logged, and is held', async () => {
    const { api } = renderGameDays([planned()], { at: '/7' });
    await press('Start');
    const start = await screen.findByRole('dialog', { name: 'Start it now?' });
    expect(
      within(start).getByText(/2 prerequisites are not done: Alarms are on; /),
    ).toBeVisible();
    expect(await accessibilityViolations(document.body)).toEqual([]);
    await userEvent.click(within(start).getByRole('button', { name: 'Start' }));

    const text = await screen.findByLabelText('What happened');
    await userEvent.type(text, 'Zone is off{Enter}');
    expect(await screen.findByText('Zone is off')).toBeVisible();
    expect(text).toHaveValue('');

    await press('End it');
    const hold = await screen.findByRole('dialog', {
      name: 'What came of it?',
    });
    await userEvent.click(
      within(hold).getByRole('button', { name: 'Save the result' }),
    );
    expect(within(hold).getByText('Say what came of it.')).toBeVisible();
    await userEvent.click(
      within(hold).getByLabelText('Hypothesis did not hold'),
    );
    await fill('Surprises', 'The **alarm** was late');
    expect(await accessibilityViolations(document.body)).toEqual([]);
    await userEvent.click(
      within(hold).getByRole('button', { name: 'Save the result' }),
    );
    expect(await screen.findByText('Hypothesis did not hold')).toBeVisible();
    expect(await screen.findByText('alarm')).toBeVisible();
    expect(await api.getExercise('7')).toMatchObject({
      state: 'held',
      outcome: 'hypothesis-not-held',
      surprises: 'The **alarm** was late',
    });
  });

  it('keeps an entry of the log that cannot be saved, and adds it once', async () => {
    const failure = await refusal(503, 'the database is away');
    const { api } = renderGameDays(
      [planned({ state: 'running', startedAt: new Date().toISOString() })],
      { at: '/7' },
    );
    api.fail('logInExercise', failure);
    const text = await screen.findByLabelText('What happened');
    await userEvent.type(text, 'Zone is off{Enter}');
    expect(await screen.findByText(/the database is away/)).toBeVisible();
    expect(text).toHaveValue('Zone is off');
    api.fail('logInExercise', undefined);
    await userEvent.type(text, '{Enter}');
    await waitFor(() => expect(text).toHaveValue(''));
    const keys = api
      .callsOf('logInExercise')
      .map(([, entry]) => (entry as { key: string }).key);
    expect(new Set(keys).size).toBe(1);
    expect((await api.getExercise('7')).log).toHaveLength(1);
  });

  it('has to be told when what is recorded later began', async () => {
    const { api } = renderGameDays([planned()], { at: '/7' });
    await press('Record the result');
    await userEvent.click(await screen.findByLabelText('Hypothesis held'));
    await press('Save the result');
    expect(await screen.findByText('Say when it began.')).toBeVisible();
    await fill(/^It began/, '2026-01-12T10:00');
    await fill(/^It ended/, '2026-01-12T09:00');
    await press('Save the result');
    expect(await screen.findByText('This is before it began.')).toBeVisible();
    await fill(/^It ended/, '2026-01-12T11:00');
    await press('Save the result');
    expect(await screen.findByText('Hypothesis held')).toBeVisible();
    expect(await api.getExercise('7')).toMatchObject({
      startedAt: local('2026-01-12T10:00'),
      endedAt: local('2026-01-12T11:00'),
    });
  });

  it('says who was faster, and goes on with what is shown then', async () => {
    const { api } = renderGameDays([planned()], { at: '/7' });
    await press('Cancel it');
    await fill(/^Reason/, 'No time');
    api.exercises.changeBy('user:default/otto', '7', { title: 'Zone B loss' });
    await press('Cancel the exercise');
    expect(
      await screen.findByText(/user:default\/otto saved this exercise/),
    ).toBeVisible();
    expect(screen.getByLabelText(/^Reason/)).toHaveValue('No time');
    expect(await screen.findByText('Zone B loss')).toBeInTheDocument();
    await press('Cancel the exercise');
    expect(await screen.findByText('It was cancelled: No time')).toBeVisible();
  });

  it('asks for a reason before it is cancelled', async () => {
    const { api } = renderGameDays([planned()], { at: '/7' });
    await press('Cancel it');
    await press('Cancel the exercise');
    expect(await screen.findByText(/Say why, so that nobody/)).toBeVisible();
    expect(api.callsOf('moveExercise')).toEqual([]);
  });

  it('is approved, or rejected with a reason, by who is asked', async () => {
    const waiting = planned({
      approvalState: 'pending',
      mayDecide: true,
      approvals: [
        {
          approver: 'group:default/sre',
          decision: null,
          decidedBy: null,
          decidedAt: null,
          comment: null,
        },
      ],
    });
    const { api, container } = renderGameDays([waiting], { at: '/7' });
    const start = await screen.findByRole('button', { name: 'Start' });
    await waitFor(() => expect(start).toHaveAttribute('aria-disabled', 'true'));
    await press('Reject');
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reject' }),
    );
    expect(
      await screen.findByText('Say why, so that the plan can be mended.'),
    ).toBeVisible();
    await userEvent.type(
      within(dialog).getByLabelText(/^Comment/),
      'No stop condition',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reject' }),
    );
    expect(await screen.findByText('Rejected')).toBeVisible();
    expect(screen.getByText('No stop condition')).toBeVisible();
    expect(api.callsOf('decideOnExercise')).toEqual([
      ['7', { version: 1, decision: 'rejected', comment: 'No stop condition' }],
    ]);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('links experiments that are suggested, and takes links away', async () => {
    const { api } = renderGameDays([planned()], {
      at: '/7',
      prepare: fake =>
        fake.exercises.suggest('7', linkedExperiment('EXP1'), {
          ...linkedExperiment('EXP2'),
          hasStopConditions: false,
        }),
    });
    await press(/^Link Experiment EXP2/);
    await press(/^Remove the link Experiment EXP2/);
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: /^Remove the link/ }),
      ).not.toBeInTheDocument(),
    );
    expect(api.callsOf('linkExperiment')).toEqual([
      ['7', { sourceId: 'aws-fis', experimentId: 'EXP2' }],
    ]);
    expect(api.callsOf('unlinkExperiment')).toEqual([
      ['7', { sourceId: 'aws-fis', experimentId: 'EXP2' }],
    ]);
  });

  it('shows the tag of its experiments to copy', async () => {
    renderGameDays([planned()], { at: '/7' });
    await press('Copy the tag');
    expect(copied()).toEqual(['operational-excellence-exercise: 7']);
  });

  it('follows its experiments every five seconds while it runs', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      const { api } = renderGameDays(
        [
          planned({
            state: 'running',
            startedAt: new Date().toISOString(),
            experiments: [linkedExperiment('EXP1')],
          }),
        ],
        { at: '/7' },
      );
      expect(await screen.findByText('running')).toBeVisible();
      api.exercises.changeBy('user:default/guest', '7', {
        experiments: [linkedExperiment('EXP1', { state: 'completed' })],
      });
      await act(async () => jest.advanceTimersByTime(5_000));
      expect(await screen.findByText('completed')).toBeVisible();
      const failure = await refusal(503, 'the database is away');
      api.fail('getExercise', failure);
      await act(async () => jest.advanceTimersByTime(5_000));
      expect(
        await screen.findByText(
          /reading it again failed: the database is away/,
        ),
      ).toBeVisible();
      expect(screen.getByText('completed')).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not ask again and again for what is only planned', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      const { api } = renderGameDays([planned()], { at: '/7' });
      await screen.findByLabelText('Alarms are on');
      const asked = api.callsOf('getExercise').length;
      await act(async () => jest.advanceTimersByTime(30_000));
      expect(api.callsOf('getExercise')).toHaveLength(asked);
    } finally {
      jest.useRealTimers();
    }
  });

  it('shows what others wrote as text', async () => {
    renderGameDays(
      [
        planned({
          title: HOSTILE_TITLE,
          scope: HOSTILE_TITLE,
          blastRadius: HOSTILE_TITLE,
          facilitator: HOSTILE_TITLE,
        }),
      ],
      { at: '/7' },
    );
    expect(
      await screen.findByRole('heading', { name: HOSTILE_TITLE }),
    ).toBeVisible();
    expect(window).not.toHaveProperty('hacked');
    expect(document.querySelector('[onerror]')).toBeNull();
  });

  it('says why one may only look', async () => {
    renderGameDays([planned()], { at: '/7', decision: 'DENY' });
    expect(await screen.findByLabelText('Alarms are on')).toBeDisabled();
    const start = screen.getByRole('button', { name: 'Start' });
    await userEvent.hover(start);
    expect(
      await screen.findByRole('tooltip', {
        name: /You may not manage exercises of Payments/,
      }),
    ).toBeVisible();
  });

  it('says that there is none', async () => {
    renderGameDays([], { at: '/7' });
    expect(await screen.findByText('There is no such exercise')).toBeVisible();
  });
});
