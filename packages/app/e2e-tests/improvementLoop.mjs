// The loop of an improvement, as a person goes through it: filed on the page of
// its service, counted, closed in its tracker, judged as not having met its goal,
// and followed by an alternative.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { assertAccessible } from './accessibility.mjs';
import { api, openPage, root, until } from './portal.mjs';

const TITLE = 'Fail over without hands';
const ALTERNATIVE = 'Serve from both zones at once';
const CHAIN = 'Tried for the same goal, one after the other';

const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

/** Of a service, in the addresses of the API. */
export const pathOf = ({ entityRef }) => entityRef.replace(':', '/');

/** How many improvements of a service wait, as its page says. */
export const openCount = async service =>
  (await api(`/services/${pathOf(service)}`)).backlog?.openCount;

const improvementsOf = async ({ entityRef }) =>
  (await api(`/improvements?entityRef=${encodeURIComponent(entityRef)}`)).items;

const cardOf = page =>
  page.getByRole('region', { name: 'Improvement backlog' }).first();

const isCounted = (page, count) =>
  cardOf(page)
    .getByText(new RegExp(`\\b${count} open`))
    .waitFor();

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

/**
 * Goes through the loop.
 *
 * @param {object} options
 * @param {{ entityRef: string }} options.service whose improvements are to be
 * evaluated
 * @param {{ title: string, filed: (improvement: object) => Promise<void>, close: (ticket: object) => Promise<void> }} options.tracker
 * of the service: what it is called, what is to be seen there of a filed
 * improvement, and how a ticket is closed there
 * @param {string} options.picture what the names of its pictures begin with
 */
export async function goThroughLoop({ browser, service, tracker, picture }) {
  const openBefore = await openCount(service);
  const [kind, namespace, name] = service.entityRef.split(/[:/]/);
  const page = await openPage(browser, `/catalog/${namespace}/${kind}/${name}`);
  const take = what =>
    page.screenshot({ path: join(pictures, `${picture}-${what}.png`) });

  /** Sends what the dialog holds, and closes it; answers what it said. */
  async function fileIt(dialog) {
    await dialog.getByRole('button', { name: 'File it' }).click();
    const status = dialog.getByRole('status');
    await status.getByText(`Filed in ${tracker.title}`).waitFor();
    const said = await status.innerText();
    await take('filed');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    return said;
  }

  await isCounted(page, openBefore);

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
  await take('dialog');
  const said = await fileIt(filing);
  assert.match(said, new RegExp(TITLE));
  await isCounted(page, openBefore + 1);

  await openTab(page);
  await entryOf(page, { group: 'To be done', title: TITLE }).waitFor();
  const [filed] = await improvementsOf(service);
  assert.equal(filed.title, TITLE);
  assert.equal(filed.stage, 'open');
  assert.ok(said.includes(filed.ticket.key), said);
  await tracker.filed(filed);

  // Closed in the tracker.
  await tracker.close(filed.ticket);
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
  await take('judged');
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
  await fileIt(alternative);

  const chain = page.getByRole('list', { name: CHAIN }).first();
  await chain.getByText(ALTERNATIVE).waitFor();
  const steps = await chain
    .getByRole('listitem')
    .evaluateAll(items => items.map(item => item.innerText));
  assert.equal(steps.length, 2);
  assert.match(steps[0], /Goal not met[^]*Fail over without hands/);
  assert.match(steps[1], /Open[^]*Serve from both zones at once/);
  await chain.scrollIntoViewIfNeeded();
  await take('chain');
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
  await tracker.filed(all[0]);
  assert.equal(await openCount(service), openBefore + 1);
}
