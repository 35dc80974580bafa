// What the plugin costs a browser: the JavaScript that the page with the card
// loads more than without the plugin, and how soon a scorecard with many services
// behind it answers. Production builds, in headless Chromium.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePort } from './backend.mjs';
import { measureScorecard } from './browserAnswers.mjs';
import {
  buildApp,
  openPage,
  paths,
  servePortal,
  startChrome,
} from './portal.mjs';
import { count, heading, table, verdict } from './print.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
} from './scorecardSeed.mjs';

const SERVICES = 100_000;

const SIZE_TARGET = 150_000;

export async function browser({ server, sizes = [SERVICES] }) {
  const folder = mkdtempSync(join(tmpdir(), 'operational-excellence-app-'));
  try {
    const port = await freePort();
    const builds = {
      without: buildApp(folder, port, { isIncluded: false }),
      with: buildApp(folder, port, { isIncluded: true }),
    };
    const services = Math.max(...sizes);
    const settings = await seededScorecards(server, { services });
    const backend = await startScorecards(settings);
    const chrome = await startChrome();
    try {
      await untilQuiet(settings.connection);
      await measureSizes({ backend, builds, chrome, port });
      await measureScorecard({
        backend,
        built: builds.with,
        chrome,
        port,
        services,
      });
    } finally {
      await chrome.close();
      await backend.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureSizes({ backend, builds, chrome, port }) {
  const sizes = {};
  for (const [name, built] of Object.entries(builds)) {
    const close = await servePortal({ backend, built, port });
    const loaded = new Map();
    const page = await openPage(chrome, port, paths.service, opened =>
      opened.on('response', response => {
        const { pathname } = new URL(response.url());
        if (pathname.endsWith('.js')) loaded.set(pathname, gzipped(response));
      }),
    );
    const landmark =
      name === 'with'
        ? page.getByRole('region', { name: 'Improvement backlog' })
        : page.getByText('service-33');
    await landmark.first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    const bytes = await Promise.all(loaded.values());
    sizes[name] = bytes.reduce((sum, each) => sum + each, 0);
    await page.context().close();
    await close();
  }
  const added = sizes.with - sizes.without;
  heading('JavaScript that the page with the card loads, gzipped');
  table([
    {
      'without the plugin': `${count(sizes.without / 1000)} kB`,
      'with it': `${count(sizes.with / 1000)} kB`,
      added: `${count(added / 1000)} kB`,
      [`target ≤ ${SIZE_TARGET / 1000} kB`]: verdict(added <= SIZE_TARGET),
    },
  ]);
}

async function gzipped(response) {
  return gzipSync(await response.body()).length;
}
