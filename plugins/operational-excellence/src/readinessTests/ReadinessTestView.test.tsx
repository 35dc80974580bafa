import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReadinessTestDetail } from 'backstage-plugin-operational-excellence-common';
import {
  accessibilityViolations,
  daysAgo,
  FakeOperationalExcellenceApi,
  finishedReadinessTest,
  overdueService,
  permissionsThat,
  readinessAnswer,
  readinessTemplate,
  readinessTest,
  refusal,
  renderWithApi,
} from '../__testUtils__';
import { ReadinessTestView } from './ReadinessTestView';

jest.setTimeout(60_000);

const ALARMS = 'Is there an alarm for each promise to users?';
const RESTORE = 'Was a backup restored?';
const PATIENCE = { timeout: 20_000 };

function renderTest(
  test: ReadinessTestDetail,
  options: {
    others?: ReadinessTestDetail[];
    decision?: 'ALLOW' | 'DENY';
    storage?: StorageApi;
    api?: FakeOperationalExcellenceApi;
    url?: string;
  } = {},
) {
  const api =
    options.api ??
    new FakeOperationalExcellenceApi({
      services: [overdueService()],
      readinessTests: [test, ...(options.others ?? [])],
    });
  const rendered = renderWithApi(<ReadinessTestView id={test.id} />, api, {
    permissions: permissionsThat(options.decision ?? 'ALLOW'),
    storage: options.storage,
    url: options.url,
  });
  return { api, ...rendered };
}

/** Another service, for what was decided on one is remembered for a while. */
function ofDeniedService(test: ReadinessTestDetail): ReadinessTestDetail {
  return { ...test, entityRef: 'component:default/denied' };
}

/** The part of the page that is about an item. */
async function item(question: string) {
  const article = await screen.findByRole(
    'article',
    { name: question },
    PATIENCE,
  );
  return within(article);
}

const answered = readinessTest('1', {
  answers: [
    readinessAnswer('alarms', {
      evidence: [{ title: 'List', url: 'https://alarms.example.com' }],
    }),
    readinessAnswer('dashboards'),
    readinessAnswer('restore', { value: 'no' }),
  ],
});

beforeAll(() => {
  // jsdom lays nothing out, and so does not scroll.
  Element.prototype.scrollIntoView = () => {};
});

