// Starts a portal as a person would, and a browser to look at it with.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { parse } from 'yaml';

export const root = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  '..',
);

/** A port that nobody listens on, so that a portal of one's own may run on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}

const frontendPort = await freePort();
const backendPort = await freePort();
export const frontendUrl = `http://localhost:${frontendPort}`;
export const backendUrl = `http://localhost:${backendPort}`;

/** Polls until the check answers something truthy. */
export async function until(what, check, { timeoutMs = 60_000 } = {}) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await check();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(500);
  }
  throw new Error(`Waited in vain for ${what}${last ? `: ${last}` : ''}`);
}

function isListening(port) {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.on('connect', () => resolve(true) ?? socket.destroy());
    socket.on('error', () => resolve(false));
  });
}

/** Where a portal listens and keeps its data; as app-config.yaml says otherwise. */
function placeOf(folder) {
  const config = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));
  const { awsFis } = config.operationalExcellence.sources;
  return {
    app: { baseUrl: frontendUrl },
    backend: {
      baseUrl: backendUrl,
      listen: { port: backendPort },
      cors: { origin: frontendUrl },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(folder, 'data') },
      },
    },
    operationalExcellence: {
      sources: {
        awsFis: awsFis.map(account => ({
          ...account,
          endpoint: account.endpoint.replace(
            config.backend.baseUrl,
            backendUrl,
          ),
        })),
      },
    },
  };
}

/**
 * Starts the portal with `yarn start` on a database of its own.
 *
 * @param {{ config?: object }} [options] `config` is laid over app-config.yaml
 */
export async function startPortal(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'operational-excellence-portal-'));
  const overlays = [placeOf(folder), options.config ?? {}].map(
    (config, index) => {
      const file = join(folder, `app-config.overlay-${index}.yaml`);
      // JSON is YAML.
      writeFileSync(file, JSON.stringify(config));
      return file;
    },
  );

  const logFile = join(folder, 'portal.log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    'backstage-cli',
    [
      'repo',
      'start',
      ...[join(root, 'app-config.yaml'), ...overlays].flatMap(file => [
        '--config',
        file,
      ]),
    ],
    {
      cwd: root,
      // A group of its own, so that all of it can be stopped.
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, BROWSER: 'none', NODE_ENV: 'development' },
    },
  );
  const exited = new Promise(resolve => {
    child.on('exit', resolve);
  });

  async function stop() {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    await Promise.race([exited, sleep(15_000)]);
    await until('the ports to be free', async () => {
      const listening = await Promise.all(
        [frontendPort, backendPort].map(isListening),
      );
      return listening.every(busy => !busy);
    });
    await rm(folder, { recursive: true, force: true });
  }

  try {
    await until(
      'the portal to start',
      async () => {
        if (child.exitCode !== null) {
          throw new Error(`exited with ${child.exitCode}`);
        }
        const [frontend, backend] = await Promise.all([
          fetch(frontendUrl),
          fetch(`${backendUrl}/.backstage/health/v1/readiness`),
        ]);
        return frontend.ok && backend.ok;
      },
      { timeoutMs: 400_000 },
    );
  } catch (error) {
    const lines = readFileSync(logFile, 'utf8').split('\n').slice(-60);
    await stop();
    throw new Error(`${error.message}\n${lines.join('\n')}`);
  }

  return { stop, log: () => readFileSync(logFile, 'utf8') };
}

/** A browser that talks to nobody but the portal. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that is signed in as a guest, at a path of the portal. */
export async function openPage(browser, path, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  await page.goto(`${frontendUrl}${path}`, { waitUntil: 'domcontentloaded' });
  const enter = page.getByRole('button', { name: /enter/i });
  await Promise.race([
    enter.waitFor({ timeout: 60_000 }).then(() => enter.click()),
    page.locator('main, article').first().waitFor({ timeout: 60_000 }),
  ]);
  return page;
}

let token;

/** A token of the guest, as the browser gets one. */
export async function guestToken() {
  // They are good for an hour; a new portal has new keys.
  if (token && token.until > Date.now()) return token.value;
  const response = await fetch(`${backendUrl}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  if (!response.ok) throw new Error(`No guest token: ${response.status}`);
  const { backstageIdentity } = await response.json();
  token = { value: backstageIdentity.token, until: Date.now() + 30_000 };
  return token.value;
}

/** Asks the plugin's API as the guest. */
export async function api(path, init = {}) {
  const response = await fetch(
    `${backendUrl}/api/operational-excellence${path}`,
    {
      ...init,
      headers: {
        Authorization: `Bearer ${await guestToken()}`,
        'Content-Type': 'application/json',
        ...init.headers,
      },
    },
  );
  if (!response.ok) {
    throw new Error(
      `${init.method ?? 'GET'} ${path} answered ${
        response.status
      }: ${await response.text()}`,
    );
  }
  return response.json();
}
