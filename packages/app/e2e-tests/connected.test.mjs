// The same portal, pointed by configuration alone at a GitHub server and at a
// FIS-compatible endpoint, shows their figures instead of the demo's, and files
// improvements there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { goThroughLoop, openCount, pathOf } from './improvementLoop.mjs';
import {
  api,
  frontendUrl,
  openBrowser,
  openPage,
  root,
  startPortal,
  until,
} from './portal.mjs';

const GITHUB_PORT = 4600;
const GITHUB_URL = `http://127.0.0.1:${GITHUB_PORT}`;
const TOKEN = 'test_token_admin';
const ENTITY_REF = 'component:default/checkout';

let folder;
/** Where the issues of the service are, in the API of the server. */
let issues;
let github;
let fis;
let portal;
let browser;

/** `emulate` listens on every address unless told otherwise. */
const LOCAL_ONLY = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (port, host, ...rest) {
    return listen.call(this, port, host ?? '127.0.0.1', ...rest);
  };
`)}`;

async function startGithub() {
  github = spawn(
    process.execPath,
    [
      '--import',
      LOCAL_ONLY,
      join(root, 'node_modules/emulate/dist/index.js'),
      'start',
      '--service',
      'github',
      '--port',
      `${GITHUB_PORT}`,
      '--base-url',
      GITHUB_URL,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  await until('the GitHub server', async () => {
    const response = await fetch(`${GITHUB_URL}/user`, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    return response.ok;
  });
}

async function githubApi(method, path, body) {
  const response = await fetch(`${GITHUB_URL}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(
      `${method} ${path}: ${response.status} ${await response.text()}`,
    );
  }
  return response.json();
}

const startedAt = Date.now() / 1000 - 12 * 86_400;
const experiment = {
  id: 'EXPzoneloss1',
  arn: 'arn:aws:fis:eu-central-1:210987654321:experiment/EXPzoneloss1',
  experimentTemplateId: 'EXTzoneloss',
  state: { status: 'completed', reason: 'Experiment completed.' },
  creationTime: startedAt - 30,
  tags: { 'backstage.io/entity-ref': ENTITY_REF, Name: 'Loss of a zone' },
  experimentOptions: { actionsMode: 'run-all' },
};

/** The least that a FIS-compatible endpoint has to answer. */
async function startFis() {
  const answers = {
    '/experiments': { experiments: [experiment] },
    '/experimentTemplates': { experimentTemplates: [] },
    [`/experiments/${experiment.id}`]: {
      experiment: {
        ...experiment,
        startTime: startedAt,
        endTime: startedAt + 600,
        stopConditions: [{ source: 'none' }],
        actions: {
          'stop-zone': {
            actionId: 'aws:ec2:stop-instances',
            state: { status: 'completed' },
            startTime: startedAt,
            endTime: startedAt + 600,
          },
        },
      },
    },
  };
  fis = createServer((request, response) => {
    const answer = answers[new URL(request.url, 'http://fis').pathname];
    const signed =
      request.headers.authorization?.startsWith('AWS4-HMAC-SHA256');
    response.setHeader('Content-Type', 'application/json');
    if (!signed) {
      response.statusCode = 403;
      response.end('{"message":"Missing Authentication Token"}');
      return;
    }
    response.statusCode = answer ? 200 : 404;
    response.end(JSON.stringify(answer ?? { message: 'Not found' }));
  });
  await new Promise(resolve => fis.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${fis.address().port}`;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'operational-excellence-connected-'));
  await startGithub();
  await githubApi('POST', '/user/repos', { name: 'checkout' });
  const { login } = await githubApi('GET', '/user');
  issues = `/repos/${login}/checkout/issues`;
  await githubApi('POST', issues, {
    title: 'Retry payments',
    labels: ['improvement'],
  });
  await githubApi('POST', issues, {
    title: 'Shed load',
    labels: ['improvement'],
  });
  await githubApi('POST', issues, { title: 'A bug', labels: ['bug'] });
  const closed = await githubApi('POST', issues, {
    title: 'Alarm on queue age',
    labels: ['improvement'],
  });
  await githubApi('PATCH', `${issues}/${closed.number}`, { state: 'closed' });

  const catalog = join(folder, 'catalog-info.yaml');
  writeFileSync(
    catalog,
    JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'checkout',
        title: 'Checkout',
        // Its improvements are to be evaluated.
        labels: { 'example.com/tier': '1' },
        annotations: { 'github.com/project-slug': `${login}/checkout` },
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/shop',
      },
    }),
  );

  portal = await startPortal({
    config: {
      operationalExcellenceDemo: { enabled: false },
      integrations: {
        github: [{ host: 'github.com', apiBaseUrl: GITHUB_URL, token: TOKEN }],
      },
      catalog: { locations: [{ type: 'file', target: catalog }] },
      aws: {
        accounts: [
          {
            accountId: '210987654321',
            accessKeyId: 'AKIAEXAMPLE',
            secretAccessKey: 'secret',
          },
        ],
      },
      operationalExcellence: {
        sources: {
          awsFis: [
            {
              accountId: '210987654321',
              regions: ['eu-central-1'],
              endpoint: await startFis(),
            },
          ],
        },
      },
    },
  });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await portal?.stop();
  github?.kill();
  fis?.close();
  await rm(folder, { recursive: true, force: true });
});