describe('a readiness test that is run', () => {
  it('saves each answer as one goes, and tells how far one is', async () => {
    const { api, container } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    expect(screen.getByText('0 of 3 answered')).toBeVisible();
    await userEvent.click(restore.getByRole('radio', { name: 'No' }));
    expect(await restore.findByText('Saved', {}, PATIENCE)).toBeVisible();
    expect(screen.getByText('1 of 3 answered, 1 failing')).toBeVisible();
    await userEvent.type(restore.getByLabelText('Note'), 'Soon');
    await userEvent.tab();
    await waitFor(
      () =>
        expect(api.callsOf('answerReadinessItem')).toEqual([
          [
            '1',
            'restore',
            { version: 0, value: 'no', note: null, evidence: [] },
          ],
          [
            '1',
            'restore',
            { version: 1, value: 'no', note: 'Soon', evidence: [] },
          ],
        ]),
      PATIENCE,
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('is answered with the keyboard alone', async () => {
    const { api } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    act(() => restore.getByRole('radio', { name: 'Yes' }).focus());
    await userEvent.keyboard('[Space]');
    await waitFor(
      () => expect(restore.getByText('Saved')).toBeVisible(),
      PATIENCE,
    );
    expect(api.callsOf('answerReadinessItem')[0][2]).toMatchObject({
      value: 'yes',
    });
  });

  it('shows what there is to know of an item', async () => {
    renderTest(readinessTest('1'));
    const alarms = await item(ALARMS);
    for (const mark of ['Blocking', 'High risk', 'Evidence required']) {
      expect(alarms.getByText(mark)).toBeVisible();
    }
    expect(alarms.getByText('list')).toHaveAttribute(
      'href',
      'https://docs.example.com/alarms',
    );
    const dashboards = await item('Is there a dashboard?');
    expect(dashboards.getByText('Automatic')).toBeVisible();
  });

  it('refuses an address that is none, at the field', async () => {
    const { api } = renderTest(readinessTest('1'));
    const alarms = await item(ALARMS);
    await userEvent.click(alarms.getByRole('radio', { name: 'Yes' }));
    expect(alarms.getByText('Add a link that proves it.')).toBeVisible();
    await userEvent.click(alarms.getByRole('button', { name: 'Add a link' }));
    await userEvent.type(alarms.getByLabelText('Title'), 'List');
    await userEvent.type(alarms.getByLabelText('Address'), 'ftp://a.example');
    expect(alarms.getByLabelText('Address')).toBeValid();
    await userEvent.tab();
    await userEvent.tab();
    expect(alarms.getByLabelText('Address')).toBeInvalid();
    expect(
      alarms.getByText(/not an address that begins with https/),
    ).toBeVisible();
    expect(
      alarms.getByText('Not saved yet: correct what is marked.'),
    ).toBeVisible();
    await userEvent.clear(alarms.getByLabelText('Address'));
    await userEvent.type(alarms.getByLabelText('Address'), 'https://a.example');
    await waitFor(
      () =>
        expect(api.callsOf('answerReadinessItem').pop()?.[2]).toMatchObject({
          evidence: [{ title: 'List', url: 'https://a.example' }],
        }),
      PATIENCE,
    );
  });

  it('says what could not be saved, and saves it on another try', async () => {
    const { api } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    api.fail('answerReadinessItem', await refusal(503, 'The database is away'));
    await userEvent.click(restore.getByRole('radio', { name: 'Yes' }));
    expect(await restore.findByRole('alert', {}, PATIENCE)).toHaveTextContent(
      'Not saved; nothing you typed is lost. The database is away',
    );
    expect(screen.getByText('1 answer is not saved')).toBeVisible();
    api.fail('answerReadinessItem', undefined);
    await userEvent.click(
      restore.getByRole('button', { name: `Try again to save: ${RESTORE}` }),
    );
    expect(await restore.findByText('Saved', {}, PATIENCE)).toBeVisible();
    expect(screen.getByText('All saved')).toBeVisible();
  });

  it('brings back what was typed before a reload, and saves it', async () => {
    const storage = mockApis.storage();
    const first = renderTest(readinessTest('1'), { storage });
    const restore = await item(RESTORE);
    first.api.fail('answerReadinessItem', await refusal(503, 'Away'));
    await userEvent.click(restore.getByRole('radio', { name: 'Yes' }));
    await userEvent.type(restore.getByLabelText('Note'), 'In May');
    await restore.findByRole('alert', {}, PATIENCE);
    window.dispatchEvent(new Event('pagehide'));
    first.unmount();

    const { api } = renderTest(readinessTest('1'), { storage });
    expect(
      await screen.findByText(
        /1 answer that you typed earlier was not saved yet/,
        {},
        PATIENCE,
      ),
    ).toBeVisible();
    const again = await item(RESTORE);
    expect(again.getByLabelText('Note')).toHaveValue('In May');
    expect(await again.findByText('Saved', {}, PATIENCE)).toBeVisible();
    expect((await api.readinessTests.get('1')).answers).toEqual([
      expect.objectContaining({ value: 'yes', note: 'In May' }),
    ]);
  });

  it('shows theirs and mine where somebody else was faster', async () => {
    const { api, container } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    api.readinessTests.answerBy('user:default/bob', '1', 'restore', {
      value: 'no',
      note: 'It failed in June',
    });
    await userEvent.click(restore.getByRole('radio', { name: 'Yes' }));
    const conflict = within(await restore.findByRole('alert', {}, PATIENCE));
    expect(conflict.getByText('It failed in June')).toBeVisible();
    expect(conflict.getByText('bob')).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
    await userEvent.click(conflict.getByRole('button', { name: 'Use mine' }));
    expect(await restore.findByText('Saved', {}, PATIENCE)).toBeVisible();
    expect((await api.readinessTests.get('1')).answers[0]).toMatchObject({
      value: 'yes',
      version: 2,
    });
  });

  it('takes over what others answer, every few seconds', async () => {
    const { api } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    api.readinessTests.answerBy('user:default/bob', '1', 'restore', {
      value: 'not-applicable',
    });
    // One comes back to the page.
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await waitFor(
      () =>
        expect(
          restore.getByRole('radio', { name: 'Not applicable' }),
        ).toBeChecked(),
      PATIENCE,
    );
    expect(restore.getByText('bob')).toBeVisible();
  });

  it('goes on where the test cannot be read again', async () => {
    const { api } = renderTest(readinessTest('1'));
    const restore = await item(RESTORE);
    await userEvent.click(restore.getByRole('radio', { name: 'Yes' }));
    api.fail('getReadinessTest', new Error('Failed to fetch'));
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(
      await screen.findByText(
        /What others answer cannot be read: Failed to fetch/,
        {},
        PATIENCE,
      ),
    ).toBeVisible();
    expect(restore.getByRole('radio', { name: 'Yes' })).toBeChecked();
  });

  it('cannot be finished before all is answered, and leads to what is missing', async () => {
    const { api } = renderTest(
      readinessTest('1', { answers: [readinessAnswer('alarms')] }),
    );
    await item(ALARMS);
    expect(screen.getByText('3 items stand against finishing:')).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: ALARMS }));
    expect(screen.getByRole('article', { name: ALARMS })).toHaveFocus();
    await userEvent.click(
      screen.getByRole('button', { name: 'Finish the test' }),
    );
    expect(api.callsOf('finishReadinessTest')).toEqual([]);
  });

  it('is finished with the verdict that was shown before', async () => {
    const { api } = renderTest(answered);
    await item(ALARMS);
    expect(screen.getByText('passed with conditions')).toBeVisible();
    await userEvent.type(screen.getByLabelText('Summary'), 'Nearly');
    await userEvent.click(
      screen.getByRole('button', { name: 'Finish the test' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Result' }, PATIENCE),
    ).toBeVisible();
    expect(api.callsOf('finishReadinessTest')).toEqual([
      ['1', { version: 1, summary: 'Nearly' }],
    ]);
    expect(screen.getByText('2 yes, 1 no, 0 not applicable')).toBeVisible();
  });

  it('is not finished where others changed the verdict meanwhile', async () => {
    const { api } = renderTest(answered);
    await item(ALARMS);
    api.readinessTests.answerBy('user:default/bob', '1', 'alarms', {
      value: 'no',
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Finish the test' }),
    );
    expect(
      await screen.findByText(/Look at the verdict again/, {}, PATIENCE),
    ).toBeVisible();
    expect(screen.getByText('failed')).toBeVisible();
    expect(api.callsOf('finishReadinessTest')).toEqual([]);
  });

  it('keeps what was typed where finishing fails', async () => {
    const { api } = renderTest(answered);
    await item(ALARMS);
    await userEvent.type(screen.getByLabelText('Summary'), 'Nearly');
    api.fail('finishReadinessTest', await refusal(409, 'bob was faster'));
    await userEvent.click(
      screen.getByRole('button', { name: 'Finish the test' }),
    );
    expect(
      await screen.findByText(/nothing you typed is lost. bob was faster/),
    ).toBeVisible();
    expect(screen.getByLabelText('Summary')).toHaveValue('Nearly');
  });

  it('keeps what could not be saved where somebody else ends the test', async () => {
    const { api } = renderTest(answered);
    const restore = await item(RESTORE);
    api.readinessTests.changeBy('1', {
      state: 'finished',
      verdict: 'conditional',
      performedAt: daysAgo(0),
    });
    await userEvent.type(restore.getByLabelText('Note'), 'Mine');
    await userEvent.tab();
    act(() => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const alert = within(
      (
        await screen.findByText('1 answer of yours was not saved', {}, PATIENCE)
      ).closest('[role="alert"]') as HTMLElement,
    );
    expect(alert.getByText('Mine')).toBeVisible();
    await userEvent.click(
      alert.getByRole('button', { name: `Discard your answer to: ${RESTORE}` }),
    );
    expect(
      screen.queryByText('1 answer of yours was not saved'),
    ).not.toBeInTheDocument();
  });

  it('is discarded once one has said so twice', async () => {
    const { api } = renderTest(readinessTest('1'));
    await item(ALARMS);
    await userEvent.click(
      screen.getByRole('button', { name: 'Discard the test' }),
    );
    expect(api.callsOf('discardReadinessTest')).toEqual([]);
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', {
        name: 'Discard it',
      }),
    );
    expect(
      await screen.findByText(/This test was discarded/, {}, PATIENCE),
    ).toBeVisible();
  });

  it('shows the answers to whoever may not change them, and says why', async () => {
    renderTest(ofDeniedService(answered), { decision: 'DENY' });
    const restore = await item(RESTORE);
    expect(restore.getByText('No')).toBeVisible();
    expect(screen.queryByRole('radio')).not.toBeInTheDocument();
    expect(
      screen.getByText(/operational-excellence.readiness-test.perform/),
    ).toBeVisible();
  });

  it('says what has become of its template, and why it was returned', async () => {
    renderTest(
      readinessTest('1', {
        outdated: true,
        signOff: {
          by: 'user:default/lead',
          at: daysAgo(1),
          decision: 'returned',
          comment: 'Show the restore',
        },
      }),
    );
    await item(ALARMS);
    expect(screen.getByText(/template was changed since/)).toBeVisible();
    expect(screen.getByText('Show the restore')).toBeVisible();
  });

  it('goes on where its template was removed', async () => {
    renderTest(readinessTest('1', { templateRemoved: true }));
    await item(ALARMS);
    expect(screen.getByText(/The test can still be finished/)).toBeVisible();
  });

  it('says where there is none', async () => {
    const api = new FakeOperationalExcellenceApi();
    renderTest(readinessTest('1'), { api });
    expect(
      await screen.findByText('There is no such readiness test', {}, PATIENCE),
    ).toBeVisible();
  });
});

describe('a readiness test that waits for its sign-off', () => {
  const waiting = () =>
    finishedReadinessTest('1', {
      state: 'awaiting-sign-off',
      content: readinessTemplate({ signOff: true }),
    });

  it('counts once it is accepted', async () => {
    const { api } = renderTest(waiting());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Accept' }, PATIENCE),
    );
    expect(await screen.findByText('Finished', {}, PATIENCE)).toBeVisible();
    expect(api.callsOf('signOffReadinessTest')).toEqual([
      ['1', { version: 1, decision: 'accepted', comment: null }],
    ]);
  });

  it('is returned with a reason only', async () => {
    const { api } = renderTest(waiting());
    const press = async () =>
      userEvent.click(
        await screen.findByRole('button', { name: 'Return' }, PATIENCE),
      );
    await press();
    expect(screen.getByText('Say why you return it.')).toBeVisible();
    expect(api.callsOf('signOffReadinessTest')).toEqual([]);
    await userEvent.type(screen.getByLabelText('Comment'), 'Restore it');
    await press();
    expect(
      await screen.findByRole('heading', { name: 'Finish' }, PATIENCE),
    ).toBeVisible();
    expect(screen.getByText('Restore it')).toBeVisible();
  });

  it('is not signed off by whoever may not', async () => {
    renderTest(ofDeniedService(waiting()), { decision: 'DENY' });
    expect(
      await screen.findByText(
        /operational-excellence.readiness-test.sign-off/,
        {},
        PATIENCE,
      ),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Accept' }),
    ).not.toBeInTheDocument();
  });
});

