// What the plugin costs a browser: the JavaScript that the page with the card
// loads more than without the plugin, and how soon a scorecard with many services
// behind it answers. Production builds, in headless Chromium.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { freePort } from './backend.mjs';
import { percentile } from './load.mjs';
import { count, heading, ms, note, table, verdict } from './print.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
} from './scorecardSeed.mjs';

const { chromium } = createRequire(
  new URL('../../packages/app/package.json', import.meta.url),
)('playwright-core');

const SERVICES = 100_000;
const PLUGIN = 'backstage-plugin-operational-excellence';
const SCORECARD = '/operational-excellence';
const CARD = '/catalog/default/component/service-33';
const ROUNDS = 10;
/** From the last key to the request, so that not every key is one. */
const TYPING_PAUSE_MS = 100;

const SIZE_TARGET = 150_000;
const ANSWER_TARGET_MS = 150;
/** A frame at 60 a second, and as much again where one is missed. */
const FRAME_MS = 1000 / 60;

export async function browser({ server, sizes = [SERVICES] }) {
  const folder = mkdtempSync(join(tmpdir(), 'operational-excellence-app-'));
  try {
    const port = await freePort();
    const builds = {
      without: build(folder, port, { isIncluded: false }),
      with: build(folder, port, { isIncluded: true }),
    };
    const services = Math.max(...sizes);
    const settings = await seededScorecards(server, { services });
    const backend = await startScorecards(settings);
    const chrome = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      await untilQuiet(settings.connection);
      await measureSizes({ backend, builds, chrome, port });
      await measureAnswers({ backend, builds, chrome, port, services });
    } finally {
      await chrome.close();
      await backend.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the app, and answers where the build is. */
function build(folder, port, { isIncluded }) {
  const name = isIncluded ? 'with' : 'without';
  const baseUrl = `http://localhost:${port}`;
  const overlay = join(folder, `${name}.yaml`);
  // JSON is YAML.
  writeFileSync(
    overlay,
    JSON.stringify({
      app: {
        baseUrl,
        ...(!isIncluded && {
          packages: { exclude: [PLUGIN] },
          extensions: [{ 'page:catalog': { config: { path: '/' } } }],
        }),
      },
      backend: { baseUrl },
    }),
  );
  const app = new URL('../../packages/app/', import.meta.url).pathname;
  const { status, stderr } = spawnSync(
    'backstage-cli',
    [
      'package',
      'build',
      ...['--config', '../../app-config.yaml'],
      ...['--config', overlay],
    ],
    { cwd: app, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  if (status !== 0) throw new Error(`The app could not be built:\n${stderr}`);
  const built = join(folder, name);
  cpSync(join(app, 'dist'), built, { recursive: true });
  return built;
}

/** A portal of a built app and a backend, with a service in its catalog. */
async function servePortal({ backend, built, port }) {
  const app = express();
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'service-33',
      namespace: 'default',
      uid: 'service-33',
      annotations: {},
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'nobody' },
    relations: [],
  };
  app.get('/api/catalog/entities/by-name/*', (_req, res) => res.json(entity));
  app.get('/api/catalog/entities/by-query', (_req, res) =>
    res.json({ items: [], totalItems: 0, pageInfo: {} }),
  );
  app.post(
    '/api/catalog/entities/by-refs',
    express.json({ limit: '1mb' }),
    (req, res) => res.json({ items: req.body.entityRefs.map(() => null) }),
  );
  app.use(
    ['/api/auth', '/api/operational-excellence', '/api/permission'],
    (req, res) => {
      const { hostname, port: backendPort } = new URL(backend.url);
      const forwarded = request(
        {
          hostname,
          port: backendPort,
          path: req.originalUrl,
          method: req.method,
          headers: req.headers,
        },
        answer => {
          res.writeHead(answer.statusCode, answer.headers);
          answer.pipe(res);
        },
      );
      forwarded.on('error', error => res.destroy(error));
      req.pipe(forwarded);
    },
  );
  app.use('/api', (_req, res) => res.status(404).json({}));
  app.use(express.static(built));
  app.use((_req, res) => res.sendFile(join(built, 'index.html')));
  const http = createServer(app);
  await new Promise((resolve, reject) => {
    http.on('error', reject);
    http.listen(port, 'localhost', resolve);
  });
  return () =>
    new Promise(resolve => {
      http.close(resolve);
      http.closeAllConnections();
    });
}

async function openPage(chrome, port, path) {
  const context = await chrome.newContext({
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const loaded = new Map();
  page.on('response', async response => {
    const url = new URL(response.url());
    if (!url.pathname.endsWith('.js')) return;
    const body = response.body().then(
      text => gzipSync(text).length,
      () => 0,
    );
    loaded.set(url.pathname, body);
  });
  await page.goto(`http://localhost:${port}${path}`);
  await page.getByRole('button', { name: /enter/i }).click();
  return { context, page, loaded };
}

async function measureSizes({ backend, builds, chrome, port }) {
  const sizes = {};
  for (const [name, built] of Object.entries(builds)) {
    const close = await servePortal({ backend, built, port });
    const { context, loaded, page } = await openPage(chrome, port, CARD);
    const landmark =
      name === 'with'
        ? page.getByRole('region', { name: 'Improvement backlog' })
        : page.getByText('service-33');
    await landmark.first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    const bytes = await Promise.all(loaded.values());
    sizes[name] = bytes.reduce((sum, each) => sum + each, 0);
    await context.close();
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

/**
 * Does something in the page, and answers how long it took until other services
 * were painted, and how long of it the server took.
 */
async function timed(page, act) {
  await page.evaluate(() => {
    const names = () =>
      [...document.querySelectorAll('table [role="rowheader"]')]
        .map(cell => cell.textContent)
        .join('\n');
    const before = names();
    performance.clearResourceTimings();
    window.benchAnswer = new Promise(resolve => {
      let began;
      for (const type of ['click', 'input']) {
        window.addEventListener(
          type,
          event => {
            began = event.timeStamp;
          },
          { capture: true },
        );
      }
      const look = () => {
        const now = names();
        if (began === undefined || now === before || now === '') {
          requestAnimationFrame(look);
          return;
        }
        // The next frame is drawn once this one is on the screen.
        requestAnimationFrame(painted => {
          const [list] = performance
            .getEntriesByType('resource')
            .filter(({ name }) => /\/services\?/.test(name))
            .slice(-1);
          resolve({
            took: painted - began,
            server: list.responseEnd - list.requestStart,
          });
        });
      };
      requestAnimationFrame(look);
    });
  });
  await act();
  return page.evaluate(() => window.benchAnswer);
}

async function measureAnswers({ backend, builds, chrome, port, services }) {
  const close = await servePortal({ backend, built: builds.with, port });
  const { context, page } = await openPage(chrome, port, SCORECARD);
  try {
    const rows = page.getByRole('table', { name: 'Scorecard' });
    await rows.getByRole('rowheader').first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState('networkidle');

    const chosen = [];
    const typed = [];
    const find = page.getByLabel('Find a service');
    for (let round = 0; round < ROUNDS; round++) {
      chosen.push(
        await timed(page, () =>
          page.getByRole('checkbox', { name: 'Only starved backlogs' }).click(),
        ),
      );
      await page.waitForLoadState('networkidle');
      typed.push(await timed(page, () => find.fill(`service-${round + 1}`)));
      await page.waitForLoadState('networkidle');
      await find.fill('');
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(500);
    }
    heading(
      `A filter of the scorecard, ${count(
        services,
      )} services: from the event to the new rows on the screen`,
    );
    table(
      Object.entries({ 'a box ticked': chosen, 'a text typed': typed }).map(
        ([name, answers]) => {
          const beyond = answers.map(({ server, took }) => took - server);
          const p50 = percentile(beyond, 50);
          return {
            filter: name,
            'in all, p50': ms(
              percentile(
                answers.map(({ took }) => took),
                50,
              ),
            ),
            'beyond the server, p50': ms(p50),
            most: ms(Math.max(...beyond)),
            [`target < ${ANSWER_TARGET_MS} ms`]: verdict(
              p50 < ANSWER_TARGET_MS,
            ),
          };
        },
      ),
    );
    note(
      `Typing waits ${TYPING_PAUSE_MS} ms for the next key, which is counted here.`,
    );
    await measureScrolling(page);
  } finally {
    await context.close();
    await close();
  }
}

async function measureScrolling(page) {
  await page.mouse.move(720, 700);
  const frames = page.evaluate(
    () =>
      new Promise(resolve => {
        const times = [];
        const end = performance.now() + 4_000;
        const look = now => {
          times.push(now);
          if (now < end) requestAnimationFrame(look);
          else resolve(times.slice(1).map((time, i) => time - times[i]));
        };
        requestAnimationFrame(look);
      }),
  );
  for (let step = 0; step < 75; step++) {
    await page.mouse.wheel(0, step % 50 < 25 ? 120 : -120);
    await page.waitForTimeout(40);
  }
  const intervals = await frames;
  const inTime = intervals.filter(each => each < 1.5 * FRAME_MS).length;
  heading('Scrolling the scorecard for 4 seconds');
  table([
    {
      frames: count(intervals.length),
      'interval p50': ms(percentile(intervals, 50)),
      p95: ms(percentile(intervals, 95)),
      longest: ms(Math.max(...intervals)),
      'in time': `${((100 * inTime) / intervals.length).toFixed(1)}%`,
      'target: 60 frames a second at p95': verdict(
        percentile(intervals, 95) < 1.5 * FRAME_MS,
      ),
    },
  ]);
}
