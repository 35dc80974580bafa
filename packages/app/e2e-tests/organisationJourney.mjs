// How leadership reads an organisation: services by owner, the worst group, its
// worst service, an improvement filed for it; the same view for whoever is sent its
// address, and the same numbers in the download.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertAccessible } from './accessibility.mjs';
import {
  api,
  frontendUrl,
  openBrowser,
  openPage,
  root,
  until,
} from './portal.mjs';
import { listedServices } from './scorecard.mjs';

const TITLE = 'Fail over without hands';

const pictures = join(root, 'e2e-results');
mkdirSync(pictures, { recursive: true });

const asNumber = text => Number(text.replaceAll(/[^\d]/g, ''));

/** Services that are failing, overdue or never were in order. */
const attentionOf = ({ service }) =>
  ['failing', 'overdue', 'never'].reduce(
    (sum, state) => sum + (service[state] ?? 0),
    0,
  );

/** The titles in a download; those of the portals here hold no quotes. */
function titlesOf(csv) {
  const [head, ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter(Boolean);
  const column = head.split(',').indexOf('title');
  return lines.map(line => line.split(',')[column].replaceAll('"', ''));
}

/** The titles in the download of what a page shows. */
export async function downloadedTitles(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  return titlesOf(readFileSync(await download.path(), 'utf8'));
}

/**
 * Goes from the whole organisation to its worst service, and files an improvement
 * for it.
 */
export async function goThroughOrganisation(browser) {
  const {
    items: [top],
  } = await api('/rollups?by=owner&parent=root');
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
  await groups.getByRole('link', { name: top.title, exact: true }).waitFor();

  // Nested groups are rolled up, and open one below the other; those of the only
  // one at the top are open.
  const {
    items: [worstDivision],
  } = await api(`/rollups?by=owner&parent=${encodeURIComponent(top.key)}`);
  await page
    .getByRole('button', { name: `Show the groups in ${worstDivision.title}` })
    .click();
  const {
    items: [worst],
  } = await api(
    `/rollups?by=owner&parent=${encodeURIComponent(worstDivision.key)}`,
  );
  const row = groups.getByRole('row').filter({
    has: page.getByRole('link', { name: worst.title, exact: true }),
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
    .getByText(new RegExp(`^${attention.toLocaleString('en-US')} services?$`))
    .first()
    .waitFor();
  const url = page.url();
  const listed = await listedServices(page);

  // The same for whoever is sent the address.
  const other = await openPage(
    await openBrowser(),
    url.slice(frontendUrl.length),
  );
  assert.deepEqual(await listedServices(other), listed);
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
}
