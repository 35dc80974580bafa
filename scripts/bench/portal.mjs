// A portal of a production build of the app, for headless Chromium.
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express from 'express';

const { chromium } = createRequire(
  new URL('../../packages/app/package.json', import.meta.url),
)('playwright-core');

const PLUGIN = 'backstage-plugin-operational-excellence';

/** The service that is in the catalog of the portal. */
const SERVICE = 'service-33';

export const paths = {
  scorecard: '/operational-excellence',
  /** The page with the card. */
  service: `/catalog/default/component/${SERVICE}`,
};

export function startChrome() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/** Builds the app, and answers where the build is. */
export function buildApp(folder, port, { isIncluded }) {
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

/** A portal of a built app and a backend; answers how to close it. */
export async function servePortal({ backend, built, port }) {
  const app = express();
  serveCatalog(app);
  app.use(
    ['/api/auth', '/api/operational-excellence', '/api/permission'],
    (req, res) => forward(backend, req, res),
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

function serveCatalog(app) {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: SERVICE,
      namespace: 'default',
      uid: SERVICE,
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
}

function forward(backend, req, res) {
  const { hostname, port } = new URL(backend.url);
  const forwarded = request(
    {
      hostname,
      port,
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
}

/** Opens a page of the portal as a guest. */
export async function openPage(chrome, port, path, prepare = () => {}) {
  const context = await chrome.newContext({
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  prepare(page);
  await page.goto(`http://localhost:${port}${path}`);
  await page.getByRole('button', { name: /enter/i }).click();
  return page;
}