describe('a finished readiness test', () => {
  it('shows its verdict, its answers and their evidence', async () => {
    const { container } = renderTest(finishedReadinessTest('1'));
    const alarms = await item(ALARMS);
    expect(screen.getByText('passed with conditions')).toBeVisible();
    expect(screen.getByText('1 yes, 1 no, 1 not applicable')).toBeVisible();
    expect(alarms.getByText('One for each.')).toBeVisible();
    expect(alarms.getByRole('link', { name: /Alarm list/ })).toHaveAttribute(
      'href',
      'https://alarms.example.com/payments',
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('leads from a failing item to a finding, and on to an improvement', async () => {
    const { api } = renderTest(finishedReadinessTest('1'));
    const restore = await item(RESTORE);
    await userEvent.click(
      restore.getByRole('button', { name: `Add finding ${RESTORE}` }),
    );
    const dialog = within(await screen.findByRole('dialog', {}, PATIENCE));
    await userEvent.click(
      await dialog.findByLabelText(/^Severity/, {}, PATIENCE),
    );
    await userEvent.click(screen.getByRole('option', { name: 'High' }));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /found/ }),
      'Never restored',
    );
    await userEvent.click(dialog.getByRole('button', { name: /^Add|^Save/ }));
    expect(
      await restore.findByText('Never restored', {}, PATIENCE),
    ).toBeVisible();
    expect(api.callsOf('createFinding')).toEqual([
      [
        expect.objectContaining({
          entityRef: 'component:default/payments',
          readinessTestId: '1',
          readinessItemId: 'restore',
          severity: 'high',
          text: 'Never restored',
        }),
      ],
    ]);
    await userEvent.click(
      restore.getByRole('button', { name: 'File improvement' }),
    );
    expect(await screen.findByLabelText(/^Title/, {}, PATIENCE)).toHaveValue(
      'Never restored',
    );
  });

  it('is compared with the one before', async () => {
    renderTest(finishedReadinessTest('2', { previousId: '1' }), {
      others: [
        finishedReadinessTest('1', {
          verdict: 'pass',
          performedAt: daysAgo(200),
          answers: [
            readinessAnswer('alarms', { value: 'no' }),
            readinessAnswer('dashboards', { value: 'not-applicable' }),
            readinessAnswer('restore', { value: 'yes' }),
          ],
        }),
      ],
    });
    const better = await screen.findByText('Better', {}, PATIENCE);
    const entry = better.closest('li') as HTMLElement;
    expect(entry).toHaveTextContent(`${ALARMS}ThenNoNowYes`);
    expect(screen.getByText('Worse')).toBeVisible();
    expect(screen.queryByText('Unchanged')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('checkbox', { name: /Show unchanged/ }),
    );
    expect(screen.getByText('Unchanged')).toBeVisible();
  });

  it('is printed with every answer and the addresses of the evidence', async () => {
    renderTest(finishedReadinessTest('1'));
    await item(ALARMS);
    expect(screen.queryByRole('heading', { level: 1 })).not.toBeInTheDocument();
    act(() => {
      window.dispatchEvent(new Event('beforeprint'));
    });
    expect(
      screen.getByRole('heading', {
        level: 1,
        name: 'Production readiness of Payments',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Alarm list: https://alarms.example.com/payments'),
    ).toBeInTheDocument();
    act(() => {
      window.dispatchEvent(new Event('afterprint'));
    });
    expect(screen.queryByRole('heading', { level: 1 })).not.toBeInTheDocument();
  });

  it('says where only the result was put down', async () => {
    renderTest(
      finishedReadinessTest('1', { content: null, answers: [], itemCount: 0 }),
    );
    expect(
      await screen.findByText(/Only the result of this test was put down/),
    ).toBeVisible();
  });
});
