// The portal as it starts from a bare clone: from the catalog to a service's
// card, its tab, the scorecard sorted by backlog age and filtered by team, with
// figures that are recomputed from the tickets.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible } from './accessibility.mjs';
import {
  goThroughInitiative,
  goThroughPreview,
  goThroughTrends,
} from './leadershipJourneys.mjs';
import { goThroughOrganisation } from './organisationJourney.mjs';
import {
  api,
  frontendUrl,
  openBrowser,
  openPage,
  root,
  startPortal,
  until,
} from './portal.mjs';
import { listedServices } from './scorecard.mjs';

const DAY_MS = 86_400_000;
const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

let portal;
let browser;

before(async () => {
  portal = await startPortal();
  browser = await openBrowser();
  await until(
    'the demo to be seeded and counted',
    async () => {
      const { state } = await api('/services/facets');
      const { totalItems } = await api('/experiments?limit=1');
      // What the demo is seeded with last.
      const exercises = await api('/exercises?limit=1');
      const seen = new Set(state.map(each => each.state));
      return (
        totalItems > 20 &&
        exercises.totalItems > 0 &&
        ['failing', 'overdue', 'ok'].every(s => seen.has(s))
      );
    },
    { timeoutMs: 300_000 },
  );
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function allTickets(entityRef, query) {
  const [kind, rest] = entityRef.split(':');
  const items = [];
  let cursor;
  do {
    const page = await api(
      `/services/${kind}/${rest}/tickets?${query}&limit=200${
        cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      }`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

/** Of the services that the guest's team owns, the one that waits the longest. */
async function oldestService() {
  const { items } = await api(
    '/services?sort=-backlogAge&owner=group:default/couriers&measure=backlog&state=overdue&limit=1',
  );
  return items[0];
}

const BACKLOG_LINE = ['section[aria-label="Improvement backlog"]'];
const SCORECARD = [
  '[aria-label="How services stand"]',
  '[aria-label="Filters"]',
  '[aria-label="Scorecard"]',
];

const cardOf = page =>
  page.getByRole('region', { name: 'Improvement backlog' }).first();

test('every state of the design occurs in the demo', async () => {
  const states = new Set();
  for (const measure of ['backlog', 'gameDay', 'readinessTest']) {
    const { state } = await api(`/services/facets?measure=${measure}`);
    state
      .filter(each => each.count > 0)
      .forEach(each => states.add(each.state));
  }
  assert.deepEqual([...states].sort(), [
    'due-soon',
    'failing',
    'never',
    'not-configured',
    'not-required',
    'ok',
    'overdue',
    'unknown',
    'waived',
  ]);
});

test('the card of a service tells figures that its tickets bear out', async () => {
  const service = await oldestService();
  const open = await allTickets(
    service.entityRef,
    'class=improvement&state=not-done',
  );
  const oldest = Math.min(
    ...open.map(({ createdAt }) => Date.parse(createdAt)),
  );
  const days = Math.floor((Date.now() - oldest) / DAY_MS);

  const page = await openPage(browser, '/');
  await page.getByRole('link', { name: service.title, exact: true }).click();
  const line = cardOf(page);
  await line.waitFor();
  const text = await line.innerText();
  assert.match(text, /Overdue/);
  assert.match(text, new RegExp(`has waited ${days} days`));
  assert.match(text, new RegExp(`${open.length} open`));
  await assertAccessible(page, BACKLOG_LINE);
  await page.screenshot({ path: join(pictures, 'entity-card.png') });

  await page
    .getByRole('tab', { name: 'Operational excellence' })
    .or(
      page
        .locator('main, header')
        .getByRole('link', { name: 'Operational excellence' }),
    )
    .first()
    .click();
  await page.getByText('Open improvements').first().waitFor();
  await page.screenshot({
    path: join(pictures, 'entity-tab.png'),
    fullPage: true,
  });
  await page.context().close();
});

test('the scorecard sorts by backlog age, filters by team and can be shared', async () => {
  const page = await openPage(browser, '/operational-excellence');
  const table = page.getByRole('table', { name: 'Scorecard' });
  await table.waitFor();
  await assertAccessible(page, SCORECARD);
  await page.screenshot({ path: join(pictures, 'scorecard.png') });

  await table.getByRole('button', { name: 'Improvement backlog' }).click();
  await page.waitForURL(/sort=-backlogAge/);
  await page.getByRole('button', { name: 'Owned by my teams' }).click();
  await page.waitForURL(/owner=/);

  const url = new URL(page.url());
  const owners = url.searchParams.getAll('owner');
  const expected = await api(
    `/services?sort=-backlogAge&${owners
      .map(owner => `owner=${encodeURIComponent(owner)}`)
      .join('&')}`,
  );
  assert.ok(expected.items.length > 0, 'the guest owns services');
  const total = count =>
    page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${count} services?$`) })
      .waitFor();
  await total(expected.totalItems);
  assert.deepEqual(
    await listedServices(page),
    expected.items.map(({ title }) => title),
  );

  // The same list for whoever is sent the address.
  const other = await openPage(browser, url.href.slice(frontendUrl.length));
  assert.deepEqual(
    await listedServices(other),
    expected.items.map(({ title }) => title),
  );
  await other.context().close();

  // A tile opens the list that it counts.
  await page.getByRole('button', { name: 'Clear filters' }).click();
  const tile = page
    .getByRole('region', { name: 'Overall' })
    .getByRole('link', { name: /^Failing/ });
  const failing = Number((await tile.innerText()).match(/\d+/)[0]);
  await tile.click();
  await page.waitForURL(/state=failing/);
  await total(failing);
  await page.context().close();
});

test('the sources tell how they fare, and can be asked to run', async () => {
  const page = await openPage(browser, '/operational-excellence/sources');
  await page
    .getByText(/AWS FIS/)
    .first()
    .waitFor();
  await assertAccessible(page, ['[role="tabpanel"]']);
  await page.screenshot({ path: join(pictures, 'sources.png') });
  await page
    .getByRole('button', { name: /sync now/i })
    .first()
    .click();
  await page
    .getByText(/will run now/)
    .first()
    .waitFor();
  await page
    .getByRole('button', { name: 'Show details of AWS FIS 123456789012' })
    .click();
  await page.getByRole('table', { name: /scopes of/i }).waitFor();
  await assertAccessible(page, ['[role="tabpanel"]']);
  await page.getByRole('tab', { name: 'Unmapped services' }).click();
  await page.getByLabel('Find a service').waitFor();
  await assertAccessible(page, ['[role="tabpanel"]']);
  await page.context().close();
});

test('pages hold in the dark and on a narrow screen', async () => {
  const service = await oldestService();
  const [, name] = service.entityRef.split('/');
  for (const [label, options, shape] of [
    ['dark', { colorScheme: 'dark' }, 'table'],
    ['narrow', { viewport: { width: 400, height: 900 } }, 'list'],
  ]) {
    const page = await openPage(browser, '/operational-excellence', options);
    await page.getByRole(shape, { name: 'Scorecard' }).waitFor();
    await assertAccessible(page, SCORECARD);
    await page.screenshot({ path: join(pictures, `scorecard-${label}.png`) });
    await page.goto(`${frontendUrl}/catalog/default/component/${name}`);
    await cardOf(page).waitFor();
    await assertAccessible(page, BACKLOG_LINE);
    await page.screenshot({ path: join(pictures, `card-${label}.png`) });
    const overflow = await page.evaluate(
      () =>
        document.documentElement.scrollWidth -
        document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${label}: ${overflow}px too wide`);
    await page.context().close();
  }
});

test('from the organisation to its worst service, and to an improvement', async () => {
  await goThroughOrganisation(browser);
});

test('from the most improved group to its days', async () => {
  await goThroughTrends(browser);
});

test('a goal is set, followed, and closed with its result', async () => {
  await goThroughInitiative(browser);
});

test('another policy is tried before it applies', async () => {
  await goThroughPreview(browser);
});
