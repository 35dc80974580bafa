// The journey through an organisation as large as ORGANISATION_SERVICES says, such
// as
//
//   ORGANISATION_SERVICES=10000 node scripts/e2e.mjs organisation
//
// The demo has the same journey through a small one.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeOrganisation } from './organisation.mjs';
import {
  downloadedTitles,
  goThroughOrganisation,
} from './organisationJourney.mjs';
import { api, openBrowser, openPage, startPortal, until } from './portal.mjs';

const SERVICES = Number(process.env.ORGANISATION_SERVICES ?? 80);
/** The catalog of a development portal takes in a few dozen entities a second. */
const SECONDS = 120 + SERVICES / 5;

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

test('from the organisation to its worst service, and to an improvement', async () => {
  await goThroughOrganisation(browser);
});

test('the whole organisation in one download', async () => {
  const page = await openPage(browser, '/operational-excellence');
  await page.getByRole('table', { name: 'Scorecard' }).waitFor();
  assert.equal(new Set(await downloadedTitles(page)).size, SERVICES);
  await page.context().close();
});
