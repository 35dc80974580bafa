// A game day from its plan to the proof that what it taught was learned, and
// readiness tests by people and by a pipeline.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible } from './accessibility.mjs';
import { fis } from './fisEndpoint.mjs';
import { openCount, pathOf } from './improvementLoop.mjs';
import {
  api,
  openBrowser,
  openPage,
  root,
  startPortal,
  until,
} from './portal.mjs';

const TITLE = 'Loss of a zone at noon';
const SLOW = 'The standby took 40 minutes to serve';
const SILENT = 'Nobody was paged';
const SOURCE = 'aws-fis:123456789012';

const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

let portal;
let browser;
/** Two services of one's own; the first one's improvements go to the built-in tracker. */
let services;

before(async () => {
  // A minute of an experiment takes three seconds.
  portal = await startPortal({ config: { awsFisLocal: { timeScale: 20 } } });
  browser = await openBrowser();
  services = await until("two services of one's own", twoServices, {
    timeoutMs: 300_000,
  });
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function twoServices() {
  const { items } = await api(
    '/services?owner=group:default/couriers&tier=1&sort=title&limit=50',
  );
  for (const service of items) {
    const trackers = await api(`/services/${pathOf(service)}/trackers`);
    const other = items.find(each => each !== service);
    if (trackers.items[0]?.builtIn && other) return [service, other];
  }
  return undefined;
}

const serviceOf = ({ entityRef }) => api(`/services/${pathOf({ entityRef })}`);

const post = (path, body) =>
  api(path, { method: 'POST', body: JSON.stringify(body) });

let keys = 0;
const newKey = () => `journey-${(keys += 1)}-${Date.now()}`;

/** Of `datetime-local`; the browser is in UTC. */
const minuteOf = instant => new Date(instant).toISOString().slice(0, 16);

async function startExperiment(tags) {
  const { experimentTemplate } = await fis('POST', '/experimentTemplates', {
    clientToken: newKey(),
    description: 'Power of a zone',
    roleArn: 'arn:aws:iam::123456789012:role/game-days',
    stopConditions: [{ source: 'none' }],
    actions: {
      wait: { actionId: 'aws:fis:wait', parameters: { duration: 'PT5M' } },
    },
    tags: {},
  });
  const { experiment } = await fis('POST', '/experiments', {
    clientToken: newKey(),
    experimentTemplateId: experimentTemplate.id,
    tags,
  });
  return experiment.id;
}

const sync = () => post(`/sources/${encodeURIComponent(SOURCE)}/sync`, {});

test('a game day is planned, held, and what it taught proven again', async () => {
  const [first, second] = services;
  const page = await openPage(browser, '/operational-excellence/game-days', {
    timezoneId: 'UTC',
  });
  const take = what =>
    page.screenshot({ path: join(pictures, `game-day-${what}.png`) });

  // Planned.
  await page
    .getByRole('link', { name: 'Plan an exercise' })
    .or(page.getByRole('button', { name: 'Plan an exercise' }))
    .first()
    .click();
  await page.getByLabel(/^Title/).waitFor();
  for (const { entityRef, title } of services) {
    await page.getByLabel(/^Services/).fill(title);
    await page.getByRole('option').filter({ hasText: entityRef }).click();
  }
  await page.getByLabel(/^Title/).fill(TITLE);
  await page.getByLabel(/^Begin/).fill(minuteOf(Date.now()));
  await page.getByLabel(/^End/).fill(minuteOf(Date.now() + 7_200_000));
  await page
    .getByRole('textbox', { name: 'Hypothesis' })
    .fill('A lost zone goes unnoticed');
  await page.getByLabel('It holds as long as').fill('p99 below 400 ms');
  await take('plan');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('heading', { name: TITLE }).first().waitFor();

  const [, exerciseId] = page.url().match(/game-days\/([\w-]{36})/);
  const planned = await api(`/exercises/${exerciseId}`);
  assert.equal(planned.stage, 'planned');
  assert.deepEqual(
    planned.services.map(({ entityRef }) => entityRef).sort(),
    [first.entityRef, second.entityRef].sort(),
  );

  // Held, with an experiment that is linked by its tag and followed live.
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Start', exact: true })
    .click();
  await page.getByText('Running').first().waitFor();
  const experimentId = await startExperiment({
    [planned.tag.key]: planned.tag.value,
    'backstage.io/entity-ref': first.entityRef,
  });
  await until('the experiment to be linked', async () => {
    await sync();
    const { experiments } = await api(`/exercises/${planned.id}`);
    return experiments.some(({ id }) => id === experimentId);
  });
  await page.getByText('linked by its tag').waitFor();
  await page.getByText('Power of a zone').first().waitFor();
  await take('running');
  await until('the experiment to have ended', async () => {
    await sync();
    const { experiments } = await api(`/exercises/${planned.id}`);
    return experiments.some(({ state }) => state === 'completed');
  });
  await page.getByText('Ran without guardrails').first().waitFor();

  await page
    .getByLabel('What happened')
    .fill('The alarm came after 12 minutes');
  await page.keyboard.press('Enter');
  await page.getByText('The alarm came after 12 minutes').waitFor();

  await page.getByRole('button', { name: 'End it' }).click();
  const ending = page.getByRole('dialog', { name: 'What came of it?' });
  await ending.getByRole('radio', { name: 'Hypothesis did not hold' }).check();
  await assertAccessible(page, ['[role="dialog"]']);
  await ending.getByRole('button', { name: 'Save the result' }).click();
  await ending.waitFor({ state: 'hidden' });
  await page.getByText('Hypothesis did not hold').first().waitFor();

  // The measure follows at once: of the first service, the experiment began last.
  const lastOf = async service => (await serviceOf(service)).gameDay.last;
  assert.equal((await lastOf(first)).id, experimentId);
  assert.equal((await lastOf(second)).id, planned.id);

  // What it taught.
  for (const [text, severity] of [
    [SLOW, 'High'],
    [SILENT, 'Medium'],
  ]) {
    await page.getByRole('button', { name: 'Add a finding' }).click();
    const finding = page.getByRole('dialog', { name: 'Add a finding' });
    await finding.getByRole('button', { name: /^Service/ }).click();
    await page.getByRole('option', { name: first.title, exact: true }).click();
    await finding.getByRole('button', { name: /^Severity/ }).click();
    await page.getByRole('option', { name: severity }).click();
    await finding.getByRole('textbox', { name: 'What was found' }).fill(text);
    await finding
      .getByRole('textbox', { name: 'Lesson' })
      .fill(`Measure it: ${text}`);
    await finding.getByRole('button', { name: 'Save it' }).click();
    await finding.waitFor({ state: 'hidden' });
    await page.getByText(text).first().waitFor();
  }
  await take('findings');
  const entryOf = text =>
    page.getByRole('listitem').filter({ hasText: text }).last();

  // One is filed as an improvement, and done.
  const openBefore = await openCount(first);
  await entryOf(SLOW)
    .getByRole('button', { name: /File improvement/ })
    .click();
  const filing = page.getByRole('dialog', { name: /^File an improvement/ });
  await filing.getByRole('button', { name: 'File it' }).click();
  await filing
    .getByRole('status')
    .getByText(/^Filed in/)
    .waitFor();
  await filing.getByRole('button', { name: 'Close' }).click();
  await entryOf(SLOW).getByText('Being improved').waitFor();
  assert.equal(await openCount(first), openBefore + 1);
  const findings = await api(`/findings?exerciseId=${planned.id}`);
  const slow = findings.items.find(({ text }) => text === SLOW);
  await api(`/tracker/tickets/${slow.improvement.ticketKey}/close`, {
    method: 'POST',
  });
  await until('the improvement to be done', async () => {
    const { stage } = await api(`/findings/${slow.id}`);
    return stage === 'retest-due';
  });

  // Rehearsed again, and proven.
  const again = await post('/exercises', {
    key: newKey(),
    kind: 'tabletop',
    title: 'The same once more',
    entityRefs: [first.entityRef],
    plannedStart: new Date().toISOString(),
    plannedEnd: new Date(Date.now() + 60_000).toISOString(),
  });
  await post(`/exercises/${again.id}/transition`, {
    to: 'held',
    version: again.version,
    startedAt: new Date().toISOString(),
    outcome: 'completed',
  });
  await page.reload();
  await entryOf(SLOW).getByText('Re-test due').waitFor();
  await entryOf(SLOW)
    .getByRole('button', { name: /^Re-test/ })
    .click();
  const retest = page.getByRole('dialog', { name: 'Re-test the finding' });
  await retest.getByRole('button', { name: /^What tested it again/ }).click();
  await page.getByRole('option', { name: /The same once more/ }).click();
  await retest.getByRole('radio', { name: 'It is fixed' }).check();
  await assertAccessible(page, ['[role="dialog"]']);
  await retest.getByRole('button', { name: 'Put it down' }).click();
  await retest.waitFor({ state: 'hidden' });
  await entryOf(SLOW).getByText('Closed').waitFor();
  await entryOf(SLOW).scrollIntoViewIfNeeded();
  await take('closed');
  assert.equal((await api(`/findings/${slow.id}`)).stage, 'closed');

  // What it taught is found by everybody.
  await page.goto(
    page
      .url()
      .replace(
        /\/operational-excellence\/.*/,
        '/operational-excellence/lessons',
      ),
  );
  await page.getByLabel('Search lessons').fill('standby serve');
  await page.getByText(`Measure it: ${SLOW}`).first().waitFor();
  await page.getByText(`Measure it: ${SILENT}`).waitFor({ state: 'hidden' });
  await take('lessons');
  await page.context().close();
});

test('readiness tests are run by people and reported by a pipeline', async () => {
  const [first, second] = services;
  const [kind, namespace, name] = first.entityRef.split(/[:/]/);
  const page = await openPage(
    browser,
    `/catalog/${namespace}/${kind}/${name}`,
    {
      timezoneId: 'UTC',
    },
  );
  const take = what =>
    page.screenshot({ path: join(pictures, `readiness-${what}.png`) });
  await page
    .getByRole('tab', { name: 'Operational excellence' })
    .or(
      page
        .locator('main, header')
        .getByRole('link', { name: 'Operational excellence' }),
    )
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Run a/ })
    .first()
    .click();
  const choosing = page.getByRole('dialog');
  await choosing.getByRole('radio').first().check();
  await choosing.getByRole('button', { name: /^(Start|Begin|Resume)/ }).click();
  await page.waitForURL(/readiness-tests\//);
  const id = page.url().match(/readiness-tests\/([^/?#]+)/)[1];
  const { content } = await api(`/readiness-tests/${id}`);
  assert.equal(content.id, 'production-readiness');
  const all = content.sections.flatMap(section => section.items);
  const condition = all.find(({ blocking }) => !blocking);

  // Somebody else answers all but one meanwhile.
  for (const item of all.filter(each => each !== condition)) {
    await api(`/readiness-tests/${id}/answers/${item.id}`, {
      method: 'PUT',
      body: JSON.stringify({
        version: 0,
        value: 'yes',
        evidence:
          item.evidence === 'required'
            ? [{ title: 'Dashboard', url: 'https://dashboards.example.com/1' }]
            : [],
      }),
    });
  }
  await page.reload();
  const item = page
    .getByRole('group', { name: condition.question })
    .or(page.getByRole('radiogroup', { name: condition.question }))
    .first();
  await item.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByText('All saved').first().waitFor();
  await take('running');
  await page
    .getByRole('button', { name: /^Finish/ })
    .first()
    .click();
  await until('the verdict', async () => {
    const { state, verdict } = await api(`/readiness-tests/${id}`);
    return state === 'finished' && verdict === 'conditional';
  });
  await page.getByText('passed with conditions').first().waitFor();
  await take('finished');
  await page.context().close();
  const own = await serviceOf(first);
  assert.equal(own.readinessTest.verdict, 'conditional');

  // A pipeline reports another one, in two parts, twice.
  const report = body =>
    api('/readiness-reports/build-1', {
      method: 'PUT',
      body: JSON.stringify({
        entityRef: second.entityRef,
        template: 'production-readiness',
        ...body,
      }),
    });
  const answer = (each, value) => [
    each.id,
    {
      value,
      evidence: [{ title: 'Build 1', url: 'https://builds.example.com/1' }],
    },
  ];
  const blocking = all.find(each => each.blocking);
  await report({ answers: Object.fromEntries([answer(blocking, 'no')]) });
  const rest = {
    answers: Object.fromEntries(
      all.filter(each => each !== blocking).map(each => answer(each, 'yes')),
    ),
    finish: true,
  };
  const reported = await report(rest);
  assert.equal((await report(rest)).id, reported.id);
  assert.equal(reported.verdict, 'fail');
  const failing = await api(
    '/services?measure=readinessTest&state=failing&limit=200',
  );
  assert.ok(
    failing.items.some(({ entityRef }) => entityRef === second.entityRef),
  );
});
