// How leadership reads a large organisation: services by owner, the worst group,
// its worst service, an improvement filed for it; the same view for whoever is
// sent its address, and the same numbers in the download.
//
// ORGANISATION_SERVICES says of how many services (80 if left out):
//
//   ORGANISATION_SERVICES=10000 node scripts/e2e.mjs organisation
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible } from './accessibility.mjs';
import { writeOrganisation } from './organisation.mjs';
import {
  api,
  frontendUrl,
  openBrowser,
  openPage,
  root,
  startPortal,
  until,
} from './portal.mjs';

const SERVICES = Number(process.env.ORGANISATION_SERVICES ?? 80);
/** The catalog of a development portal takes in a few dozen entities a second. */
const SECONDS = 120 + SERVICES / 5;
const TITLE = 'Fail over without hands';

const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

let folder;
let portal;
let browser;

before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'operational-excellence-catalog-'));
    const target = join(folder, 'organisation.yaml');
    writeOrganisation(target, { services: SERVICES });
    portal = await startPortal({
      config: {
        catalog: { locations: [{ type: 'file', target }] },
        operationalExcellenceDemo: { enabled: false },
      },
    });
    browser = await openBrowser();
    await until(
      `${SERVICES} services to be known and counted`,
      async () => {
        const [groups, services] = await Promise.all([
          api('/rollups?by=owner&parent=root'),
          api('/services?limit=1'),
        ]);
        return (
          services.totalItems === SERVICES &&
          groups.items.length === 1 &&
          groups.items[0].services === SERVICES
        );
      },
      { timeoutMs: SECONDS * 1_000 },
    );
  },
  { timeout: (SECONDS + 400) * 1_000 },
);

after(async () => {
  await browser?.close();
  await portal?.stop();
  await rm(folder, { recursive: true, force: true });
});

const asNumber = text => Number(text.replaceAll(/[^\d]/g, ''));

/** Services that are failing, overdue or never were in order. */
const attentionOf = ({ service }) =>
  ['failing', 'overdue', 'never'].reduce(
    (sum, state) => sum + (service[state] ?? 0),
    0,
  );

/** The titles in a download; those of this organisation hold no quotes. */
function titlesOf(csv) {
  const [head, ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter(Boolean);
  const column = head.split(',').indexOf('title');
  return lines.map(line => line.split(',')[column].replaceAll('"', ''));
}

async function downloadedTitles(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  return titlesOf(readFileSync(await download.path(), 'utf8'));
}

test('from the organisation to its worst service, and to an improvement', async () => {
  const page = await openPage(browser, '/operational-excellence');
  await page
    .getByRole('table', { name: 'Scorecard' })
    .getByRole('rowheader')
    .first()
    .waitFor();

  await page.getByLabel('Group by').click();
  await page.getByRole('option', { name: 'Owner' }).click();
  await page.waitForURL(/by=owner/);
  const groups = page.getByRole('table', { name: 'Services by owner' });
  await groups.getByRole('rowheader', { name: 'The company' }).waitFor();

  // Nested groups are rolled up, and open one below the other; those of the only
  // one at the top are open.
  const division = groups.getByRole('row').filter({ hasText: /Division \d/ });
  await division.first().waitFor();
  const [worstDivision] = (
    await api('/rollups?by=owner&parent=group:default/company')
  ).items;
  await page
    .getByRole('button', { name: `Show the groups in ${worstDivision.title}` })
    .click();
  const { items: teams } = await api(
    `/rollups?by=owner&parent=${encodeURIComponent(worstDivision.key)}`,
  );
  const worst = teams[0];
  const row = groups.getByRole('row').filter({
    has: page.getByRole('rowheader', { name: worst.title, exact: true }),
  });
  await row.waitFor();
  await assertAccessible(page, ['table[aria-label="Services by owner"]']);
  await page.screenshot({ path: join(pictures, 'organisation.png') });

  // Each number opens exactly the list that it counts.
  const attention = attentionOf(worst.states);
  const cell = row.getByRole('cell').nth(1);
  assert.equal(asNumber(await cell.innerText()), attention);
  await cell.getByRole('link').click();
  const table = page.getByRole('table', { name: 'Scorecard' });
  await table.getByRole('rowheader').first().waitFor();
  await page
    .getByText(`${attention.toLocaleString('en-US')} services`, { exact: true })
    .first()
    .waitFor();
  const url = page.url();
  const names = of =>
    of
      .getByRole('rowheader')
      .evaluateAll(cells => cells.map(each => each.innerText.trim()));
  const listed = await names(table);

  // The same for whoever is sent the address.
  const other = await openPage(
    await openBrowser(),
    url.slice(frontendUrl.length),
  );
  const otherTable = other.getByRole('table', { name: 'Scorecard' });
  await otherTable.getByRole('rowheader').first().waitFor();
  assert.deepEqual(await names(otherTable), listed);
  await other.context().browser().close();

  // And the same in the download, over all pages.
  const titles = await downloadedTitles(page);
  assert.equal(titles.length, attention);
  assert.deepEqual(titles.slice(0, listed.length), listed);

  // The worst service, and what is to be done about it.
  await table.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('button', { name: 'File improvement' }).first().click();
  const filing = page.getByRole('dialog', { name: /^File an improvement/ });
  await filing.getByLabel(/^Title/).fill(TITLE);
  await filing.getByRole('button', { name: 'File it' }).click();
  await filing.getByRole('status').getByText('Filed in').waitFor();
  await filing.getByRole('button', { name: 'Close' }).click();
  const counted = await until('the groups to count it', async () => {
    const { items } = await api(
      `/rollups?by=owner&key=${encodeURIComponent(worst.key)}`,
    );
    return items[0].openCount === worst.openCount + 1 && items[0];
  });
  assert.equal(attentionOf(counted.states), attention);
  await page.context().close();
});

test('the whole organisation in one download', async () => {
  const page = await openPage(browser, '/operational-excellence');
  await page.getByRole('table', { name: 'Scorecard' }).waitFor();
  assert.equal(new Set(await downloadedTitles(page)).size, SERVICES);
  await page.context().close();
});
