// The loop of an improvement with the built-in tracker.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { goThroughLoop, openCount, pathOf } from './improvementLoop.mjs';
import { api, openBrowser, startPortal, until } from './portal.mjs';

let portal;
let browser;

before(async () => {
  portal = await startPortal();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** A service whose improvements are to be evaluated, in the built-in tracker. */
async function evaluatedService() {
  const { items } = await api(
    '/services?owner=group:default/couriers&tier=1&sort=-backlogAge&limit=50',
  );
  for (const service of items) {
    const trackers = await api(`/services/${pathOf(service)}/trackers`);
    if (trackers.items[0]?.builtIn && (await openCount(service)) > 0) {
      return service;
    }
  }
  return undefined;
}

const ticketPath = ({ key }) => `/tracker/tickets/${key}`;

test('an improvement is filed, done, judged, and followed by an alternative', async () => {
  const service = await until(
    'a service that waits for improvements',
    evaluatedService,
    { timeoutMs: 300_000 },
  );
  await goThroughLoop({
    browser,
    service,
    picture: 'improvement',
    tracker: {
      title: 'Built-in tracker',
      async filed({ ticket, title }) {
        assert.equal((await api(ticketPath(ticket))).title, title);
      },
      async close(ticket) {
        await api(`${ticketPath(ticket)}/close`, { method: 'POST' });
      },
    },
  });
});
