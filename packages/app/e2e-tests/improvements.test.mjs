// The loop of an improvement: filed on the page of its service into the built-in
// tracker, counted, closed there, judged as not having met its goal, and followed
// by an alternative.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible } from './accessibility.mjs';
import {
  api,
  openBrowser,
  openPage,
  root,
  startPortal,
  until,
} from './portal.mjs';

const TITLE = 'Fail over without hands';
const ALTERNATIVE = 'Serve from both zones at once';
const CHAIN = 'Tried for the same goal, one after the other';

const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

let portal;
let browser;

before(async () => {
  portal = await startPortal();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

const pathOf = ({ entityRef }) => {
  const [kind, rest] = entityRef.split(':');
  return `${kind}/${rest}`;
};

const openCount = async service =>
  (await api(`/services/${pathOf(service)}`)).backlog?.openCount;

/** A service whose improvements are to be evaluated, in the built-in tracker. */
async function evaluatedService() {
  const { items } = await api(
    '/services?owner=group:default/couriers&tier=1&sort=-backlogAge&limit=50',
  );
  for (const service of items) {
    const trackers = await api(`/services/${pathOf(service)}/trackers`);
    if (trackers.items[0]?.builtIn && (await openCount(service)) > 0) {
      return service;
    }
  }
  return undefined;
}

const cardOf = page =>
  page.getByRole('region', { name: 'Improvement backlog' }).first();

async function openTab(page) {
  await page
    .getByRole('tab', { name: 'Operational excellence' })
    .or(
      page
        .locator('main, header')
        .getByRole('link', { name: 'Operational excellence' }),
    )
    .first()
    .click();
}

/** An improvement in the loop, below what it needs next. */
const entryOf = (page, { group, title }) =>
  page
    .getByRole('list', { name: group })
    .getByRole('listitem')
    .filter({ hasText: title })
    .first();

/** Sends what the dialog holds, and closes it; answers what it said. */
async function fileIt(page, dialog) {
  await dialog.getByRole('button', { name: 'File it' }).click();
  const status = dialog.getByRole('status');
  await status.getByText('Filed in Built-in tracker').waitFor();
  const said = await status.innerText();
  await page.screenshot({ path: join(pictures, 'improvement-filed.png') });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'hidden' });
  return said;
}

const improvementsOf = async ({ entityRef }) =>
  (await api(`/improvements?entityRef=${encodeURIComponent(entityRef)}`)).items;

test('an improvement is filed, done, judged, and followed by an alternative', async () => {
  const service = await until(
    'a service that waits for improvements',
    evaluatedService,
    { timeoutMs: 300_000 },
  );
  const openBefore = await openCount(service);
  const [, rest] = service.entityRef.split(':');
  const [namespace, name] = rest.split('/');
  const page = await openPage(
    browser,
    `/catalog/${namespace}/component/${name}`,
  );
  await cardOf(page)
    .getByText(new RegExp(`\\b${openBefore} open`))
    .waitFor();

  // Filed from the card, and counted at once.
  await page.getByRole('button', { name: 'File improvement' }).first().click();
  const filing = page.getByRole('dialog', { name: /^File an improvement/ });
  await filing.getByLabel(/^Title/).fill(TITLE);
  await filing
    .getByRole('textbox', { name: 'Description' })
    .fill('The last **game day** showed it.');
  await filing
    .getByLabel(/^What will be measured/)
    .fill('Minutes until the standby serves');
  await filing.getByLabel('From').fill('45');
  await filing.getByLabel(/^To/).fill('1');
  await assertAccessible(page, ['[role="dialog"]']);
  await page.screenshot({ path: join(pictures, 'improvement-dialog.png') });
  const said = await fileIt(page, filing);
  assert.match(said, new RegExp(TITLE));
  await cardOf(page)
    .getByText(new RegExp(`\\b${openBefore + 1} open`))
    .waitFor();

  await openTab(page);
  await entryOf(page, { group: 'To be done', title: TITLE }).waitFor();
  const [filed] = await improvementsOf(service);
  assert.equal(filed.title, TITLE);
  assert.equal(filed.stage, 'open');
  assert.match(said, new RegExp(filed.ticket.key));

  // Closed in the tracker.
  await api(`/tracker/tickets/${filed.ticket.key}/close`, { method: 'POST' });
  await until('the portal to know that it is done', async () => {
    const [improvement] = await improvementsOf(service);
    return improvement.stage === 'evaluation-due';
  });
  assert.equal(await openCount(service), openBefore);
  await page.reload();
  const due = entryOf(page, { group: 'To be evaluated', title: TITLE });
  await due.getByText('Evaluation due').waitFor();

  // Judged as not met.
  await due.getByRole('button', { name: /^Evaluate/ }).click();
  const judging = page.getByRole('dialog', {
    name: /^Evaluate the improvement/,
  });
  await judging.getByRole('radio', { name: 'Goal not met' }).check();
  await judging.getByRole('radio', { name: /^Yes/ }).check();
  await judging.getByLabel('Measured result').fill('20');
  await assertAccessible(page, ['[role="dialog"]']);
  await page.screenshot({ path: join(pictures, 'improvement-judged.png') });
  await judging
    .getByRole('button', { name: 'Save and file an alternative' })
    .click();

  // Followed by an alternative.
  const alternative = page.getByRole('dialog', {
    name: /^File an alternative/,
  });
  await alternative.getByLabel(/^Title/).waitFor();
  assert.match(
    await alternative.getByLabel(/^Title/).inputValue(),
    /Fail over/,
  );
  await alternative.getByLabel(/^Title/).fill(ALTERNATIVE);
  await fileIt(page, alternative);

  const chain = page.getByRole('list', { name: CHAIN }).first();
  await chain.getByText(ALTERNATIVE).waitFor();
  const steps = await chain
    .getByRole('listitem')
    .evaluateAll(items => items.map(item => item.innerText));
  assert.equal(steps.length, 2);
  assert.match(steps[0], /Goal not met[^]*Fail over without hands/);
  assert.match(steps[1], /Open[^]*Serve from both zones at once/);
  await chain.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, 'improvement-chain.png') });
  await page.context().close();

  const all = await improvementsOf(service);
  assert.deepEqual(
    all.map(({ alternativeTo, stage, title }) => ({
      alternativeTo,
      stage,
      title,
    })),
    [
      { alternativeTo: filed.id, stage: 'open', title: ALTERNATIVE },
      { alternativeTo: null, stage: 'not-met', title: TITLE },
    ],
  );
  assert.equal(await openCount(service), openBefore + 1);
});
