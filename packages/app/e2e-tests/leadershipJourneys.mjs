// What leadership does besides reading the scorecard: sees whether practice gets
// better, sets a goal and keeps its result, and tries another policy.
import assert from 'node:assert/strict';
import { assertAccessible } from './accessibility.mjs';
import { api, openPage, until } from './portal.mjs';
import { listedServices } from './scorecard.mjs';

const TITLE = 'Every tier 1 service is tested';
const NOTE = 'What is left was handed to the owners.';
const CONTENT = ['article'];

const asNumber = text => Number(text.replaceAll(/[^\d]/g, ''));

/** As many services as were counted, in the list that a number opened. */
async function hasListed(page, services) {
  await listedServices(page);
  await page
    .getByRole('status')
    .filter({ hasText: new RegExp(`^${services} services?$`) })
    .waitFor();
}

/** From the most improved group to its days, and to its scorecard. */
export async function goThroughTrends(browser) {
  const movers = await until('a year to be counted', async () => {
    const answer = await api('/history/movers?by=owner&days=365');
    return answer.improved.length > 0 && answer;
  });
  const [best] = movers.improved;

  const page = await openPage(browser, '/operational-excellence');
  await page.getByRole('tab', { name: 'Trends' }).click();
  await page.getByRole('button', { name: '365 days' }).click();
  const groups = page.getByRole('list', { name: 'Most improved' });
  await groups.waitFor();
  const expected = movers.improved.map(({ title }) => `Trend of ${title}`);
  await until('the movers of a year', async () => {
    const shown = await groups
      .getByRole('link', { name: /^Trend of/ })
      .evaluateAll(links => links.map(link => link.ariaLabel));
    assert.deepEqual(shown, expected);
    return true;
  });
  await assertAccessible(page, CONTENT);

  await groups
    .getByRole('link', { name: `Trend of ${best.title}`, exact: true })
    .click();
  await page.waitForURL(/key=/);
  await page.getByRole('heading', { name: best.title, level: 2 }).waitFor();
  const toDay = movers.to;
  const { points } = await api(
    `/history?by=owner&key=${encodeURIComponent(
      best.key,
    )}&from=${toDay}&to=${toDay}`,
  );
  await page
    .getByRole('img', {
      name: new RegExp(
        `^Open improvements on each day .* ${points[0].openCount} on the last`,
      ),
    })
    .waitFor();
  await page.getByRole('link', { name: 'Open the scorecard' }).click();
  await page.getByRole('region', { name: 'Overall' }).waitFor();
  assert.deepEqual(new URL(page.url()).searchParams.getAll('owner'), [
    best.key,
  ]);
  await page.context().close();
}

/** A goal is set, who is left is counted and listed, and its result is kept. */
export async function goThroughInitiative(browser) {
  const page = await openPage(browser, '/operational-excellence');
  await page.getByRole('tab', { name: 'Initiatives' }).click();
  await page.getByRole('button', { name: 'Start an initiative' }).click();
  const form = page.getByRole('dialog', { name: 'Start an initiative' });
  await form.getByLabel(/^Title/).fill(TITLE);
  await form.getByRole('button', { name: /^Measure/ }).click();
  await page.getByRole('option', { name: 'Readiness test' }).click();
  const due = new Date(Date.now() + 30 * 86_400_000);
  await form.getByLabel(/^Until/).fill(due.toISOString().slice(0, 10));
  await form.getByRole('textbox', { name: 'Tier' }).fill('1');
  await page.getByRole('option', { name: /^1 \(/ }).click();
  // Closes the list.
  await form.getByLabel(/^Title/).click();
  const counted = form.getByText(/services are part of it/);
  await counted.waitFor();
  const services = asNumber(await counted.innerText());
  await assertAccessible(page, ['[role="dialog"]']);
  await form.getByRole('button', { name: 'Start it' }).click();

  await page.getByRole('heading', { name: TITLE }).waitFor();
  const [started] = (await api('/initiatives?limit=50')).items.filter(
    ({ title }) => title === TITLE,
  );
  assert.equal(started.progress.services, services);
  assert.ok(started.progress.reached < services, 'the demo is not that good');
  await assertAccessible(page, CONTENT);
  const address = page.url();

  // Each number opens exactly the list that it counts.
  const left = page
    .locator('dl > div')
    .filter({ hasText: 'Left to do' })
    .getByRole('link');
  const leftToDo = asNumber(await left.innerText());
  assert.ok(leftToDo > 0);
  await left.click();
  await hasListed(page, leftToDo);

  await page.goto(address);
  await page.getByRole('button', { name: 'Close it' }).click();
  const closing = page.getByRole('dialog', { name: 'Close the initiative?' });
  await closing.getByLabel(/^What came of it/).fill(NOTE);
  await closing.getByRole('button', { name: 'Close the initiative' }).click();
  await page.getByText(/^As it was when it was closed/).waitFor();
  await page.getByText(NOTE).waitFor();
  const closed = await api(`/initiatives/${started.id}`);
  assert.equal(closed.state, 'closed');
  assert.deepEqual(closed.progress, started.progress);
  await page.context().close();
}

/** Another policy is tried, and leads to the services that it would change. */
export async function goThroughPreview(browser) {
  const page = await openPage(browser, '/operational-excellence');
  await page.getByRole('tab', { name: 'Policies' }).click();
  await page.getByRole('link', { name: 'Try a change' }).click();
  const text = page.getByLabel('Policies, as YAML or JSON');
  await text.waitFor();
  const present = await text.inputValue();
  const tried = present.replaceAll(/maxAge: .*/g, 'maxAge: P1D');
  assert.notEqual(tried, present);
  await text.fill(tried);
  await assertAccessible(page, CONTENT);
  await page.getByRole('button', { name: 'See what would change' }).click();

  const changes = page.getByRole('table', { name: 'Changes of state' });
  await changes.waitFor();
  await assertAccessible(page, CONTENT);
  const link = changes
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader', { name: 'Improvement backlog' }),
    })
    .first()
    .getByRole('link');
  const services = asNumber(await link.innerText());
  await link.click();
  await page.waitForURL(/measure=backlog/);
  const list = page.getByRole('list', { name: 'Services that would change' });
  const more = page.getByRole('button', { name: 'Load more' });
  await list.waitFor();
  await until('all of its services to be listed', async () => {
    if (await more.isVisible()) await more.click();
    return (await list.locator('> li').count()) === services;
  });
  await page.context().close();
}