test('shows what the connected servers say, and nothing of the demo', async () => {
  const service = await until(
    'the figures of the connected servers',
    async () => {
      const { items } = await api('/services');
      return (
        items.length === 1 &&
        items[0].backlog.state === 'ok' &&
        items[0].gameDay.state === 'ok' &&
        items[0]
      );
    },
    { timeoutMs: 300_000 },
  );
  assert.equal(service.entityRef, ENTITY_REF);
  assert.equal(service.backlog.openCount, 2);
  assert.equal(service.backlog.closed90d, 1);
  assert.equal(service.gameDay.last.title, 'Loss of a zone');

  const page = await openPage(browser, '/catalog/default/component/checkout');
  const backlog = page.getByRole('region', { name: 'Improvement backlog' });
  await backlog.first().waitFor();
  assert.match(await backlog.first().innerText(), /2 open/);
  const gameDay = page.getByRole('region', { name: 'Game day' });
  assert.match(
    await gameDay.first().innerText(),
    /Last game day 12 days ago: Loss of a zone/,
  );
  await page.context().close();
});

/** Has the server read now, and waits until that is done. */
async function sync() {
  const lastRead = async () => {
    const { items } = await api('/sources');
    return items.find(({ id }) => id === 'github:github.com').checkedAt;
  };
  const previously = await lastRead();
  await api('/sources/github%3Agithub.com/sync', { method: 'POST' });
  await until('the GitHub server to be read', async () => {
    return (await lastRead()) !== previously;
  });
}

/** Of a ticket, in the API of the server. */
const issuePath = ({ key }) => `${issues}/${key.split('#')[1]}`;

test('files an improvement in the GitHub server, and goes on from there', async () => {
  const service = { entityRef: ENTITY_REF };
  await goThroughLoop({
    browser,
    service,
    picture: 'github-improvement',
    tracker: {
      title: 'GitHub',
      async filed({ goal, ticket, title }) {
        const issue = await githubApi('GET', issuePath(ticket));
        assert.equal(issue.title, title);
        assert.equal(issue.state, 'open');
        assert.ok(issue.labels.some(({ name }) => name === 'improvement'));
        assert.ok(issue.body.includes(goal.measure));
        assert.ok(issue.body.includes(frontendUrl));

        // It is in the backlog, also once the server told of it: once.
        const open = await openCount(service);
        const isListed = async () => {
          const { items } = await api(
            `/services/${pathOf(service)}/tickets?state=open&limit=50`,
          );
          return items.filter(({ key }) => key === ticket.key).length === 1;
        };
        assert.ok(await isListed());
        await sync();
        assert.ok(await isListed());
        assert.equal(await openCount(service), open);
      },
      async close(ticket) {
        await githubApi('PATCH', issuePath(ticket), { state: 'closed' });
        await sync();
      },
    },
  });
});
