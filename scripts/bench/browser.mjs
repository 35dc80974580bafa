// What the plugin costs a browser: the JavaScript that the page with the card
// loads more than without the plugin. Production builds, in headless Chromium.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { freePort } from './backend.mjs';
import { count, heading, table, verdict } from './print.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
} from './scorecardSeed.mjs';

const { chromium } = createRequire(
  new URL('../../packages/app/package.json', import.meta.url),
)('playwright-core');

/** One is looked at. */
const SERVICES = 100;
const PLUGIN = 'backstage-plugin-operational-excellence';
const CARD = '/catalog/default/component/service-33';

const SIZE_TARGET = 150_000;

export async function browser({ server }) {
  const folder = mkdtempSync(join(tmpdir(), 'operational-excellence-app-'));
  try {
    const port = await freePort();
    const builds = {
      without: build(folder, port, { isIncluded: false }),
      with: build(folder, port, { isIncluded: true }),
    };
    const settings = await seededScorecards(server, {
      services: SERVICES,
    });
    const backend = await startScorecards(settings);
    const chrome = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      await untilQuiet(settings.connection);
      await measureSizes({ backend, builds, chrome, port });
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
